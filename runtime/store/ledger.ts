import type { Database } from 'better-sqlite3';
import type { LedgerEntry, StoreStatus } from './port.js';

/** What became of rows that are not there any more as they were. */
export interface Ledger {
  add(entry: Omit<LedgerEntry, 'id'>): void;
  /** The newest entries, the newest first. @param before an id that they come before */
  newest(most: number, before?: number): LedgerEntry[];
  /** Writes old entries together that follow each other, where there are more than so many; false where not. */
  shorten(most: number): boolean;
  /** How many rows are gone, by what became of them. */
  totals(): StoreStatus['gone'];
}

interface Row extends Omit<LedgerEntry, 'cursors'> {
  cursors: string;
}

export function ledgerTable(sqlite: Database): Ledger {
  const insert = sqlite.prepare<unknown[]>(
    `INSERT INTO ledger (log, what, width, first, last, least, greatest, before, after, time, cursors)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const last = sqlite.prepare<[string, string], Row>(
    'SELECT * FROM ledger WHERE log = ? AND what = ? ORDER BY id DESC LIMIT 1',
  );
  const extend = sqlite.prepare<[number, number, number, number, number, string, number]>(
    `UPDATE ledger SET last = ?, least = min(least, ?), greatest = max(greatest, ?), before = before + ?,
     time = ?, cursors = ? WHERE id = ?`,
  );
  const newest = sqlite.prepare<[number, number], Row>(
    'SELECT * FROM ledger WHERE id < ? ORDER BY id DESC LIMIT ?',
  );
  const totals = sqlite.prepare<[], { what: keyof StoreStatus['gone']; rows: number }>(
    "SELECT what, sum(before - after) AS rows FROM ledger WHERE what <> 'skipped' GROUP BY what",
  );

  const count = sqlite.prepare<[], number>('SELECT count(*) FROM ledger').pluck();
  const oldest = sqlite.prepare<[number], Row>('SELECT * FROM ledger ORDER BY id LIMIT ?');
  const remove = sqlite.prepare<[number]>('DELETE FROM ledger WHERE id = ?');
  const rewrite = sqlite.prepare<Row>(
    `UPDATE ledger SET first = @first, last = @last, least = @least, greatest = @greatest,
     before = @before, after = @after, time = @time, cursors = @cursors WHERE id = @id`,
  );

  return {
    add(entry) {
      const { log, what, width, first, last: end, least, greatest, before, after, time } = entry;
      const cursors = JSON.stringify(entry.cursors);
      const known = what === 'released' ? last.get(log, what) : undefined;
      if (known && known.last + 1 === first) {
        extend.run(end, least, greatest, before, time, cursors, known.id);
      } else {
        insert.run(log, what, width, first, end, least, greatest, before, after, time, cursors);
      }
    },
    newest: (most, before = Number.MAX_SAFE_INTEGER) =>
      newest.all(before, most).map((row) => ({ ...row, cursors: JSON.parse(row.cursors) })),
    shorten(most) {
      if ((count.get() ?? 0) <= most) return false;
      const kept = new Map<string, Row>();
      for (const entry of oldest.all(Math.ceil(most / 2))) {
        const { log, what, width } = entry;
        const key = `${log} ${what} ${width}`;
        const before = kept.get(key);
        const joined = before && join(before, entry);
        if (joined) {
          remove.run(before.id);
          rewrite.run(joined);
        }
        kept.set(key, joined ?? entry);
      }
      return true;
    },
    totals() {
      const gone = { thinned: 0, dropped: 0, released: 0, damaged: 0 };
      for (const { what, rows } of totals.all()) gone[what] = rows;
      return gone;
    },
  };
}

/** One entry for two that follow each other; undefined where they do not. */
function join(before: Row, after: Row): Row | undefined {
  if (before.last + 1 !== after.first) return undefined;
  return {
    ...after,
    first: before.first,
    least: Math.min(before.least, after.least),
    greatest: Math.max(before.greatest, after.greatest),
    before: before.before + after.before,
    after: before.after + after.after,
  };
}
