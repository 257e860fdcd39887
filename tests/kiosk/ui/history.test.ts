import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourIn } from '../../../kiosk/ui/i18n/format.js';
import { type ChartParts, chartOf } from '../../../kiosk/ui/state/chart.js';
import { day } from '../../../kiosk/ui/state/histories.js';
import { type HistoryHeard, history, seriesOf } from '../../../kiosk/ui/state/history.js';

const minute = 60_000;
const start = Date.UTC(2026, 0, 15);

type Point = HistoryHeard['points'][number];

function point(minutes: number, value: number | null, changes: Partial<Point> = {}): Point {
  return { time: new Date(start + minutes * minute).toISOString(), value, quality: 1, ...changes };
}

function heard(...points: Point[]): HistoryHeard {
  return { stream: 'air/pm2_5', every: 600, points };
}

describe('the past of a stream', () => {
  it('is one run where each span has a value, drawn in the middle of its span', () => {
    const { runs } = seriesOf(heard(point(0, 1), point(10, 2), point(20, 3)));
    expect(runs).toEqual([[5, 15, 25].map((at, n) => ({ time: start + at * minute, value: n + 1 }))]);
  });

  it('has a gap where nothing was measured, and where what was measured failed', () => {
    const { runs } = seriesOf(
      heard(point(0, 1), point(10, 2), point(40, 3), point(50, null, { quality: 4 }), point(60, 4)),
    );
    expect(runs.map((run) => run.map(({ value }) => value))).toEqual([[1, 2], [3], [4]]);
  });

  it('keeps doubtful values out of the line, and out of the least and the greatest', () => {
    const { runs, doubtful, least, greatest, last } = seriesOf(
      heard(point(0, 5), point(10, 99, { quality: 3 }), point(20, 7), point(30, -9, { quality: 3 })),
    );
    expect(runs).toHaveLength(2);
    expect(doubtful.map(({ value }) => value)).toEqual([99, -9]);
    expect([least?.value, greatest?.value, last?.value]).toEqual([5, 7, 7]);
  });

  it('leaves out what has no time that can be believed', () => {
    const { runs, least } = seriesOf(heard(point(0, 1, { unsynchronised: true }), point(10, 2)));
    expect(runs).toHaveLength(1);
    expect(least?.value).toBe(2);
  });

  it('is refused where it is not as the contract has it', () => {
    expect(history(heard(point(0, null)))).toBe(true);
    for (const wrong of [undefined, {}, { ...heard(), points: [{ time: 'now', value: 1, quality: 1 }] }]) {
      expect(history(wrong)).toBe(false);
    }
  });
});

describe('the drawing of a day', () => {
  const parts = (changes: Partial<ChartParts> = {}): ChartParts => ({
    series: seriesOf(heard(point(0, 10), point(10, 20))),
    from: start,
    to: start + day,
    width: 100,
    height: 100,
    leastSpan: 40,
    floor: 0,
    bands: [],
    hourAt: (time) => hourIn(time, 'UTC'),
    ...changes,
  });

  it('has every value on it, between round ones', () => {
    const { lines, rows } = chartOf(parts());
    expect(rows.map(({ value }) => value)).toEqual([0, 10, 20, 30, 40]);
    expect(lines).toEqual(['M0.347 75L1.042 50']);
  });

  it('has the grades between their bounds, the last one up to the edge', () => {
    const bands = [
      { from: 0, to: 15, colour: '#111111', word: 'good' },
      { from: 15, to: 35, colour: '#222222', word: 'moderate' },
      { from: 35, to: null, colour: '#333333', word: 'bad' },
    ];
    expect(chartOf(parts({ bands })).bands.map(({ y, height }) => [y, height])).toEqual([
      [62.5, 37.5],
      [12.5, 50],
      [0, 12.5],
    ]);
  });

  it('draws a value that stands alone as a dot', () => {
    expect(chartOf(parts({ series: seriesOf(heard(point(0, 10))) }))).toMatchObject({
      lines: [],
      dots: [{ x: 0.347, y: 75 }],
      last: { x: 0.347, y: 75 },
    });
  });

  it.each([
    ['Asia/Seoul', start, [12, 18, 0, 6]],
    ['Asia/Kolkata', start, [6, 12, 18, 0]],
    ['Asia/Kathmandu', start, [6, 12, 18, 0]],
    // A day of 25 hours, in which 2 o’clock comes twice.
    ['Europe/Berlin', Date.UTC(2026, 9, 24, 22), [0, 6, 12, 18]],
    // A day of 23 hours.
    ['Europe/Berlin', Date.UTC(2026, 2, 28, 23), [0, 6, 12, 18, 0]],
  ])('names every sixth hour of %s as the clocks there have it', (zone, from, hours) => {
    const hourAt = (time: number) => hourIn(time, zone);
    const { columns } = chartOf(parts({ from, to: from + day, hourAt }));
    expect(columns.map(({ time }) => hourAt(time))).toEqual(hours);
    expect(columns.every(({ x }) => x >= 0 && x <= 100)).toBe(true);
  });

  it('stays on the paper, whatever was measured', () => {
    const value = fc.option(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { nil: null });
    const points = fc.array(fc.tuple(value, fc.constantFrom(1, 2, 3)), { maxLength: 144 });
    fc.assert(
      fc.property(points, fc.constantFrom(0, undefined), (values, floor) => {
        const measured = values.map(([each, quality], n) =>
          point(n * 10, floor === 0 && each !== null ? Math.abs(each) : each, { quality }),
        );
        const chart = chartOf(parts({ series: seriesOf(heard(...measured)), floor }));
        const numbers = chart.lines.flatMap((line) => line.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
        const places = [...chart.dots, ...chart.doubtful].flatMap(({ x, y }) => [x, y]);
        for (const each of [...numbers, ...places]) {
          expect(each).toBeGreaterThanOrEqual(-0.01);
          expect(each).toBeLessThanOrEqual(100.01);
        }
        expect(chart.rows.length).toBeGreaterThanOrEqual(2);
        expect(chart.rows.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});
