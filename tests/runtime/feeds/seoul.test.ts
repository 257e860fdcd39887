import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpFetch } from '../../../runtime/feeds/http-fetch.js';
import { keyFrom } from '../../../runtime/feeds/key.js';
import { sinceMidnight } from '../../../runtime/feeds/pace.js';
import { readSeoulArrivals, readSeoulMessage, seoulFeed } from '../../../runtime/feeds/seoul.js';
import { timeZone } from '../../../runtime/life/time-zone.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { keyFile } from '../../rigs/key-file.js';
import { startUpstream } from '../../rigs/upstream.js';

const path = '/stationinfo/getStationByUid';
const noon = Date.UTC(2026, 5, 1, 3);

/** As it is given out for a stop: numbers are texts, and what is missing is a blank. */
const line = {
  stId: '111000931',
  stNm: '불광역3.6호선',
  arsId: '12022',
  busRouteId: '100100103',
  rtNm: '701',
  busRouteAbrv: '701',
  sectNm: '동명여고.천주교불광동성당~서부시외버스터미널',
  stationTp: '1',
  firstTm: '0400  ',
  lastTm: '2230  ',
  routeType: '3',
  nextBus: ' ',
  traTime1: '714',
  isArrive1: '0',
  isLast1: '0',
  busType1: '1',
  traTime2: '0',
  isLast2: '0',
  busType2: '0',
  adirection: '서울역',
  arrmsg1: '11분54초후[4번째 전]',
  arrmsg2: '출발대기',
  arrmsgSec1: '11분54초후[4번째 전]',
  arrmsgSec2: '두 번째 버스 출발대기',
  isFullFlag1: '0',
  isFullFlag2: '0',
  deTourAt: '00',
  congestion1: '3',
  congestion2: '0',
};

const answer = (itemList: unknown, headerCd = '0', headerMsg = '정상적으로 처리되었습니다.') =>
  JSON.stringify({
    comMsgHeader: { errMsg: null, returnCode: null },
    msgHeader: { headerMsg, headerCd, itemCount: 0 },
    msgBody: { itemList },
  });

async function rig(itemList: unknown) {
  const upstream = await startUpstream({ [path]: answer(itemList) });
  const clock = virtualClock(noon);
  const feed = seoulFeed({
    config: { arsId: '12022', keyFile: '', callsPerDay: 1_000, url: upstream.url },
    fetch: httpFetch(clock),
    key: keyFrom(keyFile('k'), 'feeds.seoul.keyFile'),
    clock,
    hours: { from: sinceMidnight('04:30'), to: sinceMidnight('00:30') },
    zone: timeZone('Asia/Seoul'),
  });
  return { upstream, clock, feed };
}

describe('the buses of Seoul', () => {
  it('come when their sentence says so; one that waits to depart comes at no time', async () => {
    const { feed } = await rig([line]);
    const { findings, doubt } = await feed.ask();
    expect(doubt).toBeUndefined();
    expect(findings.arrivals).toEqual([
      {
        line: '701',
        destination: { ko: '서울역' },
        route: '100100103',
        expected: noon + 714_000,
        asOf: noon,
        basis: 'live',
        status: 'running',
        stopsAway: 4,
        lowFloor: true,
        crowding: 'seats',
        lastOfDay: false,
        detour: false,
      },
    ]);
  });

  it('may be the last, full, crowded, on a detour, or of a kind whose floor nobody knows', async () => {
    const { feed } = await rig([
      { ...line, arrmsg1: '[막차] 5분19초후[3번째 전]', isFullFlag1: '1', deTourAt: '11' },
      { ...line, busRouteAbrv: '471', isLast1: '1', busType1: '2', congestion1: '5' },
    ]);
    expect((await feed.ask()).findings.arrivals).toMatchObject([
      { line: '701', lastOfDay: true, crowding: 'full', detour: true, expected: noon + 319_000 },
      { line: '471', lastOfDay: true, crowding: 'standing', detour: false, lowFloor: undefined },
    ]);
  });

  it.each([
    ['3분53초후[2번째 전]', { seconds: 233, stopsAway: 2 }],
    ['2분후[2번째 전]', { seconds: 120, stopsAway: 2 }],
    ['40초후[1번째 전]', { seconds: 40, stopsAway: 1 }],
    ['63분31초후[46번째 전]', { seconds: 3_811, stopsAway: 46 }],
    ['곧 도착', { seconds: 30, stopsAway: undefined }],
    ['[막차] 곧 도착', { isLast: true }],
    ['[우회] 4분후[2번째 전]', { isDetour: true, seconds: 240 }],
  ])('are read from the sentence: %s', (message, read) => {
    expect(readSeoulMessage(message)).toMatchObject(read);
  });

  it.each([
    '출발대기',
    '두 번째 버스 출발대기',
    '운행종료',
    '회차대기',
    '[차고지출발]',
    '정보 없음',
    undefined,
  ])('do not come where it says: %s', (message) => {
    expect(readSeoulMessage(message)).toBe('none');
  });

  it('are doubted where the sentence is a new one', async () => {
    const { feed } = await rig([
      { ...line, arrmsg1: '내일 아침에' },
      { ...line, arsId: '12023' },
    ]);
    const { findings, doubt } = await feed.ask();
    expect(findings.arrivals).toEqual([]);
    expect(doubt?.message).toBe(
      'Line 701 is said to come: 내일 아침에. Asked about 12022, it tells of 12023.',
    );
  });

  it('are none where nothing is found, or nothing runs any more', async () => {
    const { feed, upstream } = await rig(null);
    expect((await feed.ask()).findings.arrivals).toEqual([]);
    upstream.answer(path, answer(null, '4', '결과가 없습니다.'));
    expect((await feed.ask()).findings.arrivals).toEqual([]);
    upstream.answer(path, answer(null, '8', '운행 종료되었습니다.'));
    expect((await feed.ask()).findings.arrivals).toEqual([]);
  });

  it.each([
    ['7', 'Key인증실패: SERVICE KEY IS NOT REGISTERED ERROR.[인증모듈 에러코드(30)]', 'FEED_REFUSED'],
    [
      '7',
      'Key인증실패: LIMITED NUMBER OF SERVICE REQUESTS EXCEEDS ERROR.[인증모듈 에러코드(22)]',
      'FEED_QUOTA',
    ],
    ['3', '정류소를 찾을 수 없습니다.', 'FEED_REFUSED'],
    ['1', '시스템 오류가 발생하였습니다.', 'FEED_UNREACHABLE'],
  ])('are not told with headerCd %s: %s', async (code, words, expected) => {
    const { feed, upstream } = await rig([]);
    upstream.answer(path, answer(null, code, words));
    await expect(feed.ask()).rejects.toMatchObject({
      code: expected,
      message: expect.stringContaining(words.slice(0, 10)),
    });
  });

  it('are not told by an answer without a header', async () => {
    const { feed, upstream } = await rig([]);
    upstream.answer(path, '{}');
    await expect(feed.ask()).rejects.toMatchObject({ code: 'FEED_NONSENSE' });
  });

  it('are asked about more often the nearer they are, and seldom at night', async () => {
    const { feed } = await rig([line]);
    const report = await feed.ask();
    const plenty = { now: noon, left: 5_000, endsAt: noon + 12 * 3_600_000 };
    expect(feed.pace(plenty, report)).toBe(60_000);
    expect(feed.pace({ ...plenty, now: noon + 600_000 }, report)).toBe(20_000);
    const night = noon + 14 * 3_600_000;
    expect(
      feed.pace({ ...plenty, now: night, endsAt: night + 3_600_000 }, { findings: { arrivals: [] } }),
    ).toBe(900_000);
  });

  it('are read without a throw, whatever is said', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('1', '0', '곧 도착', '[막차]1분후', '999999초후[9번째 전]'),
    );
    const item = fc.dictionary(fc.constantFrom(...Object.keys(line)), value);
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.array(item), item), (itemList) => {
        for (const { line, seconds } of readSeoulArrivals({ msgBody: { itemList } }, '12022').said) {
          expect(line).not.toBe('');
          expect(seconds).toBeGreaterThanOrEqual(0);
        }
      }),
    );
    fc.assert(fc.property(fc.string(), (message) => void readSeoulMessage(message)));
  });
});
