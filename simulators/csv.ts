import { ShelterError } from '../config/errors.js';

/** A line of a CSV file; a quoted cell may make it span several. */
export interface CsvRow {
  /** Number of its first line, from 1. */
  line: number;
  cells: readonly string[];
}

/** An optionally quoted cell with what ends it: a comma, the end of a line or of the file. */
const cellPattern = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/**
 * Splits comma-separated text (RFC 4180) into rows without blank lines; every row has as many cells as the first.
 *
 * @param file how messages name it
 * @throws ShelterError RECORDING_INVALID with file, line and what was expected
 */
export function parseCsv(text: string, file: string): CsvRow[] {
  const rows: CsvRow[] = [];
  const pattern = new RegExp(cellPattern);
  let line = 1;
  let row = { line, cells: [] as string[] };
  pattern.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;

  function endRow(): void {
    const blank = row.cells.length === 1 && row.cells[0] === '';
    const width = rows[0]?.cells.length ?? row.cells.length;
    if (!blank && row.cells.length !== width) {
      throw invalid(
        `${file}:${row.line}: expected ${width} cells as in the header, found ${row.cells.length}.`,
      );
    }
    if (!blank) rows.push(row);
    row = { line, cells: [] };
  }

  for (;;) {
    const match = pattern.exec(text);
    if (!match)
      throw invalid(`${file}:${line}: expected cells between commas, found a stray or unclosed quote.`);
    const [whole, quoted, plain = '', end] = match;
    row.cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    line += whole.split('\n').length - 1;
    if (end === ',') continue;
    endRow();
    if (end === '') return rows;
  }
}

function invalid(message: string): ShelterError {
  return new ShelterError('RECORDING_INVALID', message);
}
