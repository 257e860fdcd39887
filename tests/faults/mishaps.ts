import { type Random, wholeNumber } from '../../simulators/random.js';
import type { MortalShelter } from './mortal-shelter.js';
import { happensWithin } from './patience.js';
import type { Stage } from './stage.js';

/** When a shelter is killed. */
export type Moment = 'while it starts' | 'while it works' | 'right after a commit';

/** The most that a shelter does before it is killed: works so long, in ms, or commits so often. */
export interface KillLull {
  ms: number;
  commits: number;
}

/** A shelter on a busy machine may take so long, in ms, for what it is waited for here. */
const patience = 30_000;

/** A reading that does not come within so long, in ms, is waited for no longer. */
const longPatience = 120_000;

/** Resolves when the moment of its death has come for a shelter that was just started. */
export async function reach(
  moment: Moment,
  shelter: MortalShelter,
  { pause, clock }: Stage,
  random: Random,
  lull: KillLull,
): Promise<void> {
  switch (moment) {
    case 'while it starts':
      return pause(wholeNumber(random, 0, 900));
    case 'while it works':
      await happensWithin(
        patience,
        clock,
        shelter.url.catch(() => {}),
      );
      return pause(wholeNumber(random, 0, lull.ms));
    case 'right after a commit':
      await happensWithin(patience, clock, shelter.commits(wholeNumber(random, 1, lull.commits)));
      return pause(wholeNumber(random, 0, 15));
  }
}

export async function stopInOrder(stage: Stage): Promise<void> {
  const shelter = stage.start('with sensors');
  await happensWithin(patience, stage.clock, shelter.commits(2));
  await stage.end(shelter, 'SIGTERM');
}

export async function restartBroker(stage: Stage, random: Random): Promise<void> {
  const { broker, link, receiver, pause } = stage;
  await broker.kill();
  // A broker that nobody listens to yet would take messages, and forget them.
  const admit = link.refuse();
  await pause(wholeNumber(random, 0, 1_500));
  await broker.start();
  await receiver.attach();
  admit();
}

/** @returns how long it took, in ms, until a fresh reading arrived */
export async function fallSilent(stage: Stage): Promise<number> {
  const { link, witness, clock } = stage;
  const freshReading = () => happensWithin(longPatience, clock, witness.readingSince(clock.now()));
  const shelter = stage.start('with sensors');
  await stage.connected();
  await freshReading();
  link.silence('both ways');
  const since = clock.monotonic();
  await freshReading();
  const took = clock.monotonic() - since;
  await stage.end(shelter, 'SIGKILL');
  return took;
}
