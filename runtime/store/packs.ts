import type { Database } from 'better-sqlite3';
import { type Pack, type PackedRow, readPack, writePack } from './packing.js';
import type { Span } from './port.js';

/** So many rows of one pack stay within a page, which holds 477 bytes of it. */
const MOST = 64;

/** How many packs are fetched at a time, four times as many each time: often the first is all that is wanted. */
const FETCHED = { atFirst: 1, most: 64 };

/** The newest packs are read again at once: into a run, into the rollups, to be sent. So many are not unpacked for it. */
const REMEMBERED = 64;

/** The rows of one pack; none where it is damaged. */
export interface Unpacked {
  /** The greatest of its rows. */
  seq: number;
  boot: number;
  /** 0 for single readings, else the width of the means in ms. */
  width: number;
  rows: readonly PackedRow[];
}

/** What can still be said of a pack that cannot be read. */
export type Damaged = Pick<Pack, 'seq' | 'boot' | 'width' | 'count' | 'time'>;

/** The table of packs. */
export interface Packs {
  /** Adds rows that belong together, in as many packs as they need. @param rows with ascending seqs */
  add(rows: readonly PackedRow[], boot: number, width: number): void;
  /** The packs that have rows of a span, in order; those that are damaged are remembered. */
  of(span: Span): Iterable<Unpacked>;
  /** How many rows a span has. */
  count(span: Span): number;
  remove(span: Span): void;
  /** Writes a pack anew. @param rows its own, with other times */
  rewrite(rows: readonly PackedRow[], boot: number, width: number): void;
  /** The packs that were found damaged and are still there. */
  damaged(): Damaged[];
  /** Greatest seq of the packs before a seq; 0 where there is none. */
  lastBefore(seq: number): number;
}

export function packTable(sqlite: Database): Packs {
  const insert = sqlite.prepare<unknown[]>('INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)');
  const select = sqlite.prepare<[number, number, number], Pack>(
    `SELECT seq, boot, width, count, time, monotonic, body FROM readings
     WHERE seq >= ? AND seq <= ifnull((SELECT min(seq) FROM readings WHERE seq >= ?), 9e15)
     ORDER BY seq LIMIT ?`,
  );
  const remove = sqlite.prepare<[number, number]>('DELETE FROM readings WHERE seq BETWEEN ? AND ?');
  const sum = sqlite
    .prepare<[number, number], number>('SELECT ifnull(sum(count), 0) FROM readings WHERE seq BETWEEN ? AND ?')
    .pluck();
  const before = sqlite
    .prepare<[number], number>('SELECT ifnull(max(seq), 0) FROM readings WHERE seq < ?')
    .pluck();
  const update = sqlite.prepare<[number, Buffer, number]>(
    'UPDATE readings SET time = ?, body = ? WHERE seq = ?',
  );
  const damaged = new Map<number, Damaged>();
  const remembered = new Map<number, { body: Buffer; rows: readonly PackedRow[] }>();

  function remember(seq: number, body: Buffer, rows: readonly PackedRow[]): void {
    remembered.delete(seq);
    remembered.set(seq, { body, rows });
    const [oldest = seq] = remembered.keys();
    if (remembered.size > REMEMBERED) remembered.delete(oldest);
  }

  function rowsOf(pack: Pack): readonly PackedRow[] {
    const known = remembered.get(pack.seq);
    if (known?.body.equals(pack.body)) return known.rows;
    try {
      return readPack(pack);
    } catch {
      const { seq, boot, width, count, time } = pack;
      damaged.set(seq, { seq, boot, width, count, time });
      return [];
    }
  }

  function* of({ first, last }: Span): Iterable<Unpacked> {
    let next = first;
    for (let most = FETCHED.atFirst; ; most = Math.min(4 * most, FETCHED.most)) {
      const some = select.all(next, last, most);
      for (const pack of some) {
        const { seq, boot, width } = pack;
        yield { seq, boot, width, rows: rowsOf(pack) };
        next = seq + 1;
      }
      if (some.length < most || next > last) return;
    }
  }

  return {
    add(rows, boot, width) {
      for (let at = 0; at < rows.length; at += MOST) {
        const part = rows.slice(at, at + MOST);
        const pack = writePack(part, boot, width);
        remember(pack.seq, pack.body, part);
        insert.run(pack.seq, boot, width, pack.count, pack.time, pack.monotonic, pack.body);
      }
    },
    of,
    /** Only the packs at both ends need to be opened: their rows may lie on either side. */
    count({ first, last }) {
      const [head] = of({ first, last: first });
      const headEnd = head?.seq ?? last;
      const inside = ({ seq }: PackedRow) => seq >= first && seq <= last;
      const atHead = head?.rows.filter(inside).length ?? 0;
      if (headEnd >= last) return atHead;
      const [tail] = of({ first: last + 1, last: last + 1 });
      const atTail = tail?.rows.filter(inside).length ?? 0;
      return atHead + (sum.get(headEnd + 1, last) ?? 0) + atTail;
    },
    remove({ first, last }) {
      remove.run(first, last);
      for (const seq of damaged.keys()) if (seq >= first && seq <= last) damaged.delete(seq);
    },
    rewrite(rows, boot, width) {
      const { seq, time, body } = writePack(rows, boot, width);
      update.run(time, body, seq);
    },
    damaged: () => [...damaged.values()],
    lastBefore: (seq) => before.get(seq) ?? 0,
  };
}
