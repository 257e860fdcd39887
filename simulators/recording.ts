import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { properties } from '../config/catalogue/properties.js';
import { ShelterError } from '../config/errors.js';
import { type CsvRow, parseCsv } from './csv.js';

/** The units a column can be in, and what makes ours of each. */
const toOurs = {
  Cel: (value: number) => value,
  K: (value: number) => value - 273.15,
  degF: (value: number) => (value - 32) / 1.8,
  '%RH': (value: number) => value,
  '1': (value: number) => value * 100,
  hPa: (value: number) => value,
  Pa: (value: number) => value / 100,
  kPa: (value: number) => value * 10,
  'ug/m3': (value: number) => value,
  'mg/m3': (value: number) => value * 1_000,
};

/** The ways a time can be written, and what makes ms since 1970 of each; NaN where it is none. */
const toTime = {
  /** With its offset from UTC: without one the moment would be a guess. */
  iso8601: (cell: string) =>
    /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(cell)
      ? Date.parse(cell)
      : Number.NaN,
  s: (cell: string) => decimal(cell) * 1_000,
  ms: (cell: string) => decimal(cell),
};

const timeExamples = { iso8601: '2026-01-31T09:00:00+09:00', s: '1769817600', ms: '1769817600000' };

const columnIn = <Unit extends string>(...units: [Unit, ...Unit[]]) =>
  z.strictObject({ column: z.string().min(1), unit: z.enum(units) });

/** Which column of a recording holds what, in which unit. It needs humidity, or the dew point to derive it from. */
export const columnMap = z.strictObject({
  time: columnIn('iso8601', 's', 'ms'),
  temperature: columnIn('Cel', 'K', 'degF'),
  humidity: columnIn('%RH', '1').optional(),
  dewPoint: columnIn('Cel', 'K', 'degF').optional(),
  pressure: columnIn('hPa', 'Pa', 'kPa'),
  pm1: columnIn('ug/m3', 'mg/m3').optional(),
  pm2_5: columnIn('ug/m3', 'mg/m3'),
  pm10: columnIn('ug/m3', 'mg/m3'),
});

export type ColumnMap = z.infer<typeof columnMap>;

/** What was recorded, in °C, %RH, hPa and µg/m³. */
export interface Recording {
  /** Wall time of the first row, in ms. */
  start: number;
  /** From the first row to one row's distance after the last, in ms. */
  length: number;
  temperature: Series;
  moisture: { kind: 'humidity' | 'dewPoint'; series: Series };
  pressure: Series;
  pm1?: Series | undefined;
  pm2_5: Series;
  pm10: Series;
}

/** The values of one column in order of time, without its empty cells; at least one. */
export interface Series {
  /** Wall times in ms. */
  times: readonly number[];
  values: readonly number[];
}

/**
 * Reads a CSV recording from a file.
 *
 * @throws ShelterError RECORDING_INVALID, as `parseRecording`, and where the file cannot be read
 */
export async function loadRecording(file: string, map: ColumnMap): Promise<Recording> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new ShelterError('RECORDING_INVALID', `${file} could not be read: ${cause.message}.`, { cause });
  });
  return parseRecording(text, file, map);
}

/**
 * Reads a recording from CSV text. Its first row names the columns; an empty cell holds nothing.
 *
 * @param file how messages name it
 * @throws ShelterError RECORDING_INVALID with file, line, column, and what was expected
 */
export function parseRecording(text: string, file: string, map: ColumnMap): Recording {
  const [header, ...rows] = parseCsv(text, file);
  if (!header || rows.length < 2)
    throw invalid(`${file}: expected a row of names and at least two of values.`);

  const cellsOf = ({ column }: { column: string }) => cellsBelow(header, rows, column, file);
  const times = readTimes(cellsOf(map.time), map.time.unit);
  const read = (property: MeasuredProperty, source: ColumnMap[MeasuredProperty | 'dewPoint'] & object) =>
    readSeries(times, cellsOf(source), toOurs[source.unit], property);

  const [start = 0, last = 0, beforeLast = 0] = [times[0], times.at(-1), times.at(-2)];
  return {
    start,
    length: last - start + (last - beforeLast),
    temperature: read('temperature', map.temperature),
    moisture: readMoisture(),
    pressure: read('pressure', map.pressure),
    pm1: map.pm1 && read('pm1', map.pm1),
    pm2_5: read('pm2_5', map.pm2_5),
    pm10: read('pm10', map.pm10),
  };

  function readMoisture(): Recording['moisture'] {
    if (map.humidity) return { kind: 'humidity', series: read('humidity', map.humidity) };
    if (map.dewPoint) return { kind: 'dewPoint', series: read('temperature', map.dewPoint) };
    throw invalid(`${file}: expected its column map to name a column for humidity or for dewPoint.`);
  }
}

type MeasuredProperty = 'temperature' | 'humidity' | 'pressure' | 'pm1' | 'pm2_5' | 'pm10';

/** What stands in a row, and where that is. */
interface Cell {
  text: string;
  place: string;
}

function cellsBelow(header: CsvRow, rows: readonly CsvRow[], column: string, file: string): Cell[] {
  const index = header.cells.indexOf(column);
  if (index < 0) {
    const there = header.cells.map(quote).join(', ');
    throw invalid(`${file}:${header.line}: expected a column ${quote(column)}; there are ${there}.`);
  }
  return rows.map(({ line, cells }) => ({
    text: cells[index] ?? '',
    place: `${file}:${line}, column ${quote(column)}`,
  }));
}

function readTimes(cells: readonly Cell[], unit: ColumnMap['time']['unit']): number[] {
  const times: number[] = [];
  for (const cell of cells) {
    const time = toTime[unit](cell.text);
    if (!Number.isFinite(time)) throw unexpected(cell, `a time such as ${timeExamples[unit]}`);
    if (time <= (times.at(-1) ?? -Infinity)) throw unexpected(cell, 'a time after that of the row before');
    times.push(time);
  }
  return times;
}

function readSeries(
  times: readonly number[],
  cells: readonly Cell[],
  convert: (value: number) => number,
  property: MeasuredProperty,
): Series {
  const { unit, gross } = properties[property];
  const [least, greatest] = gross.fail;
  const series = { times: [] as number[], values: [] as number[] };
  for (const [row, time] of times.entries()) {
    const cell = cells[row];
    if (!cell?.text) continue;
    const value = convert(decimal(cell.text));
    if (!(value >= least && value <= greatest)) {
      throw unexpected(cell, `nothing or a number that means ${least} to ${greatest} ${unit}`);
    }
    series.times.push(time);
    series.values.push(value);
  }
  if (series.values.length === 0)
    throw invalid(`${cells[0]?.place}: expected a value here or below, found none.`);
  return series;
}

function decimal(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

function unexpected({ place, text }: Cell, expected: string): ShelterError {
  return invalid(`${place}: expected ${expected}, found ${quote(text)}.`);
}

/** Cells come from anywhere: control characters are escaped and what is long is cut. */
function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

function invalid(message: string): ShelterError {
  return new ShelterError('RECORDING_INVALID', message);
}
