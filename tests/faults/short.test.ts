import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { systemClock as clock } from '../../drivers/bindings/system-clock.js';
import { mosquitto } from '../rigs/mosquitto.js';
import { drainBacklog } from './drain.js';
import type { Section } from './section.js';
import { compiler, waitForCard } from './slow-card.js';
import { runStorm } from './storm.js';
import { stormSection } from './storm-section.js';

const parts = {
  root: fileURLToPath(new URL('../..', import.meta.url)),
  seed: 20_260_101,
  clock,
  onProgress() {},
};

/** Times and memory are for `npm run faults`, which has the machine for itself: here only what was counted has aims. */
function expectNothingLost({ facts, complaints }: Section): void {
  expect(facts.filter(({ met, measured }) => met === false && !measured)).toEqual([]);
  expect(complaints).toEqual([]);
}

describe.runIf(mosquitto).concurrent('the short form of `npm run faults`', { timeout: 120_000 }, () => {
  it('loses no committed reading while runtime, broker and line fail at random', async () => {
    const plan = {
      shelters: 2,
      kills: 4,
      restarts: 2,
      cuts: 1,
      lulls: { kill: { ms: 2_000, commits: 6 }, restart: 1_500, cut: 300 },
      silences: 0,
    };
    expectNothingLost(stormSection(plan, await runStorm(plan, parts)));
  });

  it('brings all of a backlog to the city, and what is new meanwhile', async () => {
    const plan = { rows: 50_000, backlogRate: 25_000, batch: 250 };
    expectNothingLost(await drainBacklog(plan, parts));
  });

  it.runIf(compiler)('commits every frame though each fsync takes half a second', async () => {
    const plan = {
      situations: ['each fsync takes 500 ms longer' as const],
      settling: 2_000,
      measured: 4_000,
    };
    expectNothingLost(await waitForCard(plan, parts));
  });
});
