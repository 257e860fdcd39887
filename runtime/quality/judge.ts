import type { PropertyId } from '../../config/catalogue/properties.js';
import { type Quality, quality, type TestId } from '../../config/catalogue/quality.js';
import type { SensorConfig } from '../../config/site.js';
import type { Channel, Channels } from '../../drivers/contract.js';
import { agreement } from './agreement.js';
import { consistency, type Flags } from './consistency.js';
import type { Point } from './definition.js';
import { flatLine } from './flat-line.js';
import { grossRange } from './gross-range.js';
import { type ChannelLimits, limitsOf } from './limits.js';
import { believe, continued, type Memory, noMemory, notice, type Past, resume } from './memory.js';
import { oneMessage, type Shift, shiftOf } from './one-message.js';
import { rateOfChange } from './rate-of-change.js';
import { moreTelling } from './roll-up.js';
import { spike } from './spike.js';
import { warmUp } from './warm-up.js';

/** One value of a sample. */
export interface Taken {
  property: PropertyId;
  /** What the sensor said, and the calibrated value; in the property's unit. */
  raw: number;
  value: number;
}

/** How far to believe a value, and which tests doubted it. */
export interface Verdict {
  quality: Quality;
  /** Absent where none did. */
  doubts?: readonly TestId[];
}

/** Judges what one sensor gives. Times are monotonic, in ms. */
export interface SensorJudge {
  /** One verdict for each value of a sample. */
  judge(sample: readonly Taken[], time: number): ReadonlyMap<PropertyId, Verdict>;
  /** Its device is there, and was not before. */
  appeared(time: number): void;
  /** Its values cannot be compared any more with those before. */
  forget(): void;
}

/** Judges a whole site: what one sensor gives is compared with what the others gave lately. */
export interface Judge {
  sensor(config: Pick<SensorConfig, 'id' | 'quality' | 'warmUp'>, channels: Channels): SensorJudge;
  /**
   * Takes up what the store holds of a stream, so that a restart makes nobody forget. Past readings in the order of
   * time, their times on this run's monotonic time: those of before it are negative.
   */
  resume(stream: string, past: readonly Past[]): void;
  /** How far back a stream's past matters, in ms; undefined where there is no such stream. */
  lookback(stream: string): number | undefined;
}

/** In ms: how recent neighbours must be to be compared with. */
const recent = { neighbours: 15 * 60_000, others: 10 * 60_000 };

/** What is known of a stream. */
interface StreamState {
  sensor: string;
  property: PropertyId;
  limits: ChannelLimits;
  memory: Memory;
  /** Time of the first value of this run. */
  firstAt: number | undefined;
  /** Its last value, where no test but the one of agreement doubted it. */
  latest: Point | undefined;
}

/** A value with what the tests have found so far. */
interface Case {
  state: StreamState;
  point: Point;
  flag: Quality;
  doubts: readonly TestId[];
}

export function createJudge(): Judge {
  const streams = new Map<string, StreamState>();

  /** What other sensors of a property gave lately. */
  function othersOf({ sensor, property }: StreamState, time: number): number[] {
    const values: number[] = [];
    for (const other of streams.values()) {
      if (other.property !== property || other.sensor === sensor || !other.latest) continue;
      if (time - other.latest.time <= recent.others) values.push(other.latest.value);
    }
    return values;
  }

  return {
    sensor(config, channels) {
      const own = new Map<PropertyId, StreamState>();
      for (const [property, channel] of Object.entries(channels) as [PropertyId, Channel][]) {
        const state: StreamState = {
          sensor: config.id,
          property,
          limits: limitsOf(property, channel, config.quality[property]),
          memory: noMemory,
          firstAt: undefined,
          latest: undefined,
        };
        own.set(property, state);
        streams.set(`${config.id}/${property}`, state);
      }
      let appearedAt: number | undefined;
      let shift: Shift | undefined;

      function open({ property, raw, value }: Taken, time: number): Case[] {
        const state = own.get(property);
        if (!state) return [];
        const runningFor = appearedAt === undefined ? undefined : time - appearedAt;
        const opened: Case = { state, point: { time, value }, flag: quality.notEvaluated, doubts: [] };
        testAlone(opened, raw);
        find(opened, 'warm-up', warmUp(runningFor, config.warmUp));
        return [opened];
      }

      return {
        judge(sample, time) {
          const cases = sample.flatMap((taken) => open(taken, time));
          if (cases.length > 0) shift = testTogether(cases, time, shift);
          for (const each of cases) testAgainst(each, (state) => othersOf(state, time));
          return new Map(cases.map((each) => [each.state.property, close(each)]));
        },
        appeared(time) {
          appearedAt = time;
          shift = undefined;
        },
        forget() {
          shift = undefined;
          for (const state of own.values()) {
            state.memory = noMemory;
            state.firstAt = undefined;
            state.latest = undefined;
          }
        },
      };
    },
    resume(stream, past) {
      const state = streams.get(stream);
      if (!state) return;
      const { flatLine: flat } = state.limits;
      const before = past.filter(({ time }) => time < (state.firstAt ?? Number.POSITIVE_INFINITY));
      state.memory = continued(resume(before, flat), state.memory, flat);
    },
    lookback: (stream) => {
      const state = streams.get(stream);
      return state && Math.max(recent.neighbours, state.limits.flatLine?.failFor ?? 0);
    },
  };
}

/** The tests that need nothing but the stream itself. */
function testAlone(each: Case, raw: number): void {
  const { state, point } = each;
  const { limits } = state;
  const { believed } = state.memory;
  state.firstAt ??= point.time;
  state.memory = notice(state.memory, point, limits.flatLine);
  const { run } = state.memory;
  find(each, 'gross-range', grossRange(raw, { fail: limits.measures }));
  find(each, 'gross-range', grossRange(point.value, limits.grossRange));
  if (limits.rateOfChange) {
    find(each, 'rate-of-change', rateOfChange(point, believed.at(-1), limits.rateOfChange));
  }
  if (limits.spike) find(each, 'spike', spike(point.value, neighboursOf(believed, point), limits.spike));
  if (limits.flatLine && run && !limits.mayRestAt(point.value)) {
    find(each, 'flat-line', flatLine(run, point.time, limits.flatLine));
  }
}

function neighboursOf(believed: readonly Point[], { time }: Point): [number, number] | undefined {
  const [first, second] = believed;
  if (!first || !second || time - first.time > recent.neighbours) return undefined;
  return [first.value, second.value];
}

/** The tests of values that came together. @returns the shift that they belong to, where they do to one */
function testTogether(cases: readonly Case[], time: number, last: Shift | undefined): Shift | undefined {
  const values = new Map(cases.map(({ state, point }) => [state.property, point.value]));
  findAll(cases, 'consistency', consistency(values));
  const before = new Map<PropertyId, number>();
  const failed = new Set<PropertyId>();
  for (const { state, point, flag } of cases) {
    const believed = state.memory.believed.at(-1);
    if (believed && point.time - believed.time <= recent.neighbours)
      before.set(state.property, believed.value);
    if (flag === quality.fail) failed.add(state.property);
  }
  const shift = shiftOf(values, time, before, last);
  findAll(cases, 'one-message', oneMessage(values, failed, shift));
  return shift;
}

/** The test against what other sensors gave, and what others will be tested against. */
function testAgainst(each: Case, othersOf: (state: StreamState) => readonly number[]): void {
  const { state, point, flag } = each;
  state.latest = isDoubtful(flag) ? undefined : point;
  const { agreement: limits } = state.limits;
  if (limits) find(each, 'agreement', agreement(point.value, othersOf(state), limits));
}

function close({ state, point, flag, doubts }: Case): Verdict {
  if (flag === quality.pass) state.memory = believe(state.memory, point);
  return doubts.length > 0 ? { quality: flag, doubts } : { quality: flag };
}

/** Takes a test's result into account, unless the site does not want that test. */
function find(each: Case, test: TestId, flag: Quality): void {
  if (each.state.limits.without.has(test)) return;
  each.flag = moreTelling(each.flag, flag);
  if (isDoubtful(flag) && !each.doubts.includes(test)) each.doubts = [...each.doubts, test];
}

function findAll(cases: readonly Case[], test: TestId, flags: Flags): void {
  for (const each of cases) find(each, test, flags.get(each.state.property) ?? quality.notEvaluated);
}

function isDoubtful(flag: Quality): boolean {
  return flag === quality.suspect || flag === quality.fail;
}
