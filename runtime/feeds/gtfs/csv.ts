import { ShelterError } from '../../../config/errors.js';

/** Reads tables as GTFS has them (RFC 4180; the first record names the columns), however large, in pieces. */

export interface Table {
  /** The file, for errors. */
  name: string;
  /** Columns that must be there. */
  needed: readonly string[];
  /** Columns that may be. */
  wanted?: readonly string[];
  /** A record that cannot hold what is looked for is not split, which saves most of the work. */
  matters?: (record: string) => boolean;
}

const longestRecord = 100_000;

/**
 * Calls back for each record with the values of the needed and then of the wanted columns; `''` stands for what is not
 * there. Between pieces others have their turn. Rejects with TIMETABLE_UNUSABLE where it is no such table.
 */
export async function readTable(
  chunks: AsyncIterable<Uint8Array>,
  { name, needed, wanted = [], matters = () => true }: Table,
  take: (values: readonly string[]) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let places: readonly number[] | undefined;
  let rest = '';

  function takeRecord(record: string): void {
    if (record === '') return;
    if (!places) {
      places = placesOf(splitRecord(record));
    } else if (matters(record)) {
      const values = splitRecord(record);
      take(places.map((place) => values[place] ?? ''));
    }
  }

  function placesOf(head: readonly string[]): readonly number[] {
    const missing = needed.filter((column) => !head.includes(column));
    if (missing.length > 0) throw unusable(name, `there is no column ${missing.join(', ')}`);
    return [...needed, ...wanted].map((column) => head.indexOf(column));
  }

  /** Takes what is whole, and leaves the rest. A line break within quotes ends no record. */
  function takeWhole(text: string): string {
    let start = 0;
    let looked = 0;
    let isQuoted = false;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', looked)) {
      if (countQuotes(text, looked, end) % 2 === 1) isQuoted = !isQuoted;
      looked = end + 1;
      if (isQuoted) continue;
      takeRecord(text.slice(start, text[end - 1] === '\r' ? end - 1 : end));
      start = looked;
    }
    if (text.length - start > longestRecord) throw unusable(name, 'a record has no end');
    return text.slice(start);
  }

  for await (const chunk of chunks) rest = takeWhole(rest + decoder.decode(chunk, { stream: true }));
  takeWhole(`${rest}${decoder.decode()}\n`);
  if (!places) throw unusable(name, 'it is empty');
}

function countQuotes(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('"', from); at >= 0 && at < to; at = text.indexOf('"', at + 1)) count++;
  return count;
}

/** The values of a record without its line break. */
export function splitRecord(record: string): string[] {
  if (!record.includes('"')) return record.split(',').map((value) => value.trim());
  const values: string[] = [];
  const pattern = /\s*(?:"((?:[^"]|"")*)"[^,]*|([^,]*))(?:,|$)/gy;
  for (let found = pattern.exec(record); found; found = pattern.exec(record)) {
    values.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim());
    if (!found[0].endsWith(',')) break;
    if (pattern.lastIndex === record.length) {
      values.push('');
      break;
    }
  }
  return values;
}

function unusable(name: string, why: string): ShelterError {
  return new ShelterError('TIMETABLE_UNUSABLE', `${name}: ${why}.`);
}
