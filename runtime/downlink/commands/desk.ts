import { z } from 'zod';
import { errorCodes, ShelterError, type ShelterErrorCode } from '../../../config/errors.js';
import { didYouMean } from '../../../config/wiring.js';
import type { Clock } from '../../../drivers/ports.js';
import type { Kept } from '../../kept.js';
import { asShelterError } from '../../problem.js';
import { isoTime } from '../../view.js';
import { within } from '../../waiting.js';
import { type Gate, type Judged, replayed } from '../gate.js';
import type { Order } from '../order.js';
import { Refusal } from '../refusal.js';
import type { Command, Done } from './command.js';

/** What came of a command, as it is told and kept. */
const outcomeSchema = z.object({
  id: z.string(),
  key: z.string().nullable(),
  command: z.string().nullable(),
  status: z.enum(['begun', 'done', 'refused', 'failed']),
  /** ISO 8601. */
  time: z.string(),
  result: z.record(z.string(), z.unknown()).nullable(),
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
});

export const outcomesSchema = z.array(outcomeSchema);

export type Outcome = z.output<typeof outcomeSchema>;

export interface Answered {
  outcome: Outcome;
  /** What is left to do once the outcome is told. */
  afterwards?: () => void;
}

/** Carries commands out, each once: asked again, it gives the same answer. */
export interface Desk {
  /** Rejects with a Refusal where the command is to be neither carried out nor answered. */
  take(judged: Judged): Promise<Answered>;
  stop(): void;
}

export interface DeskParts {
  commands: readonly Command[];
  gate: Pick<Gate, 'remember'>;
  outcomes: Kept<readonly Outcome[]>;
  clock: Clock;
}

const limits = {
  /** Most commands under way. */
  underWay: 8,
  /** Most outcomes that are kept; of an older command it is only known that it was obeyed. */
  kept: 64,
  /** Longest time that one may take, in ms: some sensors warm up for ten minutes. */
  patience: 900_000,
};

const request = z.strictObject({ name: z.string().max(63), args: z.unknown().default({}) });

export function createDesk({ commands, gate, outcomes, clock }: DeskParts): Desk {
  const underWay = new Map<string, Promise<Answered>>();

  async function take({ order, standing }: Judged): Promise<Answered> {
    const name = `${order.key}/${order.id}`;
    const same = underWay.get(name);
    if (same) return { outcome: (await same).outcome };
    const earlier = outcomes.value().find(({ id, key }) => id === order.id && key === order.key);
    if (earlier) return { outcome: ended(earlier) };
    if (standing !== 'new') throw replayed(order);
    if (underWay.size >= limits.underWay) {
      return { outcome: refused(order, `${underWay.size} commands are under way already.`) };
    }
    const doing = carryOutOnce(order).finally(() => underWay.delete(name));
    underWay.set(name, doing);
    return doing;
  }

  /** That it was begun is on the card before it is: better not done, and known so, than done twice. */
  async function carryOutOnce(order: Order): Promise<Answered> {
    try {
      await gate.remember(order);
      await keep(outcome(order, 'begun'));
    } catch (cause) {
      const why = asShelterError(cause, 'DOWNLINK_UNKEPT').message;
      throw new Refusal('unkept', `It could not be remembered, so it is not carried out: ${why}`, { cause });
    }
    const answered = await carryOut(order);
    await keep(answered.outcome).catch(() => {});
    return answered;
  }

  async function carryOut(order: Order): Promise<Answered> {
    try {
      const { name, args } = parse(request, order.body, 'The command');
      const command = find(name);
      const { result, afterwards } = await run(command, parse(command.args, args, name));
      return {
        outcome: { ...outcome(order, 'done'), command: name, result },
        ...(afterwards && { afterwards }),
      };
    } catch (error) {
      return { outcome: failed(order, error) };
    }
  }

  function find(wanted: string): Command {
    const command = commands.find(({ name }) => name === wanted);
    if (command) return command;
    const known = commands.map(({ name }) => name);
    throw new ShelterError('COMMAND_REFUSED', `There is no command "${wanted}"${didYouMean(wanted, known)}.`);
  }

  function run(command: Command, args: unknown): Promise<Done> {
    const late = () =>
      new ShelterError(
        'COMMAND_FAILED',
        `${command.name} was not done within ${limits.patience / 60_000} min.`,
      );
    return within(clock, limits.patience, command.run(args), late);
  }

  function keep(next: Outcome): Promise<void> {
    const others = outcomes.value().filter(({ id, key }) => id !== next.id || key !== next.key);
    return outcomes.put([...others, next].slice(-limits.kept));
  }

  function outcome({ id, key, body }: Order, status: Outcome['status']): Outcome {
    const named = request.safeParse(body);
    const command = named.success ? named.data.name : null;
    return { id, key, command, status, time: isoTime(clock.now()), result: null, problem: null };
  }

  function failed(order: Order, error: unknown): Outcome {
    const { code, message, hint } = asShelterError(error, 'COMMAND_FAILED');
    const status = code === 'COMMAND_REFUSED' ? 'refused' : 'failed';
    return { ...outcome(order, status), problem: { code, message, hint } };
  }

  function refused(order: Order, message: string): Outcome {
    return failed(order, new ShelterError('COMMAND_REFUSED', message));
  }

  return {
    take,
    stop() {
      for (const { stop } of commands) stop?.();
    },
  };
}

/** Throws COMMAND_REFUSED with each key that is not as it must be. */
function parse<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 5).map(({ path, message }) => {
    const key = path.map(String).join('.');
    return key ? `${key}: ${message}` : message;
  });
  throw new ShelterError('COMMAND_REFUSED', `${what} is not as it must be: ${issues.join('; ')}.`);
}

/** One that was begun and is not under way ended with the program. */
function ended(outcome: Outcome): Outcome {
  if (outcome.status !== 'begun') return outcome;
  const code: ShelterErrorCode = 'COMMAND_FAILED';
  const message = 'The program ended before the command was done.';
  return { ...outcome, status: 'failed', problem: { code, message, hint: errorCodes[code].hint } };
}
