import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import { findDriver } from '../../../drivers/index.js';
import type { Life } from '../../../runtime/api/life.js';
import { pmGradeKr } from '../../../runtime/indices/air/pm-grade-kr.js';
import { evaluate } from '../../../runtime/indices/evaluate.js';
import { createPipeline } from '../../../runtime/ingest/pipeline.js';
import { type Facts, factsOf } from '../../../runtime/life/facts.js';
import { type Standing, standingOf } from '../../../runtime/life/standing.js';
import { summarise } from '../../../runtime/life/summary.js';
import { timeZone } from '../../../runtime/life/time-zone.js';
import { hour, readHours } from '../../../runtime/life/windows.js';
import { workOut } from '../../../runtime/life/work.js';
import { parseSite } from '../../../runtime/load-site.js';
import { createJudge } from '../../../runtime/quality/judge.js';
import type { Reading } from '../../../runtime/reading.js';
import type { Store } from '../../../runtime/store/port.js';
import { openStore } from '../../../runtime/store/store.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { recordings } from '../../rigs/recordings.js';
import { scratchFolder } from '../../rigs/scratch.js';

/**
 * Real air, an hour a row, through calibration, quality tests, database, windows and indices; beside it the same worked
 * out from the file by other code.
 */

const zone = timeZone('Asia/Shanghai');
const day = 24 * hour;
const pollutants = ['pm2_5', 'pm10'] as const;
type Pollutant = (typeof pollutants)[number];

/** One row of a file: its time, and what stands in its cells. */
interface Row {
  time: number;
  pm2_5: number | undefined;
  pm10: number | undefined;
}

const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

function rowsOf(name: string): Row[] {
  const [head = '', ...lines] = readFileSync(`${folder}${name}.csv`, 'utf8').trim().split('\n');
  const columns = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    const cell = (column: string) => cells[columns.indexOf(column)] ?? '';
    const number = (text: string) => (text === '' ? undefined : Number(text));
    return {
      time: Date.parse(cell('time')),
      pm2_5: number(cell('pm2_5_ugm3')),
      pm10: number(cell('pm10_ugm3')),
    };
  });
}

/** The grades of the ministry, from 1 to 4, of whole numbers. */
function gradeOf(means: Partial<Record<Pollutant, number | undefined>>): number | undefined {
  const cuts = { pm2_5: [16, 36, 76], pm10: [31, 81, 151] };
  const grades = pollutants.flatMap((pollutant) => {
    const mean = means[pollutant];
    if (mean === undefined) return [];
    return [1 + cuts[pollutant].filter((cut) => Math.round(mean) >= cut).length];
  });
  return grades.length > 0 ? Math.max(...grades) : undefined;
}

const stop = `
id: stop
name: { en: Stop }
place: { latitude: 39.9, longitude: 116.4 }
timeZone: Asia/Shanghai
languages: [en]
serial: { air: { path: /dev/air } }
sensors: [{ id: air, driver: sds011, port: air, interval: 1 h }]
`;

/** The recording in a database, as an SDS011 would have it that is sampled once an hour. */
async function stored(rows: readonly Row[]): Promise<{ store: Store; readings: Reading[] }> {
  const [config] = parseSite(stop).sensors;
  const driver = findDriver('sds011');
  if (!config || !driver || !('channels' in driver)) throw new Error('there is no driver for the SDS011');
  const pipeline = createPipeline(config, driver.channels, createJudge().sensor(config, driver.channels));
  const [first] = rows;
  const start = first?.time ?? 0;
  const readings = rows.flatMap(({ time, pm2_5, pm10 }) =>
    pipeline.readings(
      { ...(pm2_5 !== undefined && { pm2_5 }), ...(pm10 !== undefined && { pm10 }) },
      { time, monotonic: time - start },
    ),
  );
  const store = await openStore({
    file: join(scratchFolder(), 'readings.db'),
    device: 'stop',
    commitInterval: 10_000,
    clock: virtualClock(start),
  });
  for (let at = 0; at < readings.length; at += 2_000) {
    store.append(readings.slice(at, at + 2_000));
    await store.flush();
  }
  return { store, readings };
}

/** How the stop stands at a full hour, with its windows read from the database. */
async function standingsAt(store: Store, now: number): Promise<Standing[]> {
  return Promise.all(
    pollutants.map(async (pollutant) => {
      const stream = { id: `air/${pollutant}`, sensor: 'air', property: pollutant, unit: 'ug/m3' } as const;
      const hours = await readHours(store, { stream: stream.id, interval: hour, now });
      const passed = { stream, time: now, monotonic: 0, value: 1, raw: 1, quality: 1 } as const;
      const latest = { stream, interval: hour, staleAfter: 3 * hour, valued: passed, passed };
      return standingOf(latest, { ...hours, recent: undefined }, 0);
    }),
  );
}

/** The alert of one pollutant after each hour, by the rules of Annex 7 as one reads them. */
function alertsOf(pollutant: Pollutant, rows: readonly Row[]): string[] {
  const rule = {
    pm2_5: { advisory: [75, 35], warning: [150, 75] },
    pm10: { advisory: [150, 100], warning: [300, 150] },
  };
  const [[raise, lift], [warn, ease]] = [rule[pollutant].advisory, rule[pollutant].warning] as [
    number[],
    number[],
  ];
  let level = 'none';
  return rows.map((row, index) => {
    const now = row[pollutant];
    const before = rows[index - 1]?.[pollutant];
    if (now === undefined) return level;
    const lasts = (limit = 0) => now >= limit && before !== undefined && before >= limit;
    if (level === 'warning' && now < (ease ?? 0)) level = 'advisory';
    else if (level === 'advisory' && now < (lift ?? 0)) level = 'none';
    if (level === 'none' && lasts(raise)) level = 'advisory';
    if (lasts(warn)) level = 'warning';
    return level;
  });
}

/** Local days, each by its rows, where it has all 24. */
function daysOf(rows: readonly Row[]): Row[][] {
  const days = new Map<number, Row[]>();
  for (const row of rows) {
    const date = Math.floor((row.time + 8 * hour) / day);
    days.set(date, [...(days.get(date) ?? []), row]);
  }
  return [...days.values()].filter(({ length }) => length === 24);
}

function endOf(rows: readonly Row[]): number {
  return (rows.at(-1)?.time ?? 0) + hour;
}

/** Undefined where fewer than three quarters of a day's hours are there. */
function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const there = values.filter((value) => value !== undefined);
  return there.length >= 18 ? there.reduce((sum, value) => sum + value, 0) / there.length : undefined;
}

describe.each(recordings)('the recording $name', ({ name, absent, isLong }) => {
  let rows: Row[] = [];
  let store: Store;
  /** Cells that a quality test found doubtful, as `time pollutant`. */
  let doubted = new Set<string>();

  beforeAll(async () => {
    if (absent) return;
    rows = rowsOf(name);
    const kept = await stored(rows);
    store = kept.store;
    doubted = new Set(
      kept.readings
        .filter(({ value, quality: flag }) => value !== null && flag !== quality.pass)
        .map(({ stream, time }) => `${time} ${stream.property}`),
    );
  }, 60_000);
  afterAll(async () => store?.close());

  const isDoubted = (row: Row, pollutant: Pollutant) => doubted.has(`${row.time} ${pollutant}`);

  /** What stands in a cell, where it was not doubted. */
  const believed = (row: Row, pollutant: Pollutant) =>
    isDoubted(row, pollutant) ? undefined : row[pollutant];

  it.skipIf(absent)(
    'is doubted in less than half a percent, where somebody filled it in or it contradicts itself',
    () => {
      const cells = rows.flatMap((row, index) =>
        pollutants.map((pollutant) => ({ row, pollutant, before: rows[index - 1] })),
      );
      const odd = cells.filter(({ row, pollutant }) => isDoubted(row, pollutant));
      expect(odd.length / cells.length).toBeLessThan(0.005);
      for (const { row, pollutant, before } of odd) {
        const { pm2_5 = 0, pm10 = 0 } = row;
        // The station reports whole numbers; what lies between two of them on a straight line was filled in.
        const isFilledIn = [row, before].some((each) => !Number.isInteger(each?.[pollutant]));
        expect(pm2_5 > pm10 || isFilledIn, new Date(row.time).toISOString()).toBe(true);
      }
    },
  );

  it.skipIf(absent)('has the hours and the daily grades of the file', async () => {
    let untouched = 0;
    for (const own of daysOf(rows)) {
      const end = endOf(own);
      const standings = await standingsAt(store, end);
      const facts = factsOf({ standings, zone, time: end });
      for (const pollutant of pollutants) {
        const hours = facts.hours(pollutant)?.hours.slice(0, 24).toReversed();
        expect(hours).toEqual(own.map((row) => believed(row, pollutant)));
      }
      const expected = gradeOf({
        pm2_5: meanOf(own.map((row) => believed(row, 'pm2_5'))),
        pm10: meanOf(own.map((row) => believed(row, 'pm10'))),
      });
      expect(dailyGrade(facts), new Date(end).toISOString()).toBe(expected);
      if (own.every((row) => pollutants.every((pollutant) => !isDoubted(row, pollutant)))) untouched += 1;
    }
    expect(untouched / daysOf(rows).length).toBeGreaterThan(0.96);
  });

  if (!isLong)
    it.skipIf(absent)('is graded and announced at each hour as the file has it', async () => {
      const alerts = { pm2_5: alertsOf('pm2_5', rows), pm10: alertsOf('pm10', rows) };
      for (const [index, row] of rows.entries()) {
        if (row.pm2_5 === undefined && row.pm10 === undefined) continue;
        const life = await lifeAfter(row);
        if (row.pm2_5 !== undefined && row.pm10 !== undefined) {
          expect(life.air).toMatchObject({ value: gradeOf(row), basis: 'hour' });
        }
        for (const pollutant of pollutants) {
          const level = life.alerts.find(({ of }) => of === pollutant)?.level ?? 'none';
          const isJudged = !life.unjudged.some(({ of }) => of === pollutant);
          if (isJudged) expect(level, new Date(row.time).toISOString()).toBe(alerts[pollutant][index]);
        }
      }
    });

  if (name.includes('dust'))
    it.skipIf(absent)('is a dust storm: very bad by its coarse dust, which is warned of', async () => {
      const worst = rows.reduce((one, other) => ((other.pm10 ?? 0) > (one.pm10 ?? 0) ? other : one));
      const { air, alerts } = await lifeAfter(worst);
      expect(air).toMatchObject({ grade: 'very-bad', shown: { word: { ko: '매우나쁨' } } });
      expect(air.parts).toMatchObject([
        { property: 'pm2_5', value: worst.pm2_5 },
        { property: 'pm10', value: 848, grade: 'very-bad' },
      ]);
      expect(alerts).toContainEqual(expect.objectContaining({ of: 'pm10', level: 'warning' }));
    });

  if (name.includes('smog'))
    it.skipIf(absent)('is smog: very bad by its fine dust, for days', async () => {
      const worst = rows.reduce((one, other) => ((other.pm2_5 ?? 0) > (one.pm2_5 ?? 0) ? other : one));
      const { air, alerts } = await lifeAfter(worst);
      expect(worst.pm2_5).toBeGreaterThan(600);
      expect(air.parts).toMatchObject([{ property: 'pm2_5', value: worst.pm2_5, grade: 'very-bad' }, {}]);
      expect(alerts).toContainEqual(expect.objectContaining({ of: 'pm2_5', level: 'warning' }));
    });

  /** What the numbers mean when the hour of a row is over. */
  async function lifeAfter({ time }: Row): Promise<Life> {
    const now = time + hour;
    return summarise({
      site: { profile: 'korea', languages: ['ko'], sensors: [] },
      standings: await standingsAt(store, now),
      zone,
      time: now,
      monotonic: 0,
      synchronised: true,
    });
  }
});

/** Korea’s grade of the mean of 24 hours, from 1 to 4. */
function dailyGrade(facts: Facts): number | undefined {
  const parts = workOut('who-exceedance', facts)[0]?.serving.parts;
  const result = evaluate(pmGradeKr, { pm2_5: parts?.pm2_5?.value, pm10: parts?.pm10?.value });
  return 'value' in result ? result.value : undefined;
}
