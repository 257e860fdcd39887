import type { FlatLine } from '../../config/catalogue/properties.js';
import { type Quality, quality, type TestId } from '../../config/catalogue/quality.js';
import type { Point } from './definition.js';
import { extendRun, type FlatRun, startRun } from './flat-line.js';

/** What the tests need to know of a stream's past: little, and all of it can be had from its stored readings. */
export interface Memory {
  /** The last values that passed every test, at most two, the newest last. */
  believed: readonly Point[];
  /** How long its values have been flat, doubted ones too; undefined before the first. */
  run: FlatRun | undefined;
  /** Time of the last value. */
  lastAt: number;
}

/** A reading, or the mean of several, as the memory takes it. */
export interface Past {
  time: number;
  value: number | null;
  quality: Quality;
  doubts?: readonly TestId[];
}

export const noMemory: Memory = { believed: [], run: undefined, lastAt: Number.NEGATIVE_INFINITY };

/** After a silence of so long, in ms, nobody knows whether the values were flat meanwhile. */
const silence = 3 * 3_600_000;

/** The memory with the value in its run; what is believed stays as it was. */
export function notice(memory: Memory, point: Point, flat: FlatLine | undefined): Memory {
  const { believed, lastAt } = memory;
  if (!flat) return { believed, run: undefined, lastAt: point.time };
  const isNew = point.time - lastAt > silence;
  const run = (isNew ? undefined : memory.run) ?? startRun(point.time);
  return { believed, run: extendRun(run, point, flat.tolerance), lastAt: point.time };
}

/** The memory with a value that passed every test. */
export function believe(memory: Memory, point: Point): Memory {
  return { ...memory, believed: [...memory.believed.slice(-1), point] };
}

/**
 * The memory that a stream would have after what the store holds of it.
 *
 * Where the newest was doubted as flat it had been so for that long, although nothing in between may be told any more.
 *
 * @param past in the order of time
 */
export function resume(past: readonly Past[], flat: FlatLine | undefined): Memory {
  return past.reduce<Memory>((memory, { time, value, quality: flag, doubts }) => {
    if (value === null) return memory;
    const noticed = withDoubts(notice(memory, { time, value }, flat), flag, doubts, flat);
    return flag === quality.pass ? believe(noticed, { time, value }) : noticed;
  }, noMemory);
}

function withDoubts(
  memory: Memory,
  flag: Quality,
  doubts: readonly TestId[] | undefined,
  flat: FlatLine | undefined,
): Memory {
  if (!flat || !memory.run || !doubts?.includes('flat-line')) return memory;
  const flatFor = flag === quality.fail ? flat.failFor : flat.suspectFor;
  const brokenAt = Math.min(memory.run.brokenAt, memory.lastAt - flatFor - 1);
  return { ...memory, run: { ...memory.run, brokenAt } };
}

/** What was noticed since is added to what the store knows of the time before. */
export function continued(earlier: Memory, later: Memory, flat: FlatLine | undefined): Memory {
  if (later.run === undefined)
    return { ...earlier, believed: [...earlier.believed, ...later.believed].slice(-2) };
  const since = [...later.run.lows, ...later.run.highs].sort((a, b) => a.time - b.time);
  const noticed = since.reduce((memory, point) => notice(memory, point, flat), earlier);
  return { ...noticed, believed: [...earlier.believed, ...later.believed].slice(-2) };
}
