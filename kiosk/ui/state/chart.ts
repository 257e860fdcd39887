import type { Point, Series } from './history.js';

/** A line through a day, in the units of a drawing: x from 0 to `width`, y from 0 at the top to `height`. */
export interface Chart {
  width: number;
  height: number;
  /** What stands between the grades, from the least. */
  bands: readonly { y: number; height: number; colour: string; word: string }[];
  /** Of whole values. */
  rows: readonly { y: number; value: number }[];
  /** Of times. */
  columns: readonly { x: number; time: number }[];
  /** Paths of SVG. A run of a single value is a dot. */
  lines: readonly string[];
  dots: readonly Place[];
  doubtful: readonly Place[];
  /** The newest value that was believed. */
  last: Place | undefined;
}

export interface Place {
  x: number;
  y: number;
}

export interface ChartParts {
  series: Series;
  /** Wall times in ms. */
  from: number;
  to: number;
  /** Of the drawing. */
  width: number;
  height: number;
  /** The least span of values: what changes less is no mountain. */
  leastSpan: number;
  /** A value that is always on it, as 0 where nothing can be less. */
  floor: number | undefined;
  bands: readonly { from: number; to: number | null; colour: string; word: string }[];
  /** The hour of the day of a wall time, where an hour begins then; otherwise undefined. */
  hourAt(time: number): number | undefined;
}

/** What a division of numbers that look round may be off by. */
const tiny = 1e-9;

/** Hours between two times that are written down. */
const everyHours = 6;
/** In which steps it is looked for the beginning of an hour, in ms: some zones are a quarter of an hour off. */
const step = 900_000;

export function chartOf(parts: ChartParts): Chart {
  const { series, from, to, width, height, bands, hourAt } = parts;
  const all = [...series.runs.flat(), ...series.doubtful].filter(({ time }) => time >= from && time <= to);
  const { values, low, high } = scaleOf(all, parts);

  const x = (time: number) => round(((time - from) / (to - from)) * width);
  const y = (value: number) => round(height - ((value - low) / (high - low)) * height);
  const place = ({ time, value }: Point): Place => ({ x: x(time), y: y(value) });
  const inside = (point: Point) => point.time >= from && point.time <= to;
  const runs = series.runs.map((run) => run.filter(inside)).filter((run) => run.length > 0);
  const last = series.last && inside(series.last) ? place(series.last) : undefined;

  return {
    width,
    height,
    bands: bands.flatMap(({ from: least, to: most, colour, word }) => {
      const [bottom, top] = [Math.max(least, low), Math.min(most ?? high, high)];
      return top > bottom ? [{ y: y(top), height: round(y(bottom) - y(top)), colour, word }] : [];
    }),
    rows: values.map((value) => ({ y: y(value), value })),
    columns: timesBetween(from, to)
      .filter((time) => (hourAt(time) ?? 1) % everyHours === 0)
      .map((time) => ({ x: x(time), time })),
    lines: runs.filter((run) => run.length > 1).map((run) => pathOf(run.map(place))),
    dots: runs.flatMap((run) => (run.length === 1 ? run.map(place) : [])),
    doubtful: series.doubtful.filter(inside).map(place),
    last,
  };
}

function pathOf(places: readonly Place[]): string {
  return places.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}

function timesBetween(from: number, to: number): number[] {
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, n) => first + n * step);
}

/** Round values that hold all points, and between them the three to six that are written down. */
function scaleOf(
  points: readonly Point[],
  { leastSpan, floor }: Pick<ChartParts, 'leastSpan' | 'floor'>,
): { values: number[]; low: number; high: number } {
  const held = points.map(({ value }) => value).concat(floor ?? []);
  let low = held.length > 0 ? Math.min(...held) : 0;
  let high = held.length > 0 ? Math.max(...held) : leastSpan;
  const missing = Math.max(0, leastSpan - (high - low));
  if (low === floor) high += missing;
  else [low, high] = [low - missing / 2, high + missing / 2];

  const size = niceStep((high - low) / 4);
  const first = Math.floor(low / size + tiny);
  const last = Math.ceil(high / size - tiny);
  const values = Array.from({ length: last - first + 1 }, (_, n) => round((first + n) * size));
  return { values, low: values[0] ?? low, high: values.at(-1) ?? high };
}

/** The least of 1, 2, 5, 10, 20, 50, … that is not below it. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-3)));
  return round(([1, 2, 5, 10].find((times) => times * power >= least * 0.999) ?? 10) * power);
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
