import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShelterError } from '../../config/errors.js';
import { parseCsv } from '../../simulators/csv.js';
import { type ColumnMap, columnMap, loadRecording, parseRecording } from '../../simulators/recording.js';
import { replayEnvironment } from '../../simulators/replay.js';

const station: ColumnMap = {
  time: { column: 'time', unit: 'iso8601' },
  temperature: { column: 'temperature_c', unit: 'Cel' },
  dewPoint: { column: 'dew_point_c', unit: 'Cel' },
  pressure: { column: 'pressure_hpa', unit: 'hPa' },
  pm2_5: { column: 'pm2_5_ugm3', unit: 'ug/m3' },
  pm10: { column: 'pm10_ugm3', unit: 'ug/m3' },
};

const header = 'time,temperature_c,dew_point_c,pressure_hpa,pm2_5_ugm3,pm10_ugm3';
const hour = 3_600_000;
const startsAt = Date.UTC(2026, 5, 1);

const day = `${header}
2016-01-01T00:00:00+08:00,10,0,1000,20,30
2016-01-01T01:00:00+08:00,20,0,1010,,50
2016-01-01T02:00:00+08:00,20,10,1010,40,
`;

const play = (text: string, speed = 1) =>
  replayEnvironment(parseRecording(text, 'day.csv', station), { startsAt, speed });

describe('a replayed recording', () => {
  it('gives the values of a row at its time and straight lines between two rows', () => {
    const { at } = play(day);
    expect(at(startsAt)).toMatchObject({ temperature: 10, pressure: 1_000, pm2_5: 20, pm10: 30 });
    expect(at(startsAt + hour / 4)).toMatchObject({ temperature: 12.5, pressure: 1_002.5, pm10: 35 });
    expect(at(startsAt + 2 * hour)).toMatchObject({ temperature: 20, pressure: 1_010, pm2_5: 40 });
  });

  it('goes straight across empty cells', () => {
    expect(play(day).at(startsAt + hour).pm2_5).toBe(30);
    expect(play(day).at(startsAt + 2 * hour).pm10).toBe(40);
  });

  it('derives the humidity from temperature and dew point', () => {
    expect(play(day).at(startsAt + hour).humidity).toBeCloseTo(26.2, 1);
    expect(play(day).at(startsAt + 2 * hour).humidity).toBeCloseTo(52.6, 1);
  });

  it('estimates a PM1 that was not recorded as a share of PM2.5', () => {
    expect(play(day).at(startsAt).pm1).toBeCloseTo(0.72 * 20);
  });

  it('goes from its end back to its start within one row’s distance, and on for ever', () => {
    const { at } = play(day);
    expect(at(startsAt + 2.5 * hour)).toMatchObject({ temperature: 15, pressure: 1_005, pm2_5: 30 });
    expect(at(startsAt + 3 * hour)).toEqual(at(startsAt));
    expect(at(startsAt + 3_001 * hour)).toEqual(at(startsAt + hour));
    expect(at(startsAt - hour)).toEqual(at(startsAt + 2 * hour));
  });

  it('plays faster or slower, and from where it is told', () => {
    expect(play(day, 60).at(startsAt + 60_000)).toEqual(play(day).at(startsAt + hour));
    const from = Date.parse('2016-01-01T01:00:00+08:00');
    const later = replayEnvironment(parseRecording(day, 'day.csv', station), { startsAt, from });
    expect(later.at(startsAt)).toEqual(play(day).at(startsAt + hour));
    expect(() => play(day, 0)).toThrow(RangeError);
  });

  it('takes other units and other names for the columns', () => {
    const map = columnMap.parse({
      time: { column: 't', unit: 's' },
      temperature: { column: 'f', unit: 'degF' },
      humidity: { column: 'rh', unit: '1' },
      pressure: { column: 'p', unit: 'Pa' },
      pm1: { column: 'fine', unit: 'mg/m3' },
      pm2_5: { column: 'fine', unit: 'mg/m3' },
      pm10: { column: 'dust, µg', unit: 'ug/m3' },
    });
    const rows = '0,50,0.5,101300,0.01,20\r\n60,50,0.5,101300,0.01,20\r\n';
    const recording = parseRecording(`\uFEFFt,f,rh,p,fine,"dust, µg"\r\n${rows}`, 'x.csv', map);
    expect(replayEnvironment(recording, { startsAt }).at(startsAt)).toEqual({
      temperature: 10,
      humidity: 50,
      pressure: 1_013,
      pm1: 10,
      pm2_5: 10,
      pm10: 20,
    });
  });
});

describe('a recording that is not right', () => {
  const row = '2016-01-01T00:00:00+08:00,10,0,1000,20,30';
  const next = '2016-01-01T01:00:00+08:00,10,0,1000,20,30';
  const cases: [what: string, text: string, message: string][] = [
    ['is empty', '', 'bad.csv: expected a row of names and at least two of values.'],
    ['has one row', `${header}\n${row}\n`, 'at least two'],
    [
      'lacks a column',
      `${header.replace('pm10', 'pm11')}\n${row}\n${next}`,
      'bad.csv:1: expected a column "pm10_ugm3"; there are "time", ',
    ],
    [
      'has a short row',
      `${header}\n${row}\n2016-01-01,1\n`,
      'bad.csv:3: expected 6 cells as in the header, found 2.',
    ],
    [
      'has words for a number',
      `${header}\n${row}\n${next.replace(',10,', ',warm,')}`,
      'bad.csv:3, column "temperature_c": expected nothing or a number that means -60 to 60 Cel, found "warm".',
    ],
    [
      'has a number no air has',
      `${header}\n${row}\n\n${next.replace('1000', '-1000')}`,
      'bad.csv:4, column "pressure_hpa": expected nothing or a number that means 500 to 1100 hPa, found "-1000".',
    ],
    ['has a number for computers', `${header}\n${row}\n${next.replace(',20,', ',0x10,')}`, 'found "0x10".'],
    ['has a blank quoted cell', `${header}\n${row}\n${next.replace(',20,', ',"  ",')}`, 'found "  ".'],
    [
      'has a time without its offset',
      `${header}\n${row}\n${next.replace('+08:00', '')}`,
      'expected a time such as 2026-01-31T09:00:00+09:00, found "2016-01-01T01:00:00".',
    ],
    [
      'has a month too many',
      `${header}\n${row}\n${next.replace('-01-', '-13-')}`,
      'bad.csv:3, column "time": expected a time such as',
    ],
    [
      'goes back in time',
      `${header}\n${next}\n${row}`,
      'bad.csv:3, column "time": expected a time after that of the row before',
    ],
    [
      'has an empty column',
      `${header}\n${row.replace(',20,', ',,')}\n${next.replace(',20,', ',,')}`,
      'bad.csv:2, column "pm2_5_ugm3": expected a value here or below, found none.',
    ],
    [
      'leaves a quote open',
      `${header}\n${row}\n"2016`,
      'bad.csv:3: expected cells between commas, found a stray or unclosed quote.',
    ],
    [
      'hides control characters',
      `${header}\n${row}\n\u001b[2J${next}`,
      'found "\\u001b[2J2016-01-01T01:00:00+08:00".',
    ],
  ];

  it.each(cases)('that %s is refused with its place and what was expected', (_, text, message) => {
    const parsing = () => parseRecording(text, 'bad.csv', station);
    expect(parsing).toThrow(ShelterError);
    expect(parsing).toThrow(message);
  });

  it('is refused without a column for humidity or dew point', () => {
    const { dewPoint: _, ...dry } = station;
    expect(() => parseRecording(day, 'day.csv', dry)).toThrow('humidity or for dewPoint');
  });

  it('is refused by its path where it cannot be read', async () => {
    await expect(loadRecording('/nowhere/air.csv', station)).rejects.toMatchObject({
      code: 'RECORDING_INVALID',
      message: expect.stringContaining('/nowhere/air.csv'),
    });
  });

  it('never fails in another way, whatever it holds', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('', '"', '\n', '1', 'NaN', '2016-01-01T00:00:00Z'));
    const text = fc
      .array(fc.array(cell), { maxLength: 8 })
      .map((rows) => [header, ...rows.map((cells) => cells.join(','))].join('\n'));
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (text) => {
        try {
          parseRecording(text, 'any.csv', station);
        } catch (error) {
          expect(error).toBeInstanceOf(ShelterError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('comma-separated text', () => {
  it('gives back the cells that were written, whatever they hold', () => {
    const rows = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(fc.string(), { minLength: width, maxLength: width }), { minLength: 1 }),
      );
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (rows, end) => {
        const text = rows.map((cells) => cells.map(quoted).join(',')).join(end);
        expect(parseCsv(text, 'any.csv').map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });

  it('counts lines through quoted cells and blank lines', () => {
    expect(parseCsv('a,b\n\n"x\ny",1\n2,3\n', 'any.csv')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['x\ny', '1'] },
      { line: 5, cells: ['2', '3'] },
    ]);
  });
});

const shared = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const recordings = ['dongsi-2016.csv', 'dongsi-dust-2016-05.csv', 'dongsi-smog-2015-12.csv'];
if (!existsSync(shared)) {
  console.warn(
    `SKIPPED: the real recordings (${recordings.join(', ')}) are not beside the checkout, in ../shared/data.`,
  );
}

describe.skipIf(!existsSync(shared))('the recordings of an urban station', () => {
  const load = (file: string) => loadRecording(`${shared}${file}`, station);

  it.each(recordings)('%s plays at each of its hours within the bounds of real air', async (file) => {
    const recording = await load(file);
    const { at } = replayEnvironment(recording, { startsAt });
    for (let time = 0; time < recording.length; time += hour / 2) {
      const air = at(startsAt + time);
      expect(Object.values(air).every(Number.isFinite)).toBe(true);
      expect(air.humidity).toBeGreaterThan(2);
      expect(air.humidity).toBeLessThanOrEqual(100);
      expect(air.pm1).toBeLessThan(air.pm2_5);
    }
  });

  it('show the first hour as it was recorded', async () => {
    const { at } = replayEnvironment(await load('dongsi-2016.csv'), { startsAt });
    expect(at(startsAt)).toMatchObject({ temperature: -2.5, pressure: 1_024.5, pm2_5: 200, pm10: 209 });
  });

  it('reach the peaks of the smog and of the dust storm', async () => {
    const peak = async (file: string, field: 'pm2_5' | 'pm10') => {
      const recording = await load(file);
      const { at } = replayEnvironment(recording, { startsAt });
      const hours = Array.from({ length: recording.length / hour }, (_, index) =>
        at(startsAt + index * hour),
      );
      return Math.max(...hours.map((air) => air[field]));
    };
    expect(await peak('dongsi-smog-2015-12.csv', 'pm2_5')).toBe(685);
    expect(await peak('dongsi-dust-2016-05.csv', 'pm10')).toBe(848);
  });
});
