import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import { mosquitto } from '../rigs/mosquitto.js';
import { isMet } from './section.js';
import { runStorm } from './storm.js';
import { stormSection } from './storm-section.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const seed = 20_260_101;

/** The short form of `npm run faults storm`. */
const plan = { kills: 5, restarts: 3, cuts: 5, silences: 0, lull: 1_500 };

it.runIf(mosquitto)(
  'loses no committed reading while runtime, broker and line fail at random',
  async () => {
    const report = await runStorm(plan, { root, seed, clock: systemClock }, () => {});
    const section = stormSection(plan, report);
    expect(section.facts.filter(({ met }) => met === false)).toEqual([]);
    expect(section.complaints).toEqual([]);
    expect(isMet(section)).toBe(true);
  },
  60_000,
);
