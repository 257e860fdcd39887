import { describe, expect, it } from 'vitest';
import { everything, type Span } from '../../../runtime/store/port.js';
import { readAhead } from '../../../runtime/uplink/read-ahead.js';

/** A store of rows 1 to `last`, of which nothing is settled. */
function storeOf(last: number) {
  const asked: number[] = [];
  const store = {
    last,
    asked,
    failure: undefined as Error | undefined,
    async lease(most: number, span: Span) {
      asked.push(span.first);
      if (store.failure) throw store.failure;
      const end = Math.min(store.last, span.last, span.first + most - 1);
      return Array.from({ length: Math.max(0, end - span.first + 1) }, (_, index) => ({
        seq: span.first + index,
      }));
    },
  };
  return store;
}

const ends = (rows: readonly { seq: number }[]) => [rows[0]?.seq, rows.at(-1)?.seq];

describe('reading ahead', () => {
  it('gives all rows of a span in order, in pieces of the size that is asked for', async () => {
    const ahead = readAhead(storeOf(12_345).lease);
    const seen: number[] = [];
    let most = 100;
    for (;;) {
      const piece = await ahead.take(most, { first: 5, last: 12_000 });
      if (piece.length === 0) break;
      expect(piece.length).toBeLessThanOrEqual(most);
      seen.push(...piece.map(({ seq }) => seq));
      most = most === 100 ? 37 : 100;
    }
    expect(seen).toEqual(Array.from({ length: 11_996 }, (_, index) => 5 + index));
  });

  it('has the next rows fetched before they are asked for', async () => {
    const store = storeOf(10_000);
    const ahead = readAhead(store.lease);
    expect(ends(await ahead.take(1_000, everything))).toEqual([1, 1_000]);
    expect(store.asked).toEqual([1, 2_001]);
  });

  it('asks for nothing ahead where the end was reached', async () => {
    const store = storeOf(1_500);
    const ahead = readAhead(store.lease);
    await ahead.take(100, everything);
    expect(store.asked).toEqual([1]);
  });

  it('gives rows that came after the end was reached', async () => {
    const store = storeOf(10);
    const ahead = readAhead(store.lease);
    expect(ends(await ahead.take(100, everything))).toEqual([1, 10]);
    expect(await ahead.take(100, everything)).toEqual([]);
    store.last = 20;
    expect(ends(await ahead.take(100, everything))).toEqual([11, 20]);
  });

  it('begins anew after going back, whatever it had read', async () => {
    const ahead = readAhead(storeOf(10_000).lease);
    await ahead.take(100, everything);
    ahead.rewind();
    expect(ends(await ahead.take(100, everything))).toEqual([1, 100]);
  });

  it('tells of a failure when the rows are due, and tries again after that', async () => {
    const store = storeOf(10_000);
    const ahead = readAhead(store.lease);
    store.failure = new Error('away');
    await expect(ahead.take(2_000, everything)).rejects.toThrow('away');
    store.failure = undefined;
    expect(ends(await ahead.take(2_000, everything))).toEqual([1, 2_000]);
    store.failure = new Error('away again');
    expect(ends(await ahead.take(2_000, everything))).toEqual([2_001, 4_000]);
    await expect(ahead.take(2_000, everything)).rejects.toThrow('away again');
  });
});
