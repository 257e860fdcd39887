import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Content, content } from '../../../runtime/api/content.js';
import type { CityContent } from '../../../runtime/downlink/content/shown.js';
import { createFeeds, type Feeds } from '../../../runtime/feeds/feeds.js';
import { parseSite } from '../../../runtime/load-site.js';
import type { ShelterEvent } from '../../../runtime/reading.js';
import type { FaultName } from '../../../simulators/faults.js';
import {
  modelledEnvironment,
  type SimulatedCity,
  simulateCity,
  type VirtualClock,
  virtualClock,
} from '../../../simulators/index.js';
import { failingDisk } from '../../rigs/failing-disk.js';
import { gtfsFolder, smallTimetable } from '../../rigs/gtfs.js';
import { keyFile } from '../../rigs/key-file.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { startUpstream } from '../../rigs/upstream.js';

/** A Wednesday, 18:00 in Seoul. */
const evening = Date.UTC(2026, 5, 3, 9);

const nothing: CityContent = { arrivals: null, routes: null, notices: null, air: null, emergency: null };

const head = `
id: a
name: { ko: 종로2가, en: Jongno 2-ga }
place: { latitude: 37.57, longitude: 126.98 }
timeZone: Asia/Seoul
languages: [ko, en]
`;

interface Rig {
  feeds: Feeds;
  clock: VirtualClock;
  contents: Content[];
  events: ShelterEvent[];
  said: string[];
  sync: { is: boolean };
  sent: { is: CityContent };
  /** Lets time pass, real answers included, until something holds. */
  until(holds: () => void, step?: number): Promise<void>;
  state(feed: string): string | undefined;
}

async function rig(yaml: string, clock = virtualClock(evening), synchronised = true): Promise<Rig> {
  const told = { contents: [] as Content[], events: [] as ShelterEvent[], said: [] as string[] };
  const sync = { is: synchronised };
  const sent = { is: nothing };
  const say = (facts: object, message: string) => void told.said.push(`${JSON.stringify(facts)} ${message}`);
  const feeds = createFeeds({
    site: parseSite(`${head}${yaml}`),
    city: () => sent.is,
    folder: '/state',
    disk: failingDisk(),
    clock,
    random: () => 0.5,
    isSynchronised: () => sync.is,
    log: { info: say, warn: say },
    onEvent: (event) => told.events.push(event),
    onContent: (next) => told.contents.push(next),
  });
  await feeds.start();
  onTestFinished(feeds.stop);
  return {
    ...told,
    ...{ feeds, clock, sync, sent },
    until: (holds, step = 1_000) =>
      vi.waitFor(
        async () => {
          await clock.advance(step);
          holds();
        },
        { timeout: 10_000, interval: 5 },
      ),
    state: (feed) => feeds.status().find((one) => one.feed === feed)?.state,
  };
}

async function cityRig(): Promise<Rig & { city: SimulatedCity }> {
  const clock = virtualClock(evening);
  const city = await simulateCity({ environment: modelledEnvironment(1), clock });
  onTestFinished(city.close);
  const folder = scratchFolder();
  await city.writeTimetable(folder);
  const made = await rig(
    `feeds:
  timetable: { path: ${folder}, stops: [jongno2] }
  gtfsRealtime: { url: ${city.url}/gtfs-realtime, interval: 10 s }
  airkorea: { station: 종로구, names: { en: Jongno-gu }, keyFile: ${keyFile('k')}, url: ${city.url}/airkorea }
`,
    clock,
  );
  await made.until(() => expect(made.feeds.status().map(({ state }) => state)).toEqual(['ok', 'ok', 'ok']));
  return { ...made, city };
}

const arrivalsOf = ({ feeds }: Rig) => feeds.content().arrivals?.body.arrivals ?? [];

describe('a simulated city', () => {
  it('gives the board of an evening in Seoul', async () => {
    const it = await cityRig();
    const shown = it.feeds.content();
    expect(content.parse(shown)).toEqual(shown);
    const arrivals = arrivalsOf(it);
    const times = arrivals.map(({ expected }) => expected);
    expect([...times].sort()).toEqual(times);
    expect(new Set(arrivals.map(({ line }) => line)).size).toBeGreaterThanOrEqual(8);
    expect(new Set(arrivals.map(({ basis }) => basis))).toEqual(new Set(['live', 'timetable']));
    expect(new Set(arrivals.map(({ lowFloor }) => lowFloor))).toEqual(new Set([true, false]));
    expect(arrivals.some(({ status }) => status === 'cancelled')).toBe(true);
    expect(arrivals.filter(({ detour }) => detour).map(({ line }) => line)).toContain('270');
    expect(
      arrivals.some(({ crowding, stopsAway }) => crowding !== undefined && stopsAway !== undefined),
    ).toBe(true);
    for (const { destination, scheduled } of arrivals) {
      expect(Object.keys(destination).sort()).toEqual(['en', 'ko']);
      expect(scheduled).toBeDefined();
    }
    expect(shown.notices?.body.notices.map(({ severity }) => severity)).toEqual(['warning', 'information']);
    expect(shown.air).toMatchObject({
      sources: ['airkorea'],
      body: {
        station: { ko: '종로구', en: 'Jongno-gu' },
        values: [{ property: 'pm10' }, { property: 'pm2_5' }],
      },
    });
  });

  it('knows its routes, with transfers, first and last buses', async () => {
    const it = await cityRig();
    const routes = it.feeds.content().routes?.body.routes ?? [];
    expect(routes).toHaveLength(10);
    const [line] = routes.filter((route) => route.line === '101');
    expect(line).toMatchObject({ firstBus: '2026-06-02T19:25:10.000Z', destination: { en: 'Seosomun' } });
    expect(line?.stops.filter(({ here }) => here).map(({ name }) => name.en)).toEqual(['Jongno 2-ga']);
    expect(line?.stops.find(({ name }) => name.en === 'Jongno 4-ga, Jongmyo')?.transfers).toContain('143');
    const ids = new Set(routes.map(({ id }) => id));
    for (const { route } of arrivalsOf(it)) expect(ids).toContain(route);
  });

  it('is told anew as time goes by', async () => {
    const it = await cityRig();
    const before = it.contents.length;
    await it.until(() => expect(it.contents.length).toBeGreaterThan(before + 3));
  });

  it.each<[FaultName, string, RegExp]>([
    ['unplugged', 'failing', /FEED_UNREACHABLE/],
    ['silent', 'failing', /FEED_UNREACHABLE.*no whole answer came within 10 s/],
    ['garbage', 'failing', /FEED_NONSENSE.*no GTFS-realtime/],
    ['truncated', 'failing', /FEED_NONSENSE.*no GTFS-realtime/],
    ['out-of-range', 'doubtful', /FEED_NONSENSE.*min/],
    ['stuck', 'doubtful', /FEED_STUCK/],
  ])('whose buses are %s degrades them alone, and the timetable stands in', async (fault, state, message) => {
    const it = await cityRig();
    await it.city.services.buses.setFault(fault);
    await it.until(() => expect(it.state('gtfs-realtime')).toBe(state), 5_000);
    await it.until(() => {
      expect(arrivalsOf(it).length).toBeGreaterThan(10);
      expect(new Set(arrivalsOf(it).map(({ basis }) => basis))).toEqual(new Set(['timetable']));
    }, 10_000);
    const { problem } = it.feeds.status().find(({ feed }) => feed === 'gtfs-realtime') ?? {};
    expect(`${problem?.code} ${problem?.message}`).toMatch(message);
    expect(problem?.hint).not.toBe('');
    expect(it.events).toMatchObject([{ kind: `feed.${state}`, source: 'gtfs-realtime' }]);
    expect([it.state('timetable'), it.state('airkorea')]).toEqual(['ok', 'ok']);
    expect(it.feeds.content().air).not.toBeNull();

    await it.city.services.buses.setFault(undefined);
    await it.until(() => expect(it.state('gtfs-realtime')).toBe('ok'), 10_000);
    expect(it.events.at(-1)).toMatchObject({ kind: 'feed.recovered', source: 'gtfs-realtime' });
    await it.until(() => expect(arrivalsOf(it).some(({ basis }) => basis === 'live')).toBe(true));
  });

  it('whose station is gone keeps its buses, and its last hour until that is old', async () => {
    const it = await cityRig();
    await it.city.services.station.setFault('unplugged');
    await it.until(() => expect(it.state('airkorea')).toBe('failing'), 60_000);
    expect(it.feeds.content().air).not.toBeNull();
    it.clock.step(7 * 3_600_000);
    await it.until(() => expect(arrivalsOf(it).length).toBeGreaterThan(0), 10_000);
    expect(it.feeds.content().air).toBeNull();
  });
});

describe('the feeds of a site', () => {
  it('are none where it names none: what the city sends is shown', async () => {
    const it = await rig('');
    expect(it.feeds.content()).toEqual(nothing);
    expect(it.feeds.status()).toEqual([]);
    const body = { notices: [] };
    it.sent.is = { ...nothing, notices: { issued: 'i', expires: 'e', signedBy: 'city-1', body } };
    it.feeds.look();
    expect(it.contents).toEqual([{ ...it.sent.is, notices: { ...it.sent.is.notices, sources: ['city'] } }]);
    it.feeds.look();
    expect(it.contents).toHaveLength(1);
  });

  it('are not asked and show nothing while nobody knows the time', async () => {
    const upstream = await startUpstream({ '*': '{}' });
    const it = await rig(
      `feeds: { tago: { cityCode: 25, nodeId: N, keyFile: ${keyFile('k')}, url: "${upstream.url}" } }`,
      virtualClock(0),
      false,
    );
    await it.clock.advance(600_000);
    expect(upstream.asked).toEqual([]);
    expect(it.feeds.content().arrivals).toBeNull();
  });

  it('never repeat a key, wherever the upstream puts it', async () => {
    const key = 'q1W+e/r==';
    const upstream = await startUpstream({
      '*': (response, request) => {
        const asked = new URL(request.url ?? '', 'http://x').searchParams.get('serviceKey') ?? '';
        response.end(
          `<r><returnReasonCode>30</returnReasonCode><returnAuthMsg>no ${asked} ${encodeURIComponent(asked)}</returnAuthMsg></r>`,
        );
      },
    });
    const file = keyFile(key);
    const it = await rig(`feeds:
  tago: { cityCode: 25, nodeId: N, keyFile: ${file}, url: "${upstream.url}" }
  seoul: { arsId: "01190", keyFile: ${file}, url: "${upstream.url}" }
  airkorea: { station: 종로구, keyFile: ${file}, url: "${upstream.url}" }
`);
    await it.until(() =>
      expect(new Set(it.feeds.status().map(({ state }) => state))).toEqual(new Set(['failing'])),
    );
    expect(upstream.asked[0]?.searchParams.get('serviceKey')).toBe(key);
    const all = JSON.stringify([it.said, it.events, it.feeds.status(), it.feeds.content()]);
    expect(all).toContain('no … …');
    for (const form of [key, encodeURIComponent(key)]) expect(all).not.toContain(form);
    expect(it.feeds.status().every(({ problem }) => problem?.code === 'FEED_REFUSED')).toBe(true);
  });

  it.each([
    ['is not there', () => '/nowhere/key'],
    ['is empty', () => keyFile('')],
    ['holds more than a key', () => keyFile('one\ntwo')],
  ])('say where their key %s, and ask nobody', async (_, file) => {
    const upstream = await startUpstream({ '*': '{}' });
    const it = await rig(`feeds: { seoul: { arsId: "01190", keyFile: ${file()}, url: "${upstream.url}" } }`);
    await it.until(() => expect(it.state('seoul')).toBe('failing'));
    expect(it.feeds.status()[0]?.problem).toMatchObject({
      code: 'FEED_KEY_UNUSABLE',
      message: expect.stringContaining('feeds.seoul.keyFile'),
    });
    expect(upstream.asked).toEqual([]);
  });

  it('read a new timetable by themselves, and say when one has ended', async () => {
    const folder = gtfsFolder();
    const it = await rig(`feeds: { timetable: { path: ${folder}, stops: [H] } }`);
    await it.until(() => expect(it.state('timetable')).toBe('ok'));
    expect(arrivalsOf(it).map(({ line, expected }) => [line, expected])).toEqual([
      ['5', '2026-06-03T15:10:00.000Z'],
    ]);

    const calendar = smallTimetable['calendar.txt']?.replaceAll('20260630', '20260602') ?? '';
    writeFileSync(join(folder, 'calendar.txt'), calendar);
    writeFileSync(join(folder, 'calendar_dates.txt'), 'service_id,date,exception_type\n');
    writeFileSync(join(folder, 'stop_times.txt'), `${smallTimetable['stop_times.txt']}\n\n`);
    await it.until(() => expect(it.state('timetable')).toBe('doubtful'), 10_000);
    expect(it.feeds.status()[0]?.problem).toMatchObject({
      code: 'TIMETABLE_OVER',
      message: 'The timetable ended before 2026-06-02T15:00:00.000Z.',
    });
    expect(arrivalsOf(it)).toEqual([]);
  });

  it('keep the last good timetable where a new one cannot be read', async () => {
    const folder = gtfsFolder();
    const it = await rig(`feeds: { timetable: { path: ${folder}, stops: [H] } }`);
    await it.until(() => expect(it.state('timetable')).toBe('ok'));
    writeFileSync(join(folder, 'stop_times.txt'), 'half of a');
    await it.until(() => expect(it.state('timetable')).toBe('failing'), 10_000);
    expect(it.feeds.status()[0]?.problem?.code).toBe('TIMETABLE_UNUSABLE');
    expect(arrivalsOf(it)).toHaveLength(1);
  });
});
