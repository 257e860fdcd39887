import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFiles } from '../../../../runtime/feeds/gtfs/files.js';
import { readTimetable } from '../../../../runtime/feeds/gtfs/read.js';
import { departuresBetween, endOf, type Timetable } from '../../../../runtime/feeds/gtfs/timetable.js';
import { gtfsFolder, smallTimetable } from '../../../rigs/gtfs.js';
import { scratchFolder } from '../../../rigs/scratch.js';
import { zipped } from '../../../rigs/zip.js';

const here = { stops: ['H'], language: 'en' };

async function read(path: string, wanted = here): Promise<Timetable> {
  const files = await openFiles(path);
  try {
    return await readTimetable(files, wanted);
  } finally {
    await files.close();
  }
}

const readChanged = (changes: Record<string, string>) => read(gtfsFolder({ ...smallTimetable, ...changes }));

const seoul = (text: string) => Date.parse(`${text}+09:00`);

function board(timetable: Timetable, from: string, to: string): string[] {
  return departuresBetween(timetable, seoul(from), seoul(to)).map(({ trip, arrival }) => {
    const { line, destination } = trip.direction;
    return `${line} ${destination.en ?? destination.ko} ${new Date(arrival + 9 * 3_600_000).toISOString().slice(5, 16)}`;
  });
}

describe('a timetable', () => {
  it('is read from a folder and from a zip file alike, also one that holds the folder', async () => {
    const folder = await read(gtfsFolder());
    for (const files of [
      smallTimetable,
      Object.fromEntries(Object.entries(smallTimetable).map(([name, text]) => [`gtfs/${name}`, text])),
    ]) {
      const file = join(scratchFolder(), 'gtfs.zip');
      writeFileSync(file, zipped(files));
      const zip = await read(file);
      expect({ ...zip, zone: undefined }).toEqual({ ...folder, zone: undefined });
    }
  });

  it('tells what stops here on a day, what began the day before included', async () => {
    const timetable = await read(gtfsFolder());
    expect(board(timetable, '2026-06-03T00:00', '2026-06-04T01:00')).toEqual([
      '5 Station D 06-03T00:10',
      '5 Station D 06-03T08:10',
      '5 Station D 06-03T09:10',
      '5 Station D 06-04T00:10',
    ]);
  });

  it('knows days that are taken out and put in', async () => {
    const timetable = await read(gtfsFolder());
    expect(board(timetable, '2026-06-04T02:00', '2026-06-05T00:30')).toEqual([]);
    expect(board(timetable, '2026-06-06T02:00', '2026-06-06T12:00')).toHaveLength(2);
  });

  it('repeats trips that are said to be run again and again', async () => {
    const timetable = await read(gtfsFolder());
    expect(board(timetable, '2026-06-07T02:00', '2026-06-07T23:00')).toEqual([
      '순환 7 마역 06-07T10:00',
      '순환 7 마역 06-07T10:10',
      '순환 7 마역 06-07T10:20',
    ]);
  });

  it('keeps of its files only what is about the trips that stop here', async () => {
    const { trips, stops, directions, services } = await read(gtfsFolder());
    expect([...trips.keys()]).toEqual(['5-1', '5-2', '5-3', '7-1']);
    expect([...stops.keys()].sort()).toEqual(['A', 'B', 'C', 'D', 'E', 'H']);
    expect([...services.keys()].sort()).toEqual(['sunday', 'week']);
    expect(directions.map(({ id, line }) => [id, line])).toEqual([
      ['R5', '5'],
      ['R7', '순환 7'],
    ]);
    const patterns = new Set([...trips.values()].map(({ pattern }) => pattern));
    expect(patterns.size).toBe(2);
  });

  it('names stops in their languages, and the lines that stop there', async () => {
    const { stops, trips } = await read(gtfsFolder());
    expect(stops.get('H')).toEqual({
      name: { ko: '시청, 남쪽', en: 'City Hall South' },
      here: true,
      lines: ['5', '순환 7'],
    });
    expect(stops.get('A')?.name).toEqual({ ko: '가역', ja: 'エー' });
    expect(stops.get('C')?.lines).toEqual(['5', '9']);
    expect(trips.get('5-1')?.direction.destination).toEqual({ ko: '라역', en: 'Station D' });
    expect([...trips.values()].map(({ lowFloor }) => lowFloor)).toEqual([true, false, undefined, undefined]);
  });

  it('takes a station for all of its platforms', async () => {
    const timetable = await read(gtfsFolder(), { ...here, stops: ['S'] });
    expect(timetable.trips.size).toBe(4);
  });

  it('lets nobody wait where nobody may get on, nor at a last stop', async () => {
    const stopTimes = smallTimetable['stop_times.txt'] ?? '';
    const { trips } = await readChanged({
      'stop_times.txt': stopTimes.replace('5-1,08:10:00,08:11:00,H,5,0', '5-1,08:10:00,08:11:00,H,5,1'),
    });
    expect([...trips.keys()]).toEqual(['5-2', '5-3', '7-1']);
    const last = await read(gtfsFolder(), { ...here, stops: ['D'] });
    expect(last.trips.size).toBe(0);
  });

  it('says where buses go by what stands on them from here on', async () => {
    const stopTimes = smallTimetable['stop_times.txt'] ?? '';
    const { trips, directions } = await readChanged({
      'stop_times.txt': stopTimes.replace('08:11:00,H,5,0,', '08:11:00,H,5,0,차고지'),
    });
    expect(trips.get('5-1')?.direction.destination).toEqual({ ko: '차고지' });
    expect(directions.map(({ id }) => id)).toEqual(['R5', 'R5/2', 'R7']);
  });

  it('ends with the last day on which anything runs', async () => {
    const timetable = await read(gtfsFolder());
    expect(endOf(timetable)).toBe(seoul('2026-07-01T00:00'));
    expect(endOf({ ...timetable, trips: new Map() })).toBeUndefined();
  });

  it.each([
    ['stops.txt', 'stop_id,stop_name\nX,x\n', 'there is no stop H'],
    ['stops.txt', 'name\nx\n', 'there is no column stop_id'],
    ['agency.txt', 'agency_timezone\nMars/Olympus\n', '"Mars/Olympus" is no time zone'],
    ['agency.txt', 'agency_timezone\n../../../etc/passwd\n', 'is no time zone'],
    ['stop_times.txt', '', 'stop_times.txt: it is empty'],
  ])('that is wrong in %s says what is wrong', async (name, text, message) => {
    await expect(readChanged({ [name]: text })).rejects.toMatchObject({
      code: 'TIMETABLE_UNUSABLE',
      message: expect.stringContaining(message),
    });
  });

  it.each(['stops.txt', 'stop_times.txt', 'trips.txt', 'routes.txt', 'agency.txt'])(
    'that lacks %s says so',
    async (name) => {
      const { [name]: _, ...rest } = smallTimetable;
      await expect(read(gtfsFolder(rest))).rejects.toMatchObject({
        code: 'TIMETABLE_UNUSABLE',
        message: `${name}: there is no such file.`,
      });
    },
  );

  it('needs days, and a path where it is', async () => {
    const { 'calendar.txt': _, 'calendar_dates.txt': __, ...rest } = smallTimetable;
    await expect(read(gtfsFolder(rest))).rejects.toThrow('neither calendar.txt nor calendar_dates.txt');
    await expect(read('/nowhere/gtfs.zip')).rejects.toMatchObject({ code: 'TIMETABLE_UNUSABLE' });
    const file = join(scratchFolder(), 'gtfs.zip');
    writeFileSync(file, 'no zip');
    await expect(read(file)).rejects.toMatchObject({
      code: 'TIMETABLE_UNUSABLE',
      message: `${file}: it is no zip file.`,
    });
  });

  it('ends with a timetable or with its error, whatever its files say', async () => {
    const cell = fc.constantFrom(
      '',
      'H',
      'R5',
      '5-1',
      'week',
      '08:00:00',
      '-1',
      '99999999999',
      '"',
      '20260601',
      '1',
      '\u0000',
      '가',
    );
    const names = Object.keys(smallTimetable);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(fc.array(cell, { minLength: 1, maxLength: 9 }), { maxLength: 6 }),
        async (name, rows) => {
          const head = (smallTimetable[name] ?? '').split('\n')[0];
          const text = [head, ...rows.map((row) => row.join(','))].join('\n');
          const outcome = await readChanged({ [name]: text }).catch((error) => error);
          if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'TIMETABLE_UNUSABLE' });
          else departuresBetween(outcome, seoul('2026-06-03T00:00'), seoul('2026-06-04T00:00'));
        },
      ),
      { numRuns: 60 },
    );
  });
});
