import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { airKoreaFeed, readAirKorea, readDataTime } from '../../../runtime/feeds/airkorea.js';
import { httpFetch } from '../../../runtime/feeds/http-fetch.js';
import { keyFrom } from '../../../runtime/feeds/key.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { keyFile } from '../../rigs/key-file.js';
import { startUpstream } from '../../rigs/upstream.js';

/** 14:20 in Seoul. */
const now = Date.UTC(2026, 5, 1, 5, 20);
const two = Date.UTC(2026, 5, 1, 5);

/** As the portal gives it out: numbers are texts, and what is well has no flag. */
const hour = {
  stationName: '종로구',
  dataTime: '2026-06-01 14:00',
  so2Grade: '1',
  so2Value: '0.004',
  so2Flag: null,
  khaiValue: '73',
  pm10Value: '36',
  pm10Grade: '2',
  pm10Flag: null,
  pm25Value: '13',
  pm25Grade: '1',
  pm25Flag: null,
  o3Value: '0.044',
};

const answer = (items: unknown) =>
  JSON.stringify({
    response: {
      body: { totalCount: 23, items, pageNo: 1, numOfRows: 3 },
      header: { resultMsg: 'NORMAL_CODE', resultCode: '00' },
    },
  });

async function rig(items: unknown) {
  const upstream = await startUpstream({ '/getMsrstnAcctoRltmMesureDnsty': answer(items) });
  const clock = virtualClock(now);
  const feed = airKoreaFeed({
    config: {
      station: '종로구',
      names: { en: 'Jongno-gu' },
      keyFile: '',
      callsPerDay: 500,
      url: upstream.url,
    },
    fetch: httpFetch(clock),
    key: keyFrom(keyFile('k'), 'feeds.airkorea.keyFile'),
    clock,
  });
  return { upstream, feed };
}

describe('AirKorea', () => {
  it('tells the newest hour of a station, named in the languages of the site', async () => {
    const { feed } = await rig([{ ...hour, dataTime: '2026-06-01 13:00', pm10Value: '99' }, hour]);
    const { findings, doubt } = await feed.ask();
    expect(doubt).toBeUndefined();
    expect(findings.air).toMatchObject({
      station: { ko: '종로구', en: 'Jongno-gu' },
      values: [
        { property: 'pm10', value: 36, time: two },
        { property: 'pm2_5', value: 13, time: two },
      ],
      absent: [],
    });
  });

  it.each([
    ['-', '점검및교정', 'maintenance'],
    ['-', '장비점검', 'maintenance'],
    ['-', '통신장애', 'communication'],
    ['-', '자료이상', 'unknown'],
    ['-', null, 'unknown'],
    ['', null, 'unknown'],
    [null, null, 'unknown'],
    ['36', '자료이상', 'unknown'],
  ])('has no value for %j with the flag %j: that is never 0', async (pm10Value, pm10Flag, why) => {
    const { feed } = await rig([{ ...hour, pm10Value, pm10Flag }]);
    const { findings } = await feed.ask();
    expect(findings.air?.values.map(({ property }) => property)).toEqual(['pm2_5']);
    expect(findings.air?.absent).toEqual([{ property: 'pm10', why }]);
  });

  it('may measure 0', async () => {
    const { feed } = await rig([{ ...hour, pm25Value: '0' }]);
    expect((await feed.ask()).findings.air?.values).toContainEqual({
      property: 'pm2_5',
      value: 0,
      time: two,
    });
  });

  it('calls midnight the end of its day', () => {
    expect(readDataTime('2026-01-01 24:00')).toBe(Date.UTC(2026, 0, 1, 15));
    expect(readDataTime('2026-01-01 01:00')).toBe(Date.UTC(2025, 11, 31, 16));
    for (const text of ['2026-01-01', '2026-13-01 01:00', '2026-01-01 25:00', '', undefined]) {
      expect(readDataTime(text)).toBeUndefined();
    }
  });

  it.each([
    ['values that no air has', { pm10Value: '20000' }, '종로구 tells 20000 of pm10.'],
    ['values below 0', { pm25Value: '-5' }, '종로구 tells -5 of pm2_5.'],
    ['another station', { stationName: '중구' }, 'it tells of 중구.'],
    ['another day', { dataTime: '2026-06-02 14:00' }, 'An hour lies in the future'],
    ['no time', { dataTime: null }, 'An hour has no time'],
  ])('is doubted where it tells %s', async (_, change, message) => {
    const { feed } = await rig([{ ...hour, ...change }]);
    const { doubt } = await feed.ask();
    expect(doubt).toMatchObject({ code: 'FEED_NONSENSE', message: expect.stringContaining(message) });
  });

  it('that knows no such station says so', async () => {
    const { feed } = await rig([]);
    const { findings, doubt } = await feed.ask();
    expect(findings.air).toBeUndefined();
    expect(doubt?.message).toBe('종로구 tells nothing.');
  });

  it('is asked again when the next hour is there, and not before', async () => {
    const { feed } = await rig([hour]);
    const report = await feed.ask();
    const situation = { now, left: 400, endsAt: now + 10 * 3_600_000 };
    expect(feed.pace(situation, report)).toBe(52 * 60_000);
    expect(feed.pace({ ...situation, now: now + 55 * 60_000 }, report)).toBe(10 * 60_000);
    expect(feed.pace({ ...situation, left: 2 }, report)).toBe(2.5 * 3_600_000);
  });

  it('is read without a throw, whatever it says', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('-', '12', '2026-06-01 14:00', '종로구'));
    const item = fc.dictionary(fc.constantFrom(...Object.keys(hour)), value);
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.array(item)), (items) => {
        const { air, doubts } = readAirKorea({ response: { body: { items } } }, '종로구', now);
        if (!air) expect(doubts).not.toEqual([]);
        for (const { value } of air?.values ?? []) expect(value).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
