import type { LedgerPage } from '../../runtime/api/contract.js';
import { type Random, seededRandom, wholeNumber } from '../../simulators/random.js';
import { lineFaults } from './line-faults.js';
import { openStage, type Stage, type StageParts } from './stage.js';
import type { Account } from './witness.js';

export interface StormPlan {
  kills: number;
  restarts: number;
  cuts: number;
  /** The longest pause, in ms, before the next restart and before the next cut. */
  lull: number;
  /** Half-open lines that the shelter has to notice by itself, which takes it half a minute each. */
  silences: number;
}

export interface StormReport extends Account {
  /** How often each thing was done. */
  kills: Record<string, number>;
  stops: number;
  restarts: number;
  cuts: Record<string, number>;
  /** How long, in ms, after a line fell silent the next fresh reading arrived. */
  recoveries: number[];
  /** Whatever else was not as it should be. */
  complaints: string[];
  /** In ms. */
  took: number;
}

/** When a shelter is killed, and out of how many times. */
const moments = { 'while it starts': 0.15, 'at any time': 0.45, 'right after a commit': 0.4 } as const;
type Moment = keyof typeof moments;

/** An orderly stop comes after so many kills. */
const stopEvery = 20;

/** How long, in ms, a shelter may take to send what is left when all is well again. */
const patience = 120_000;

/**
 * Kills the runtime, restarts the broker and cuts the line between them, all at once, while ten streams sample; then
 * lets the shelter send what is left, and compares what each end saw.
 */
export async function runStorm(
  plan: StormPlan,
  parts: StageParts,
  onProgress: (text: string) => void,
): Promise<StormReport> {
  const start = parts.clock.monotonic();
  const stage = await openStage(parts);
  const { seed } = parts;
  const done = { kills: {} as StormReport['kills'], stops: 0, restarts: 0, cuts: {} as StormReport['cuts'] };

  async function kill(random: Random, until: () => boolean): Promise<void> {
    while (sum(done.kills) < plan.kills || !until()) {
      const moment = drawMoment(random);
      const shelter = stage.start('with sensors');
      await comes(moment, shelter, stage, random);
      await stage.end(shelter, 'SIGKILL');
      count(done.kills, moment);
      if (sum(done.kills) % stopEvery > 0) continue;
      onProgress(`${sum(done.kills)} kills, ${done.restarts} restarts of the broker, ${sum(done.cuts)} cuts`);
      await stopInOrder(stage);
      done.stops++;
    }
  }

  async function restart(random: Random): Promise<void> {
    for (; done.restarts < plan.restarts; done.restarts++) {
      await stage.pause(wholeNumber(random, 200, plan.lull));
      await restartBroker(stage, random);
    }
  }

  async function cut(random: Random): Promise<void> {
    const kinds = Object.entries(lineFaults);
    while (sum(done.cuts) < plan.cuts) {
      const [name, befall] = kinds[sum(done.cuts) % kinds.length] as (typeof kinds)[number];
      await stage.pause(wholeNumber(random, 200, plan.lull));
      while (stage.link.connections() === 0) await stage.pause(20);
      await befall(stage.link, random, stage.pause);
      count(done.cuts, name);
    }
  }

  try {
    let raging = 2;
    const others = [restart(seededRandom(seed + 1)), cut(seededRandom(seed + 2))];
    const ended = others.map((loop) => loop.finally(() => raging--));
    await Promise.all([...ended, kill(seededRandom(seed + 3), () => raging === 0)]);
    const recoveries: number[] = [];
    for (let time = 0; time < plan.silences; time++) recoveries.push(await fallSilent(stage));
    await sendTheRest(stage);
    const took = parts.clock.monotonic() - start;
    return { ...stage.witness.account(), ...done, recoveries, complaints: stage.complaints(), took };
  } finally {
    await stage.close();
  }
}

async function comes(
  moment: Moment,
  shelter: ReturnType<Stage['start']>,
  { pause }: Stage,
  random: Random,
): Promise<void> {
  switch (moment) {
    case 'while it starts':
      return pause(wholeNumber(random, 0, 900));
    case 'at any time':
      return pause(wholeNumber(random, 700, 3_500));
    case 'right after a commit':
      await Promise.race([shelter.commits(wholeNumber(random, 1, 4)), pause(8_000)]);
      return pause(wholeNumber(random, 0, 15));
  }
}

async function stopInOrder(stage: Stage): Promise<void> {
  const shelter = stage.start('with sensors');
  await shelter.commits(2);
  await stage.end(shelter, 'SIGTERM');
}

async function restartBroker({ broker, link, receiver, pause }: Stage, random: Random): Promise<void> {
  await broker.kill();
  // A broker that nobody listens to yet would take messages, and forget them.
  const admit = link.refuse();
  await pause(wholeNumber(random, 0, 1_500));
  await broker.start();
  await receiver.attach();
  admit();
}

/** @returns how long it took, in ms, until a fresh reading arrived */
async function fallSilent(stage: Stage): Promise<number> {
  const { link, witness, clock, pause } = stage;
  const shelter = stage.start('with sensors');
  while (link.connections() === 0) await pause(20);
  await witness.readingSince(clock.now());
  link.silence('both ways');
  const since = clock.now();
  await witness.readingSince(since);
  const took = clock.now() - since;
  await stage.end(shelter, 'SIGKILL');
  return took;
}

/** All is well again: a shelter that takes no more readings sends what is left, and tells what it has on record. */
async function sendTheRest(stage: Stage): Promise<void> {
  const { clock, pause, witness } = stage;
  const shelter = stage.start('without sensors');
  const url = await shelter.url;
  const deadline = clock.monotonic() + patience;
  while ((await waitingRows(url)) !== 0 && clock.monotonic() < deadline) await pause(200);
  for (const entry of await readLedger(url)) witness.ledger(entry);
  await stage.end(shelter, 'SIGTERM');
}

/** Undefined while there is no uplink yet. */
async function waitingRows(url: string): Promise<number | undefined> {
  const response = await fetch(`${url}/api/v1/health`);
  const health = (await response.json()) as { uplink: { waiting: number } | null };
  return health.uplink?.waiting;
}

async function readLedger(url: string): Promise<LedgerPage['entries']> {
  const entries: LedgerPage['entries'] = [];
  for (let before: number | null | undefined; before !== null; ) {
    const older: string = before === undefined ? '' : `&before=${before}`;
    const response = await fetch(`${url}/api/v1/ledger?most=1000${older}`);
    const page = (await response.json()) as LedgerPage;
    entries.push(...page.entries);
    before = page.before;
  }
  return entries;
}

function drawMoment(random: Random): Moment {
  let left = random();
  for (const [moment, share] of Object.entries(moments)) {
    left -= share;
    if (left < 0) return moment as Moment;
  }
  return 'at any time';
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

export function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, each) => total + each, 0);
}
