import type { History } from '../../../runtime/api/contract.js';
import { type Check, flag, list, moment, number, optional, orNull, shape, text } from './checks.js';

/** What the page reads of the past of a stream. */
export type HistoryHeard = Pick<History, 'stream' | 'every'> & {
  points: (Pick<History['points'][number], 'time' | 'value' | 'quality'> & {
    unsynchronised?: boolean | undefined;
  })[];
};

export const history: Check<HistoryHeard> = shape<HistoryHeard>({
  stream: text,
  every: orNull(number),
  points: list(
    shape<HistoryHeard['points'][number]>({
      time: moment,
      value: orNull(number),
      quality: number,
      unsynchronised: optional(flag),
    }),
  ),
});

/** One value of the past. */
export interface Point {
  /** Wall time in ms. */
  time: number;
  value: number;
}

/** The past of one stream as it may be drawn. */
export interface Series {
  /** What was believed; where nothing was, or nobody measured, one run ends and the next begins. */
  runs: readonly (readonly Point[])[];
  /** What was doubted. */
  doubtful: readonly Point[];
  /** Of what was believed. */
  least: Point | undefined;
  greatest: Point | undefined;
  last: Point | undefined;
}

/** QARTOD flags. */
const suspect = 3;

/** So many widths of a mean without one are a gap. */
const gap = 1.5;

/** Leaves out what has no time that can be believed. */
export function seriesOf({ every, points }: HistoryHeard): Series {
  const width = (every ?? 0) * 1_000;
  const runs: Point[][] = [];
  const doubtful: Point[] = [];
  let run: Point[] | undefined;

  for (const { time, value, quality, unsynchronised } of points) {
    if (unsynchronised) continue;
    const point = value === null ? undefined : { time: Date.parse(time) + width / 2, value };
    if (point && quality < suspect) {
      const before = run?.at(-1);
      if (!run || (before && width > 0 && point.time - before.time > gap * width)) {
        run = [];
        runs.push(run);
      }
      run.push(point);
    } else {
      if (point && quality === suspect) doubtful.push(point);
      run = undefined;
    }
  }
  return { runs, doubtful, ...extremesOf(runs.flat()) };
}

function extremesOf(points: readonly Point[]): Pick<Series, 'least' | 'greatest' | 'last'> {
  let [least, greatest] = [points[0], points[0]];
  for (const point of points) {
    if (!least || point.value < least.value) least = point;
    if (!greatest || point.value > greatest.value) greatest = point;
  }
  return { least, greatest, last: points.at(-1) };
}
