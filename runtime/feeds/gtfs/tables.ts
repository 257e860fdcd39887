import { ShelterError } from '../../../config/errors.js';
import { readTable, type Table } from './csv.js';
import type { GtfsFiles } from './files.js';

/** Reads a table that must be there. Rejects with TIMETABLE_UNUSABLE. */
export async function readNeeded(
  files: GtfsFiles,
  table: Table,
  take: (values: readonly string[]) => void,
): Promise<void> {
  if (await readOptional(files, table, take)) return;
  throw new ShelterError('TIMETABLE_UNUSABLE', `${table.name}: there is no such file.`);
}

/** Reads a table that may be there, and tells whether it is. Rejects with TIMETABLE_UNUSABLE. */
export async function readOptional(
  files: GtfsFiles,
  table: Table,
  take: (values: readonly string[]) => void,
): Promise<boolean> {
  const chunks = files.read(table.name);
  if (chunks) await readTable(chunks, table, take);
  return chunks !== undefined;
}
