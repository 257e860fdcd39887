import { z } from 'zod';
import { ShelterError } from '../../../config/errors.js';
import type { Cancel, Clock } from '../../../drivers/ports.js';
import type { Output } from '../../ingest/output.js';
import { isoTime } from '../../view.js';
import { type Command, defineCommand } from './command.js';
import { oneOf } from './one-of.js';

type Lamp = Pick<Output, 'override'>;

/** On and off for so long each, in ms. */
const half = 500;

export function identify(lamps: ReadonlyMap<string, Lamp>, clock: Clock): Command {
  let stopBlinking: Cancel = () => {};
  return defineCommand({
    name: 'identify',
    about: 'Blinks one lamp, or all, so that somebody who stands there finds the shelter.',
    args: z.strictObject({
      output: z.string().max(63).optional(),
      seconds: z.int().min(1).max(600).default(30),
    }),
    async run({ output, seconds }) {
      const chosen = output === undefined ? [...lamps.values()] : [oneOf(lamps, output, 'lamp')];
      if (chosen.length === 0)
        throw new ShelterError('COMMAND_REFUSED', 'This shelter has no lamp to blink.');
      stopBlinking();
      stopBlinking = blink(chosen, seconds * 1_000, clock);
      return { result: { lamps: chosen.length, until: isoTime(clock.now() + seconds * 1_000) } };
    },
    stop: () => stopBlinking(),
  });
}

/** Each lamp then shows again what it is set to, as it does meanwhile for whoever set it. */
function blink(lamps: readonly Lamp[], ms: number, clock: Clock): Cancel {
  const end = clock.monotonic() + ms;
  let cancel: Cancel = () => {};

  function stop(): void {
    cancel();
    for (const lamp of lamps) lamp.override(undefined);
  }

  function show(level: 0 | 1): void {
    for (const lamp of lamps) lamp.override(level);
    const next = () => (clock.monotonic() < end ? show(level === 1 ? 0 : 1) : stop());
    cancel = clock.after(half, next);
  }

  show(1);
  return stop;
}
