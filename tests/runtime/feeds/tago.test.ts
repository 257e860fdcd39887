import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpFetch } from '../../../runtime/feeds/http-fetch.js';
import { keyFrom } from '../../../runtime/feeds/key.js';
import { sinceMidnight } from '../../../runtime/feeds/pace.js';
import {
  readTagoArrivals,
  readTagoRoute,
  type TagoRoutes,
  tagoFeed,
  tagoRoutesSchema,
} from '../../../runtime/feeds/tago.js';
import { keptValue } from '../../../runtime/kept.js';
import { timeZone } from '../../../runtime/life/time-zone.js';
import { type VirtualClock, virtualClock } from '../../../simulators/virtual-clock.js';
import { failingDisk } from '../../rigs/failing-disk.js';
import { keyFile } from '../../rigs/key-file.js';
import { startUpstream, type Upstream } from '../../rigs/upstream.js';

const arrivalsPath = '/ArvlInfoInqireService/getSttnAcctoArvlPrearngeInfoList';
const routesPath = '/BusRouteInfoInqireService/getRouteAcctoThrghSttnList';
const key = 'ab+c/d==';
const noon = Date.UTC(2026, 5, 1, 3);

const answer = (item: unknown) =>
  JSON.stringify({
    response: {
      header: { resultCode: '00', resultMsg: 'NORMAL SERVICE.' },
      body: { items: item === '' ? '' : { item }, numOfRows: 100, pageNo: 1, totalCount: 1 },
    },
  });

/** As the portal gives it out for a stop in Daejeon; `routeno` is a number where it looks like one. */
const bus = {
  arrprevstationcnt: 3,
  arrtime: 816,
  nodeid: 'DJB8001793',
  nodenm: '북대전농협',
  routeid: 'DJB30300052',
  routeno: 5,
  routetp: '마을버스',
  vehicletp: '저상차량',
};

const stopsOfRoute = [
  { nodeid: 'DJB1', nodenm: '대덕마을', nodeno: 44700, nodeord: 1, routeid: bus.routeid, updowncd: 0 },
  {
    nodeid: 'DJB8001793',
    nodenm: '북대전농협',
    nodeno: 44800,
    nodeord: 2,
    routeid: bus.routeid,
    updowncd: 0,
  },
  { nodeid: 'DJB3', nodenm: '충남대학교', nodeno: 44900, nodeord: 3, routeid: bus.routeid, updowncd: 0 },
  { nodeid: 'DJB4', nodenm: '대덕마을', nodeno: 45000, nodeord: 4, routeid: bus.routeid, updowncd: 1 },
];

const xmlError = (reason: string, words: string) => `<OpenAPI_ServiceResponse>
<cmmMsgHeader>
<errMsg>SERVICE ERROR</errMsg>
<returnAuthMsg>${words}</returnAuthMsg>
<returnReasonCode>${reason}</returnReasonCode>
</cmmMsgHeader>
</OpenAPI_ServiceResponse>`;

async function rig(item: unknown = [bus]) {
  const upstream = await startUpstream({
    [arrivalsPath]: answer(item),
    [routesPath]: answer(stopsOfRoute),
  });
  const clock = virtualClock(noon);
  return { upstream, clock, feed: feedOf(upstream, clock) };
}

function feedOf(upstream: Upstream, clock: VirtualClock) {
  const kept = keptValue<TagoRoutes>({
    file: '/state/tago-routes.json',
    schema: tagoRoutesSchema,
    initial: {},
    disk: failingDisk(),
    clock,
    code: 'FEED_UNKEPT',
    onLost: () => {},
  });
  return tagoFeed({
    config: { cityCode: 25, nodeId: 'DJB8001793', keyFile: '', callsPerDay: 1_000, url: upstream.url },
    fetch: httpFetch(clock),
    key: keyFrom(keyFile(encodeURIComponent(key)), 'feeds.tago.keyFile'),
    kept,
    clock,
    hours: { from: sinceMidnight('05:00'), to: sinceMidnight('00:30') },
    zone: timeZone('Asia/Seoul'),
  });
}

describe('TAGO', () => {
  it('tells in how many seconds a bus comes, how far it is, and where it goes', async () => {
    const { feed, upstream } = await rig();
    const { findings, doubt } = await feed.ask();
    expect(doubt).toBeUndefined();
    expect(findings.arrivals).toEqual([
      {
        line: '5',
        destination: { ko: '충남대학교' },
        route: 'DJB30300052',
        expected: noon + 816_000,
        asOf: noon,
        basis: 'live',
        status: 'running',
        stopsAway: 3,
        lowFloor: true,
      },
    ]);
    expect(findings.routes?.[0]?.stops.map(({ name, here }) => [name.ko, here])).toEqual([
      ['대덕마을', false],
      ['북대전농협', true],
      ['충남대학교', false],
    ]);
    expect(Object.fromEntries(upstream.asked[0]?.searchParams ?? [])).toEqual({
      cityCode: '25',
      nodeId: 'DJB8001793',
      numOfRows: '100',
      pageNo: '1',
      _type: 'json',
      serviceKey: key,
    });
  });

  it('is asked about a route once, not with every round', async () => {
    const { feed, upstream, clock } = await rig();
    await feed.ask();
    await feed.ask();
    expect(upstream.asked.map(({ pathname }) => pathname)).toEqual([arrivalsPath, routesPath, arrivalsPath]);
    await clock.advance(8 * 86_400_000);
    await feed.ask();
    expect(upstream.asked).toHaveLength(5);
  });

  it('counts from when it said something first, where it says the same again', async () => {
    const { feed, clock, upstream } = await rig();
    await feed.ask();
    await clock.advance(40_000);
    const again = (await feed.ask()).findings.arrivals?.[0];
    expect(again).toMatchObject({ expected: noon + 816_000, asOf: noon });
    upstream.answer(arrivalsPath, answer([{ ...bus, arrtime: 780 }]));
    const next = (await feed.ask()).findings.arrivals?.[0];
    expect(next).toMatchObject({ expected: noon + 820_000, asOf: noon + 40_000 });
  });

  it.each([
    ['one bus without a list', bus, 1],
    ['no bus, as an empty text', '', 0],
    ['two buses of a line', [bus, { ...bus, arrtime: 1_500 }], 2],
  ])('may tell of %s', async (_, item, count) => {
    const { feed } = await rig(item);
    const { findings, doubt } = await feed.ask();
    expect(findings.arrivals).toHaveLength(count);
    expect(doubt).toBeUndefined();
  });

  it('tells that there is none by its code too', async () => {
    const { feed, upstream } = await rig();
    upstream.answer(
      arrivalsPath,
      JSON.stringify({ response: { header: { resultCode: '03', resultMsg: 'NODATA_ERROR' } } }),
    );
    expect((await feed.ask()).findings.arrivals).toEqual([]);
  });

  it.each([
    ['an unknown key', xmlError('30', 'SERVICE_KEY_IS_NOT_REGISTERED_ERROR'), 'FEED_REFUSED'],
    ['a key that has run out', xmlError('31', 'DEADLINE_HAS_EXPIRED_ERROR'), 'FEED_REFUSED'],
    ['no calls left', xmlError('22', 'LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR'), 'FEED_QUOTA'],
    ['a fault of its own', xmlError('99', 'UNKNOWN_ERROR'), 'FEED_UNREACHABLE'],
    [
      'the same as JSON',
      JSON.stringify({
        OpenAPI_ServiceResponse: {
          cmmMsgHeader: { errMsg: 'SERVICE ERROR', returnAuthMsg: 'X', returnReasonCode: '30' },
        },
      }),
      'FEED_REFUSED',
    ],
    [
      'a code within its JSON',
      JSON.stringify({ response: { header: { resultCode: '04', resultMsg: 'HTTP_ERROR' } } }),
      'FEED_UNREACHABLE',
    ],
    ['a page', '<!doctype html><title>점검중</title>', 'FEED_NONSENSE'],
    ['nothing', '', 'FEED_NONSENSE'],
    ['another JSON', '[]', 'FEED_NONSENSE'],
  ])('says with HTTP 200 what is wrong: %s', async (_, body, code) => {
    const { feed, upstream } = await rig();
    upstream.answer(arrivalsPath, body);
    await expect(feed.ask()).rejects.toMatchObject({ code, message: expect.stringContaining(arrivalsPath) });
  });

  it.each([
    [401, 'FEED_REFUSED'],
    [429, 'FEED_QUOTA'],
    [502, 'FEED_UNREACHABLE'],
  ])('may say it with HTTP %d', async (status, code) => {
    const { feed, upstream } = await rig();
    upstream.answer(arrivalsPath, (response) => response.writeHead(status).end('Unauthorized'));
    await expect(feed.ask()).rejects.toMatchObject({
      code,
      message: expect.stringContaining(`HTTP ${status}`),
    });
  });

  it('leaves out what cannot be true, and says what it was', async () => {
    const { feed } = await rig([
      bus,
      { ...bus, routeno: '7', arrtime: -5 },
      { ...bus, routeno: '8', arrtime: 4 * 3_600 },
      { ...bus, routeno: '9', arrprevstationcnt: -2 },
      { ...bus, nodeid: 'DJB9' },
    ]);
    const { findings, doubt } = await feed.ask();
    expect(findings.arrivals?.map(({ line, stopsAway }) => [line, stopsAway])).toEqual([
      ['5', 3],
      ['9', undefined],
    ]);
    expect(doubt).toMatchObject({ code: 'FEED_NONSENSE' });
    expect(doubt?.message).toContain('Line 7 has no time (arrtime).');
    expect(doubt?.message).toContain('it tells of DJB9.');
    expect(doubt?.message).toContain('And 1 more.');
  });

  it('tells of its buses also where it does not know their routes', async () => {
    const { feed, upstream } = await rig();
    upstream.answer(routesPath, xmlError('99', 'UNKNOWN_ERROR'));
    const { findings, doubt } = await feed.ask();
    expect(findings.arrivals).toMatchObject([{ line: '5', destination: {} }]);
    expect(doubt).toMatchObject({ code: 'FEED_UNREACHABLE' });
  });

  it('hides its key, in each of its forms', async () => {
    const { feed } = await rig();
    await feed.ask();
    const hidden = feed.hide(`${key} ${encodeURIComponent(key)} is not registered`);
    expect(hidden).toBe('… … is not registered');
  });

  it('is read without a throw, whatever it says', () => {
    const value = fc.jsonValue();
    const item = fc.record(
      {
        nodeid: value,
        routeid: fc.oneof(value, fc.constant('R')),
        routeno: value,
        arrtime: fc.oneof(value, fc.integer()),
        arrprevstationcnt: value,
        vehicletp: value,
        nodenm: value,
        nodeord: value,
        updowncd: value,
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(value, fc.array(item), item);
    fc.assert(
      fc.property(body, (items) => {
        const json = { response: { body: { items: { item: items } } } };
        const { said } = readTagoArrivals(json, 'N');
        for (const { seconds, line } of said) {
          expect(seconds).toBeGreaterThanOrEqual(0);
          expect(line).not.toBe('');
        }
        expect(readTagoRoute(json, 'N').stops.every(({ name }) => name !== '')).toBe(true);
      }),
    );
  });
});
