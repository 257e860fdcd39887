import type { Cancel, Clock } from '../../drivers/ports.js';
import { type Random, seededRandom, wholeNumber } from '../../simulators/random.js';
import { createReconciler, type Reconciliation } from '../../simulators/reconciler.js';
import { lineFaults } from './line-faults.js';
import { fallSilent, type KillLull, type Moment, reach, restartBroker, stopInOrder } from './mishaps.js';
import { happensWithin } from './patience.js';
import { sendTheRest } from './send-the-rest.js';
import { openStage, type Stage } from './stage.js';

/** Of all shelters together, and at least, where nothing else is said. */
export interface StormPlan {
  /** That it rages on at the same time, each with sensors, a line and a broker of its own. */
  shelters: number;
  kills: number;
  /** Of a broker. */
  restarts: number;
  /** Of a line, for each kind. */
  cuts: number;
  /** The longest pauses of a shelter before its next kill, its broker's next restart and its line's next cut, in ms. */
  lulls: { kill: KillLull; restart: number; cut: number };
  /** Half-open lines that each shelter has to notice by itself, which takes it half a minute each. */
  silences: number;
}

export interface StormParts {
  /** Folder of the built project. */
  root: string;
  seed: number;
  clock: Clock;
  onProgress(text: string): void;
}

export interface StormReport {
  done: Deeds;
  /** How long, in ms, after a line fell silent the next fresh reading arrived. */
  recoveries: number[];
  reconciliation: Reconciliation;
  /** Rows of which a shelter was told that they are committed, before it was killed. */
  promised: number;
  databases: number;
  /** Whatever else was not as it should be. */
  complaints: string[];
}

/** How often each thing was done. */
interface Deeds {
  kills: Record<string, number>;
  stops: number;
  restarts: number;
  cuts: Record<string, number>;
}

/** When a shelter is killed, and out of how many times. */
const moments: Readonly<Record<Moment, number>> = {
  'while it starts': 0.15,
  'while it works': 0.45,
  'right after a commit': 0.4,
};

/** An orderly stop of a shelter comes after so many kills. */
const stopEvery = 20;

/** What cannot be brought about within so long, in ms, is given up. */
const patience = 120_000;

/** Between two words on how far it is, in ms. */
const tellEvery = 15_000;

/**
 * Kills shelters, restarts their brokers and cuts the lines between them, all at once, while ten streams of each are
 * sampled; then lets them send what is left, and compares what each end saw.
 */
export async function runStorm(plan: StormPlan, parts: StormParts): Promise<StormReport> {
  const { root, seed, clock, onProgress } = parts;
  const reconciler = createReconciler();
  const done: Deeds = { kills: {}, stops: 0, restarts: 0, cuts: {} };
  const complaints: string[] = [];
  const cutsToDo = Array.from({ length: plan.cuts }, () => Object.keys(lineFaults)).flat();
  let restartsToDo = plan.restarts;
  /** Loops that still have something to do. */
  let raging = 2 * plan.shelters;

  async function kill(stage: Stage, random: Random): Promise<void> {
    for (let kills = 1; raging > 0 || sum(done.kills) < plan.kills; kills++) {
      const moment = drawMoment(random);
      const shelter = stage.start('with sensors');
      await reach(moment, shelter, stage, random, plan.lulls.kill);
      await stage.end(shelter, 'SIGKILL');
      count(done.kills, moment);
      if (kills % stopEvery > 0) continue;
      await stopInOrder(stage);
      done.stops++;
    }
  }

  async function restart(stage: Stage, random: Random): Promise<void> {
    while (restartsToDo-- > 0) {
      await stage.pause(wholeNumber(random, 200, plan.lulls.restart));
      await restartBroker(stage, random);
      done.restarts++;
    }
  }

  async function cut(stage: Stage, random: Random): Promise<void> {
    for (let name = cutsToDo.shift(); name; name = cutsToDo.shift()) {
      await stage.pause(wholeNumber(random, 200, plan.lulls.cut));
      const befallen = stage.connected().then(() => lineFaults[name]?.(stage.link, random, stage.pause));
      if (await happensWithin(patience, clock, befallen)) count(done.cuts, name);
      else complaints.push(`"${name}" could not be brought about within ${patience / 1_000} s.`);
    }
  }

  async function rage(stage: Stage, seedOfStage: number): Promise<void> {
    const random = (use: number) => seededRandom(seedOfStage + use);
    const others = [restart(stage, random(1)), cut(stage, random(2))];
    const ended = others.map((loop) => loop.finally(() => raging--));
    await Promise.all([...ended, kill(stage, random(3))]);
  }

  const stages: Stage[] = [];
  const hush = regularly(clock, tellEvery, () => onProgress(describe(done)));
  try {
    for (let number = 1; number <= plan.shelters; number++) {
      const seedOfStage = seed + 1_000 * number;
      stages.push(
        await openStage({ root, seed: seedOfStage, clock, device: `shelter-${number}`, reconciler }),
      );
    }
    await Promise.all(stages.map((stage, index) => rage(stage, seed + 1_000 * index)));
    onProgress(`${describe(done)}; now what is left is sent`);
    const recoveries: number[] = [];
    for (let time = 0; time < plan.silences; time++) {
      recoveries.push(...(await Promise.all(stages.map(fallSilent))));
    }
    await Promise.all(stages.map(sendTheRest));
    return {
      done,
      recoveries,
      reconciliation: reconciler.reconcile(),
      promised: total(stages.map(({ witness }) => witness.promised())),
      databases: total(stages.map(({ witness }) => witness.databases())),
      complaints: [...complaints, ...stages.flatMap((stage) => stage.complaints())],
    };
  } finally {
    hush();
    await Promise.all(stages.map((stage) => stage.close()));
  }
}

function regularly(clock: Clock, ms: number, act: () => void): Cancel {
  let cancel: Cancel;
  const again = () => {
    cancel = clock.after(ms, () => {
      act();
      again();
    });
  };
  again();
  return () => cancel();
}

function describe({ kills, restarts, cuts }: Deeds): string {
  return `${sum(kills)} kills, ${restarts} restarts of a broker, ${sum(cuts)} cuts of a line`;
}

function drawMoment(random: Random): Moment {
  let left = random();
  for (const [moment, share] of Object.entries(moments)) {
    left -= share;
    if (left < 0) return moment as Moment;
  }
  return 'while it works';
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

export function sum(counts: Record<string, number>): number {
  return total(Object.values(counts));
}

function total(values: readonly number[]): number {
  return values.reduce((all, each) => all + each, 0);
}
