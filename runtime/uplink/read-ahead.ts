import type { Span } from '../store/port.js';

interface Row {
  seq: number;
}

/** Rows that are asked for at a time, about. */
const atATime = 2_000;

/** Takes rows in small pieces, and asks for them in large ones: for the next while these are on their way. */
export interface ReadAhead<R extends Row> {
  /** The next rows of a span; empty where there are none at present. One call at a time. */
  take(most: number, span: Span): Promise<R[]>;
  /** Goes back to the first row that is not settled, and forgets what was read ahead. */
  rewind(): void;
}

/** @param lease as of a store: the oldest rows of a span that are not settled */
export function readAhead<R extends Row>(lease: (most: number, span: Span) => Promise<R[]>): ReadAhead<R> {
  let taken = 0;
  let rows: R[] = [];
  let coming: Promise<R[]> | undefined;

  /** Fetches the next rows, and begins to fetch those after them. */
  async function fetch(many: number, { first, last }: Span): Promise<R[]> {
    const after = (seq: number) => lease(many, { first: Math.max(first, seq + 1), last });
    const asked = coming ?? after(taken);
    coming = undefined;
    const fetched = await asked;
    const newest = fetched.at(-1);
    if (newest && fetched.length >= many) {
      coming = after(newest.seq);
      // Whoever takes them is told.
      coming.catch(() => {});
    }
    return fetched;
  }

  return {
    async take(most, span) {
      if (rows.length === 0) rows = await fetch(most * Math.ceil(atATime / most), span);
      const piece = rows.splice(0, most);
      taken = piece.at(-1)?.seq ?? taken;
      return piece;
    },
    rewind() {
      taken = 0;
      rows = [];
      coming = undefined;
    },
  };
}
