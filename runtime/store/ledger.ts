import type { Database } from 'better-sqlite3';
import type { LedgerEntry, StoreStatus } from './port.js';

/** What became of rows that are not there any more as they were. */
export interface Ledger {
  add(entry: Omit<LedgerEntry, 'id'>): void;
  /** The newest entries, the newest first. @param before an id that they come before */
  newest(most: number, before?: number): LedgerEntry[];
  /**
   * Where there are more entries than so many, writes old ones together that follow each other, or takes the oldest
   * away where none do; false where nothing is to be done.
   */
  shorten(most: number): boolean;
  /** How many rows are gone, by what became of them. */
  totals(): StoreStatus['gone'];
}

/** As it lies in the file, where 0 is a time that is not known. */
interface Row extends Omit<LedgerEntry, 'cursors' | 'least' | 'greatest' | 'time'> {
  least: number;
  greatest: number;
  time: number;
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
  const removeOldest = sqlite.prepare<[number]>(
    'DELETE FROM ledger WHERE id IN (SELECT id FROM ledger ORDER BY id LIMIT ?)',
  );
  const rewrite = sqlite.prepare<Row>(
    `UPDATE ledger SET first = @first, last = @last, least = @least, greatest = @greatest,
     before = @before, after = @after, time = @time, cursors = @cursors WHERE id = @id`,
  );

  /** Whether entries were added since they were counted. */
  let isUncounted = true;

  /** How many were written together. */
  function joinOldest(most: number): number {
    const kept = new Map<string, Row>();
    let joins = 0;
    for (const entry of oldest.all(most)) {
      const key = `${entry.log} ${entry.what} ${entry.width}`;
      const before = kept.get(key);
      const joined = before && join(before, entry);
      kept.set(key, joined ?? entry);
      if (!joined) continue;
      remove.run(before.id);
      rewrite.run(joined);
      joins += 1;
    }
    return joins;
  }

  return {
    add(entry) {
      isUncounted = true;
      const { log, what, width, first, last: end, before, after } = entry;
      const [least, greatest, time] = [entry.least ?? 0, entry.greatest ?? 0, entry.time ?? 0];
      const cursors = JSON.stringify(entry.cursors);
      const known = what === 'released' ? last.get(log, what) : undefined;
      if (known && known.last + 1 === first) {
        extend.run(end, least, greatest, before, time, cursors, known.id);
      } else {
        insert.run(log, what, width, first, end, least, greatest, before, after, time, cursors);
      }
    },
    newest: (most, before = Number.MAX_SAFE_INTEGER) =>
      newest.all(before, most).map((row) => ({
        ...row,
        least: row.least || null,
        greatest: row.greatest || null,
        time: row.time || null,
        cursors: JSON.parse(row.cursors),
      })),
    shorten(most) {
      if (!isUncounted) return false;
      isUncounted = (count.get() ?? 0) > most;
      if (isUncounted && joinOldest(Math.ceil(most / 2)) === 0) removeOldest.run(Math.ceil(most / 8));
      return isUncounted;
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
