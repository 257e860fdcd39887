import type { Graphics } from './engine.js';

/** What can be wrong with a screen. */
export type Trouble =
  /** The runtime does not answer. */
  | 'unreachable'
  /** It does, but the page does not load. */
  | 'unloadable'
  /** The page's process is gone. */
  | 'gone'
  /** The page's scripts stand still. */
  | 'silent'
  /** They run, but nothing of it is to be seen. */
  | 'frozen'
  /** All that is to be seen is of one colour. */
  | 'blank'
  /** The process that draws dies again and again. */
  | 'gpu';

/** What can be done about it, the gentlest first. */
export type Step = 'reload' | 'new-renderer' | 'relaunch-without-gpu' | 'last-resort';

export interface Rung {
  step: Step;
  /** How long, in ms, to wait before it is taken; for the last resort, how long that stays before the next try. */
  pause: number;
}

const rungs: readonly Rung[] = [
  { step: 'reload', pause: 0 },
  { step: 'new-renderer', pause: 2_000 },
  { step: 'relaunch-without-gpu', pause: 5_000 },
  { step: 'last-resort', pause: 30_000 },
  { step: 'last-resort', pause: 60_000 },
  { step: 'last-resort', pause: 120_000 },
  { step: 'last-resort', pause: 300_000 },
];

/** So many deaths of the process that draws within so long, in ms, are too many. */
const gpuDeaths = { most: 3, within: 600_000 };

/**
 * The rung for one trouble after another; the last one repeats, so that nothing is ever tried more often than it says.
 *
 * @param before how many rungs were taken since all was well
 * @param graphics with what the browser drew when this program started
 */
export function rungAfter(before: number, graphics: Graphics): Rung {
  const usable = rungs.filter(({ step }) => step !== 'relaunch-without-gpu' || graphics === 'gpu');
  return usable[Math.min(before, usable.length - 1)] ?? { step: 'last-resort', pause: 300_000 };
}

/** Counts deaths of the process that draws. @returns whether this one is one too many */
export function countGpuDeaths(): (monotonic: number) => boolean {
  let deaths: readonly number[] = [];
  return (monotonic) => {
    deaths = [...deaths.filter((time) => monotonic - time < gpuDeaths.within), monotonic];
    return deaths.length >= gpuDeaths.most;
  };
}
