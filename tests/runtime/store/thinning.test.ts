import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import type { BootRow } from '../../../runtime/store/runs.js';
import { thin } from '../../../runtime/store/thinning.js';

const minute = 60_000;
const start = Date.UTC(2026, 0, 1);

function row(seq: number, seconds: number, value: number | null, more: Partial<BootRow> = {}): BootRow {
  return {
    seq,
    boot: 1,
    stream: 1,
    time: start + seconds * 1_000,
    monotonic: seconds * 1_000 + 5,
    value,
    raw: value,
    quality: value === null ? quality.missing : quality.pass,
    count: 1,
    ...more,
  };
}

const brief = (rows: readonly BootRow[]) =>
  rows.map(({ seq, stream, value, count }) => ({ seq, stream, value, count }));

describe('thinning', () => {
  it('leaves the sum and the count of each stream and minute, under the seq of the last', () => {
    const rows = [
      row(1, 0, 1),
      row(2, 1, 5, { stream: 2 }),
      row(3, 59, 2.5),
      row(4, 60, 7),
      row(5, 61, 6, { stream: 2 }),
    ];
    expect(brief(thin(rows, minute))).toEqual([
      { seq: 2, stream: 2, value: 5, count: 1 },
      { seq: 3, stream: 1, value: 3.5, count: 2 },
      { seq: 4, stream: 1, value: 7, count: 1 },
      { seq: 5, stream: 2, value: 6, count: 1 },
    ]);
  });

  it('gives a mean the time of the beginning of its span, by both clocks', () => {
    const [mean] = thin([row(1, 70, 1), row(2, 90, 2)], minute);
    expect(mean).toMatchObject({ time: start + minute, monotonic: minute + 5, raw: null });
  });

  it('lets what failed or is missing not count, but says so where there is nothing else', () => {
    const failed = { quality: quality.fail };
    const rows = [
      row(1, 0, 999, failed),
      row(2, 1, 4, { quality: quality.suspect }),
      row(3, 60, null),
      row(4, 61, 999, failed),
    ];
    expect(thin(rows, minute)).toMatchObject([
      { seq: 2, value: 4, count: 1, quality: quality.suspect },
      { seq: 4, value: null, count: 0, quality: quality.missing },
    ]);
  });

  it('lets what is doubtful count only where there is nothing better', () => {
    const doubtful = { quality: quality.suspect };
    const rows = [row(1, 0, 90, doubtful), row(2, 1, 4), row(3, 2, 80, doubtful), row(4, 3, 6)];
    expect(thin(rows, minute)).toMatchObject([{ seq: 4, value: 10, count: 2, quality: quality.pass }]);
    expect(thin(rows.toReversed(), minute)).toMatchObject([{ value: 10, count: 2, quality: quality.pass }]);
  });

  it('keeps the boots apart, whose clocks may differ', () => {
    const rows = [row(1, 0, 1), row(2, 1, 3, { boot: 2 })];
    expect(brief(thin(rows, minute))).toEqual([
      { seq: 1, stream: 1, value: 1, count: 1 },
      { seq: 2, stream: 1, value: 3, count: 1 },
    ]);
  });

  it('in two steps gives the same as in one', () => {
    const rows = Array.from({ length: 500 }, (_, index) =>
      row(index + 1, index * 7, (index % 37) / 10, { stream: (index % 3) + 1 }),
    );
    expect(thin(thin(rows, minute), 10 * minute)).toEqual(thin(rows, 10 * minute));
  });
});
