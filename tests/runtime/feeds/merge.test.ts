import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { content } from '../../../runtime/api/content.js';
import type { CityContent } from '../../../runtime/downlink/content/shown.js';
import type { FeedId } from '../../../runtime/feeds/feed.js';
import type { FoundArrival } from '../../../runtime/feeds/found.js';
import { mergeContent, type Told } from '../../../runtime/feeds/merge.js';

const now = Date.UTC(2026, 5, 1, 3);
const minute = 60_000;
const iso = (time: number) => new Date(time).toISOString();

const nothing: CityContent = { arrivals: null, routes: null, notices: null, air: null, emergency: null };
const city = { arrivals: 'city', routes: 'city', notices: 'city', air: 'city' } as const;
const feeds = { arrivals: 'feeds', routes: 'feeds', notices: 'feeds', air: 'feeds' } as const;

const bus = (line: string, minutes: number, changes: Partial<FoundArrival> = {}): FoundArrival => ({
  line,
  destination: { ko: '서울역' },
  expected: now + minutes * minute,
  basis: 'live',
  asOf: now,
  status: 'running',
  ...changes,
});
const timetabled = (line: string, minutes: number, changes: Partial<FoundArrival> = {}) =>
  bus(line, minutes, { basis: 'timetable', scheduled: now + minutes * minute, ...changes });

const told = (feed: FeedId, arrivals: FoundArrival[], at = now): Told => ({
  feed,
  at,
  findings: { arrivals },
});

const sent = (line: string, { signedBy = 'city-1' }: { signedBy?: string | null } = {}): CityContent => ({
  ...nothing,
  arrivals: {
    issued: iso(now - 5_000),
    expires: iso(now + minute),
    signedBy,
    body: {
      arrivals: [
        {
          line,
          destination: { ko: '시청' },
          expected: iso(now + minute),
          basis: 'live',
          status: 'running',
          lastOfDay: false,
          detour: false,
        },
      ],
    },
  },
});

/** Line, minutes to go, scheduled minutes, basis. */
function board(given: readonly Told[], { time = now } = {}): string[] {
  const merged = mergeContent(nothing, given, city, time);
  expect(content.parse(merged)).toEqual(merged);
  return (merged.arrivals?.body.arrivals ?? []).map(({ line, expected, scheduled, basis, status }) => {
    const minutes = (text: string) => (Date.parse(text) - now) / minute;
    const late = scheduled === undefined ? '' : ` (${minutes(scheduled)})`;
    return `${line} ${minutes(expected)}${late} ${status === 'cancelled' ? status : basis}`;
  });
}

describe('what the city has signed', () => {
  const both = [told('tago', [bus('5', 3)])];
  const lines = (given: CityContent, prefer: typeof city | typeof feeds, from: Told[] = both) =>
    mergeContent(given, from, prefer, now).arrivals;

  it('wins over the feeds, and says when it was worked out', () => {
    expect(lines(sent('273'), city)).toMatchObject({
      sources: ['city'],
      signedBy: 'city-1',
      body: { arrivals: [{ line: '273', asOf: iso(now - 5_000) }] },
    });
  });

  it('gives way where the site prefers the feeds, and fills in where they tell nothing', () => {
    expect(lines(sent('273'), feeds)).toMatchObject({ sources: ['tago'], signedBy: null });
    expect(lines(sent('273'), feeds, [])?.sources).toEqual(['city']);
    expect(lines(sent('273'), feeds, [told('tago', [bus('5', 3)], now - 6 * minute)])?.sources).toEqual([
      'city',
    ]);
  });

  it('is told from what it has not, which fills in only', () => {
    expect(lines(sent('273', { signedBy: null }), city)?.sources).toEqual(['tago']);
    expect(lines(sent('273', { signedBy: null }), city, [])?.sources).toEqual(['city']);
  });

  it('is of each kind by itself', () => {
    const merged = mergeContent(sent('273'), [{ feed: 'airkorea', at: now, findings: { air } }], city, now);
    expect([merged.arrivals?.sources, merged.air?.sources]).toEqual([['city'], ['airkorea']]);
  });

  it('alone tells of emergencies', () => {
    const emergency = { issued: iso(now), expires: iso(now + minute), signedBy: 'c', body: { messages: [] } };
    expect(mergeContent({ ...nothing, emergency }, both, feeds, now).emergency).toEqual({
      ...emergency,
      sources: ['city'],
    });
  });
});

describe('among feeds', () => {
  it('the newest live word about a line and destination counts', () => {
    expect(
      board([
        told('tago', [bus('5', 3, { asOf: now - 20_000 }), bus('7', 9)]),
        told('seoul', [bus('5', 4), bus('7', 8, { asOf: now - 20_000 })]),
      ]),
    ).toEqual(['5 4 live', '7 9 live']);
  });

  it('lines are told apart by where they go', () => {
    const back = { destination: { ko: '차고지' } };
    expect(board([told('tago', [bus('5', 3)]), told('seoul', [bus('5', 6, back)])])).toEqual([
      '5 3 live',
      '5 6 live',
    ]);
  });

  it('a live bus takes the place of its run in the timetable, and gets its time', () => {
    expect(
      board([
        told('timetable', [timetabled('5', 2, { run: 'a' }), timetabled('5', 12, { run: 'b' })]),
        told('gtfs-realtime', [bus('5', 6, { run: 'a' })]),
      ]),
    ).toEqual(['5 6 (2) live', '5 12 (12) timetable']);
  });

  it('a bus that has passed, or does not run, is not put back by the timetable', () => {
    expect(
      board([
        told('timetable', [timetabled('5', 2, { run: 'a' }), timetabled('5', 4, { run: 'b' })]),
        told('gtfs-realtime', [bus('5', -1, { run: 'a' }), bus('5', 4, { run: 'b', status: 'cancelled' })]),
      ]),
    ).toEqual(['5 4 (4) cancelled']);
  });

  it('a bus that does not name its run is the nearest of its line, and the timetable goes on behind it', () => {
    expect(
      board([
        told('timetable', [timetabled('5', -8), timetabled('5', 1), timetabled('5', 9), timetabled('5', 18)]),
        told('tago', [bus('5', 3), bus('5', 10)]),
      ]),
    ).toEqual(['5 3 (1) live', '5 10 (9) live', '5 18 (18) timetable']);
  });

  it('lines whose destinations have other names in each feed are not told twice', () => {
    expect(
      board([
        told('timetable', [timetabled('5', 2), timetabled('5', 30)]),
        told('tago', [bus('5', 3, { destination: { ko: '서울역버스환승센터' } })]),
      ]),
    ).toEqual(['5 3 (2) live', '5 30 (30) timetable']);
  });

  it('another branch of a line stays where the names tell them apart', () => {
    const branch = { destination: { ko: '차고지' } };
    expect(
      board([
        told('timetable', [timetabled('5', 2), timetabled('5', 4, branch)]),
        told('tago', [bus('5', 5)]),
      ]),
    ).toEqual(['5 4 (4) timetable', '5 5 (2) live']);
  });

  it('the timetable adds languages, the last bus, and a destination that the live feed lacks', () => {
    const last = timetabled('5', 2, { lastOfDay: true, destination: { ko: '서울역', en: 'Seoul Station' } });
    const [arrival] =
      mergeContent(
        nothing,
        [told('timetable', [last]), told('tago', [bus('5', 3, { destination: {} })])],
        city,
        now,
      ).arrivals?.body.arrivals ?? [];
    expect(arrival).toMatchObject({ destination: { ko: '서울역', en: 'Seoul Station' }, lastOfDay: true });
  });

  it('the timetable stands in where the live word is old, missing, or of a feed that is dead', () => {
    const plan = told('timetable', [timetabled('5', 2)]);
    const old = [told('tago', [bus('5', 3, { asOf: now - 5 * minute })])];
    for (const live of [old, [], [told('tago', [bus('5', 3)], now - 5 * minute)], [told('tago', [])]]) {
      expect(board([plan, ...live])).toEqual(['5 2 (2) timetable']);
    }
  });

  it('nothing comes is told from nothing known', () => {
    const arrivals = (given: Told[]) => mergeContent(nothing, given, city, now).arrivals;
    expect(arrivals([told('tago', [])])?.body.arrivals).toEqual([]);
    expect(arrivals([])).toBeNull();
    expect(arrivals([told('tago', [], now - 5 * minute)])).toBeNull();
  });

  it('a bus leaves the board half a minute after its time', () => {
    const live = [told('tago', [bus('5', 1)])];
    expect(board(live, { time: now + 89_000 })).toEqual(['5 1 live']);
    expect(board(live, { time: now + 90_000 })).toEqual([]);
  });

  it('40 of a kind and more are cut to what the contract allows', () => {
    const many = Array.from({ length: 90 }, (_, index) => bus(`${index}`, index + 1));
    expect(board([told('tago', many)])).toHaveLength(50);
  });

  it('routes are those of one feed, and arrivals name those alone', () => {
    const route = { id: 'R5', line: '5', destination: { ko: '서울역' }, stops: [] };
    const merged = mergeContent(
      nothing,
      [
        { feed: 'timetable', at: now, findings: { routes: [route], arrivals: [] } },
        {
          feed: 'tago',
          at: now,
          findings: {
            routes: [{ ...route, id: 'T' }],
            arrivals: [bus('5', 3, { route: 'T' }), bus('7', 3, { route: 'R5' })],
          },
        },
      ],
      city,
      now,
    );
    expect(merged.routes?.sources).toEqual(['timetable']);
    expect(merged.arrivals?.body.arrivals.map(({ route }) => route)).toEqual([undefined, 'R5']);
  });
});

const air = {
  station: { ko: '종로구' },
  source: { ko: '에어코리아' },
  values: [
    { property: 'pm10' as const, value: 36, time: now - 60 * minute },
    { property: 'pm2_5' as const, value: 0, time: now - 60 * minute },
  ],
  absent: [],
};

describe('official air', () => {
  const shown = (at: number, found = air) =>
    mergeContent(nothing, [{ feed: 'airkorea', at, findings: { air: found } }], city, at).air;

  it('is what the station said, 0 included, with its own time', () => {
    expect(shown(now)?.body.values).toEqual([
      { property: 'pm10', value: 36, time: iso(now - 60 * minute) },
      { property: 'pm2_5', value: 0, time: iso(now - 60 * minute) },
    ]);
  });

  it('goes when it is too old to mean anything', () => {
    expect(shown(now + 5 * 60 * minute)).toBeNull();
    const absent = [{ property: 'pm10' as const, why: 'maintenance' as const }];
    expect(shown(now, { ...air, values: [], absent: absent as never })?.body.values).toEqual([]);
  });
});

it('what is merged always keeps the contract, whatever the feeds found', () => {
  const text = fc.string({ unit: 'binary', maxLength: 120 });
  const texts = fc.dictionary(fc.oneof(fc.constantFrom('ko', 'en', 'ko-KR', 'zh_Hans'), text), text, {
    noNullPrototype: true,
  });
  const time = fc.integer({ min: now - 600_000, max: now + 7_200_000 });
  const arrival: fc.Arbitrary<FoundArrival> = fc.record(
    {
      line: text,
      destination: texts,
      route: text,
      run: fc.constantFrom('a', 'b'),
      expected: time,
      scheduled: time,
      basis: fc.constantFrom('live', 'timetable'),
      asOf: time,
      status: fc.constantFrom('running', 'delayed', 'cancelled'),
      stopsAway: fc.nat(500),
      lowFloor: fc.boolean(),
    },
    { requiredKeys: ['line', 'destination', 'expected', 'basis', 'asOf', 'status'] },
  );
  const route = fc.record({
    id: text,
    line: text,
    destination: texts,
    stops: fc.array(fc.record({ name: texts, here: fc.boolean(), transfers: fc.array(text) }), {
      maxLength: 5,
    }),
    firstBus: time,
  });
  const notice = fc.record({
    id: text,
    severity: fc.constantFrom('information' as const, 'warning' as const),
    title: texts,
    text: texts,
  });
  const findings = fc.record(
    {
      arrivals: fc.array(arrival, { maxLength: 8 }),
      routes: fc.array(route, { maxLength: 4 }),
      notices: fc.array(notice, { maxLength: 25 }),
      air: fc.record({
        station: texts,
        source: texts,
        values: fc.constant(air.values),
        absent: fc.constant(air.absent),
      }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(findings, { maxLength: 3 }), (all) => {
      const ids = ['timetable', 'tago', 'seoul'] as const;
      const merged = mergeContent(
        nothing,
        all.map((findings, index) => ({ feed: ids[index] ?? 'tago', at: now, findings })),
        city,
        now,
      );
      expect(content.parse(JSON.parse(JSON.stringify(merged)))).toEqual(merged);
    }),
    { numRuns: 40 },
  );
});
