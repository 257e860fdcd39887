import {
  type KioskAnswer,
  type KioskOrder,
  type KioskReport,
  type KioskSettings,
  type KioskStatus,
  kioskTurn,
} from '../../runtime/api/contract.js';
import type { Cancel, Clock } from './clock.js';

/** Sends a JSON body to a path of the runtime. Rejects where it cannot be reached within `patience` ms. */
export type Post = (
  path: string,
  body: unknown,
  patience: number,
) => Promise<{ status: number; body: unknown }>;

/** The way to the runtime: reports go there, settings and orders come from there. */
export interface RuntimeLink {
  /** Never fails: what cannot be told now is told later. */
  report(kind: KioskReport['kind'], detail: KioskReport['detail']): void;
  /** How the screen is has changed: told at once, once. */
  refresh(): void;
  stop: Cancel;
}

export interface RuntimeLinkParts {
  post: Post;
  status: () => KioskStatus;
  clock: Clock;
  onSettings(settings: KioskSettings): void;
  /** Rejects where it cannot be done. */
  carryOut(order: KioskOrder): Promise<{ jpeg?: string }>;
  log(line: string): void;
}

const paths = {
  reports: '/api/v1/kiosk/reports',
  orders: '/api/v1/kiosk/orders?wait=',
  answers: '/api/v1/kiosk/answers',
};

/** How long, in seconds, the runtime may keep a question for orders; and how much longer, in ms, an answer may take. */
const longPoll = 20;
const patience = 5_000;

/** Pauses after a failure, in ms; the last one repeats. */
const pauses = [1_000, 2_000, 5_000, 10_000, 30_000] as const;

/** Most reports that wait; the oldest give way. */
const mostHeld = 100;

interface Held {
  kind: KioskReport['kind'];
  detail: KioskReport['detail'];
  at: number;
}

export function linkToRuntime(parts: RuntimeLinkParts): RuntimeLink {
  const { post, status, clock, onSettings, carryOut, log } = parts;
  let held: readonly Held[] = [];
  let isSending = false;
  let isKnown = false;
  let stopped = false;
  const cancels = new Set<Cancel>();

  function pause(failures: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(pauses[Math.min(failures, pauses.length) - 1] ?? pauses[0], () => {
        cancels.delete(cancel);
        resolve();
      });
      cancels.add(cancel);
    });
  }

  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    let failures = 0;
    for (let [first] = held; first && !stopped; [first] = held) {
      const outcome = await tell(first);
      if (outcome === 'later') {
        failures += 1;
        await pause(failures);
      } else {
        failures = 0;
        if (outcome === 'refused') log(`The runtime does not take the report ${JSON.stringify(first)}`);
        held = held.filter((each) => each !== first);
      }
    }
    isSending = false;
  }

  /** A runtime that does not know the token has just started again; one that is busy will have time later. */
  async function tell({ kind, detail, at }: Held): Promise<'taken' | 'later' | 'refused'> {
    const ago = Math.round(clock.monotonic() - at) / 1_000;
    try {
      const { status: code } = await post(paths.reports, { kind, detail, ago }, patience);
      if (code === 200) return 'taken';
      return code === 401 || code === 429 || code >= 500 ? 'later' : 'refused';
    } catch {
      return 'later';
    }
  }

  async function listen(): Promise<void> {
    let failures = 0;
    while (!stopped) {
      try {
        await turn(failures === 0 && isKnown ? longPoll : 0);
        failures = 0;
        isKnown = true;
      } catch (error) {
        if (stopped) return;
        failures += 1;
        if (failures === 1) log(`The runtime gives no orders: ${messageOf(error)}`);
        await pause(failures);
      }
    }
  }

  /** @param wait for an order, in seconds */
  async function turn(wait: number): Promise<void> {
    const { status: code, body } = await post(`${paths.orders}${wait}`, status(), wait * 1_000 + patience);
    if (code !== 200) throw new Error(`the runtime answers ${code}`);
    const { settings, orders } = kioskTurn.parse(body);
    onSettings(settings);
    for (const order of orders) void obey(order);
  }

  async function obey(order: KioskOrder): Promise<void> {
    const answer: KioskAnswer = await carryOut(order).then(
      (result) => ({ id: order.id, ...result }),
      (error) => ({ id: order.id, problem: messageOf(error).slice(0, 300) }),
    );
    await post(paths.answers, answer, patience).catch(() => {});
  }

  void listen();
  return {
    report(kind, detail) {
      held = [...held, { kind, detail, at: clock.monotonic() }].slice(-mostHeld);
      void send();
    },
    refresh: () => void (isKnown && turn(0).catch(() => {})),
    stop() {
      stopped = true;
      for (const cancel of cancels) cancel();
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
