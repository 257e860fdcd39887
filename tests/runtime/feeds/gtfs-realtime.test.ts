import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFiles } from '../../../runtime/feeds/gtfs/files.js';
import { readTimetable } from '../../../runtime/feeds/gtfs/read.js';
import { readRealtime } from '../../../runtime/feeds/gtfs/realtime.js';
import { findUpdates } from '../../../runtime/feeds/gtfs/updates.js';
import { gtfsRealtimeFeed } from '../../../runtime/feeds/gtfs-realtime.js';
import { httpFetch } from '../../../runtime/feeds/http-fetch.js';
import { keyFrom } from '../../../runtime/feeds/key.js';
import { sinceMidnight } from '../../../runtime/feeds/pace.js';
import { timeZone } from '../../../runtime/life/time-zone.js';
import { bytes, message, number } from '../../../simulators/city/wire.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { gtfsFolder } from '../../rigs/gtfs.js';
import { keyFile } from '../../rigs/key-file.js';
import { startUpstream } from '../../rigs/upstream.js';

const seoul = (text: string) => Date.parse(`${text}+09:00`);
const seconds = (text: string) => seoul(text) / 1_000;

/** A Wednesday, on which line 5 comes at 8:10, 9:10 and, after midnight, at 0:10. */
const now = seoul('2026-06-03T08:00');
const made = now / 1_000 - 20;

const files = await openFiles(gtfsFolder());
const timetable = await readTimetable(files, { stops: ['H'], language: 'ko' });

/** Trip descriptors, stop time updates and so on, as their .proto has them. */
const trip = (id: string, { date = '20260603', relationship = 0, route = 'R5', start = '' } = {}) =>
  bytes(
    1,
    message(
      bytes(1, id),
      ...(start ? [bytes(2, start)] : []),
      ...(date ? [bytes(3, date)] : []),
      number(4, relationship),
      bytes(5, route),
    ),
  );
const stop = ({
  sequence,
  id,
  time,
  delay,
  departure,
  relationship = 0,
  occupancy,
}: {
  sequence?: number;
  id?: string;
  time?: number;
  delay?: number;
  departure?: number;
  relationship?: number;
  occupancy?: number;
}) => {
  const event = [
    ...(delay === undefined ? [] : [number(1, delay)]),
    ...(time === undefined ? [] : [number(2, time)]),
  ];
  return bytes(
    2,
    message(
      ...(sequence === undefined ? [] : [number(1, sequence)]),
      ...(event.length > 0 ? [bytes(2, message(...event))] : []),
      ...(departure === undefined ? [] : [bytes(3, message(number(2, departure)))]),
      ...(id === undefined ? [] : [bytes(4, id)]),
      number(5, relationship),
      ...(occupancy === undefined ? [] : [number(7, occupancy)]),
    ),
  );
};
let entities = 0;
const entity = (field: number, content: Uint8Array) =>
  bytes(2, message(bytes(1, `e${entities++}`), bytes(field, content)));
const update = (...parts: Uint8Array[]) => entity(3, message(...parts));
const vehicle = (...parts: Uint8Array[]) => entity(4, message(...parts));
const alert = (...parts: Uint8Array[]) => entity(5, message(...parts));
const texts = (field: number, words: Record<string, string>) =>
  bytes(
    field,
    message(
      ...Object.entries(words).map(([tag, text]) =>
        bytes(1, message(bytes(1, text), ...(tag === 'und' ? [] : [bytes(2, tag)]))),
      ),
    ),
  );
const feedOf = (parts: Uint8Array[], timestamp = made) =>
  message(bytes(1, message(bytes(1, '2.0'), number(2, 0), number(3, timestamp))), ...parts);

async function ask(given: Uint8Array[] | Uint8Array, { key = false, at = now } = {}) {
  const upstream = await startUpstream({
    '/feed': Array.isArray(given) ? feedOf(given, at / 1_000 - 20) : given,
  });
  const clock = virtualClock(at);
  const feed = gtfsRealtimeFeed({
    config: { url: `${upstream.url}/feed`, keyName: 'x-api-key', keyIn: 'query', interval: 20_000 },
    fetch: httpFetch(clock),
    key: key ? keyFrom(keyFile('geheim'), 'feeds.gtfsRealtime.keyFile') : undefined,
    timetable: async () => timetable,
    clock,
    hours: { from: sinceMidnight('05:00'), to: sinceMidnight('00:30') },
    zone: timeZone('Asia/Seoul'),
  });
  return { ...(await feed.ask()), feed, upstream };
}

describe('GTFS-realtime', () => {
  it('says when a bus comes that the timetable knows, and what is on it', async () => {
    const { findings, doubt } = await ask([
      update(trip('5-1'), stop({ sequence: 5, time: seconds('2026-06-03T08:12') }), number(4, made - 10)),
      vehicle(trip('5-1'), number(3, 2), number(4, 2), number(9, 3)),
    ]);
    expect(doubt).toBeUndefined();
    expect(findings.arrivals).toEqual([
      {
        line: '5',
        destination: { ko: '라역', en: 'Station D' },
        route: 'R5',
        run: '["5-1",20607,null]',
        expected: seoul('2026-06-03T08:12'),
        scheduled: seoul('2026-06-03T08:10'),
        basis: 'live',
        asOf: (made - 10) * 1_000,
        status: 'running',
        stopsAway: 2,
        crowding: 'standing',
        lowFloor: true,
        detour: false,
      },
    ]);
  });

  const expectedBy = async (...parts: Uint8Array[]) =>
    (await ask([update(trip('5-1'), ...parts)])).findings.arrivals?.map(({ expected }) =>
      new Date(expected + 9 * 3_600_000).toISOString().slice(11, 19),
    );

  it('may give a time, a delay, an early arrival, or only a departure', async () => {
    expect(await expectedBy(stop({ id: 'H', time: seconds('2026-06-03T08:13') }))).toEqual(['08:13:00']);
    expect(await expectedBy(stop({ sequence: 5, delay: 90 }))).toEqual(['08:11:30']);
    expect(await expectedBy(stop({ sequence: 5, delay: -60 }))).toEqual(['08:09:00']);
    expect(await expectedBy(stop({ sequence: 5, departure: seconds('2026-06-03T08:14') }))).toEqual([
      '08:14:00',
    ]);
  });

  it('says it of a stop before: its delay goes on until another is told', async () => {
    expect(await expectedBy(stop({ sequence: 1, delay: 60 }), stop({ sequence: 2, delay: 120 }))).toEqual([
      '08:12:00',
    ]);
    expect(await expectedBy(stop({ sequence: 1, delay: 60 }), stop({ sequence: 9, delay: 999 }))).toEqual([
      '08:11:00',
    ]);
    expect(await expectedBy(number(5, 180))).toEqual(['08:13:00']);
    // When it comes to another stop is nothing that can be told of ours.
    expect(await expectedBy(stop({ sequence: 2, time: seconds('2026-06-03T08:07') }))).toEqual([]);
  });

  it('says nothing where it has no data: then the timetable has the word', async () => {
    expect(await expectedBy(stop({ sequence: 5, relationship: 2 }))).toEqual([]);
    expect(
      await expectedBy(stop({ sequence: 2, delay: 60 }), stop({ sequence: 5, relationship: 2 })),
    ).toEqual([]);
    expect(await expectedBy()).toEqual([]);
  });

  it('says that a bus has passed by telling of later stops alone', async () => {
    expect(await expectedBy(stop({ sequence: 6, delay: -700 }))).toEqual(['07:59:00']);
  });

  it('says which do not run, or do not stop here', async () => {
    const { findings } = await ask([
      update(trip('5-1', { relationship: 3 })),
      update(trip('5-2'), stop({ sequence: 5, relationship: 1 })),
      update(trip('5-3', { relationship: 7 })),
    ]);
    expect(findings.arrivals).toMatchObject([
      { status: 'cancelled', expected: seoul('2026-06-03T08:10'), run: '["5-1",20607,null]' },
      { status: 'cancelled', expected: seoul('2026-06-03T09:10') },
    ]);
  });

  it('says which are late', async () => {
    const { findings } = await ask([
      update(trip('5-1'), stop({ sequence: 5, delay: 299 })),
      update(trip('5-2'), stop({ sequence: 5, delay: 300 })),
    ]);
    expect(findings.arrivals?.map(({ status }) => status)).toEqual(['running', 'delayed']);
  });

  it('speaks of the nearest day where it names none', async () => {
    const { findings } = await ask([update(trip('5-3', { date: '' }), stop({ sequence: 5, delay: 60 }))], {
      at: seoul('2026-06-03T00:05'),
    });
    expect(findings.arrivals?.[0]?.expected).toBe(seoul('2026-06-03T00:11'));
  });

  it('speaks of a run of a trip that is run again and again by its start', async () => {
    const { findings } = await ask(
      [
        update(
          trip('7-1', { date: '20260607', route: 'R7', start: '10:10:00' }),
          stop({ sequence: 1, delay: 60 }),
        ),
      ],
      { at: seoul('2026-06-07T10:05') },
    );
    expect(findings.arrivals).toMatchObject([
      { line: '순환 7', run: '["7-1",20611,36600]', expected: seoul('2026-06-07T10:11') },
    ]);
  });

  it('may add buses to a route, where it is known to where they go', async () => {
    const { findings, doubt } = await ask([
      update(trip('extra', { relationship: 1 }), stop({ id: 'H', time: seconds('2026-06-03T08:30') })),
    ]);
    expect(doubt).toBeUndefined();
    expect(findings.arrivals).toMatchObject([
      { line: '5', expected: seoul('2026-06-03T08:30'), status: 'running' },
    ]);
  });

  it('is doubted where it tells of a route that the timetable does not know', async () => {
    const { findings, doubt } = await ask([
      update(trip('x', { route: 'R99' }), stop({ id: 'H', time: seconds('2026-06-03T08:30') })),
      update(trip('y', { route: 'R98' }), stop({ id: 'Z', time: seconds('2026-06-03T08:30') })),
    ]);
    expect(findings.arrivals).toEqual([]);
    expect(doubt).toMatchObject({
      code: 'FEED_NONSENSE',
      message: 'Trip x of route R99 is not in the timetable.',
    });
  });

  it.each([
    ['hours ahead', stop({ sequence: 5, delay: 4 * 3_600 }), 'Line 5 is said to come in 250 min.'],
    ['long past', stop({ sequence: 5, delay: -3_600 }), 'Line 5 is said to have come 50 min ago.'],
    ['a time beyond numbers', stop({ sequence: 5, time: 2 ** 60 }), undefined],
  ])('is doubted where it says %s', async (_, part, said) => {
    const { findings, doubt } = await ask([update(trip('5-1'), part)]);
    expect(findings.arrivals).toEqual([]);
    expect(doubt?.message).toBe(said);
  });

  it('is doubted where a bus that has passed is still to come', async () => {
    const { findings, doubt } = await ask([
      update(trip('5-1'), stop({ sequence: 5, delay: 0 })),
      vehicle(trip('5-1'), number(3, 9), number(4, 1)),
    ]);
    expect(findings.arrivals?.[0]).not.toHaveProperty('stopsAway');
    expect(doubt?.message).toBe('Line 5 is said to be -2 stops away.');
  });

  it('is doubted where it is old or from the future', async () => {
    const part = update(trip('5-1'), stop({ sequence: 5, delay: 0 }));
    expect((await ask(feedOf([part], made - 600))).doubt).toMatchObject({ code: 'FEED_STUCK' });
    expect((await ask(feedOf([part], made + 600))).doubt?.message).toBe(
      'Line 5 was worked out 580 s in the future.',
    );
  });

  it('brings notices about this stop and its lines, and marks detours', async () => {
    const { findings } = await ask([
      update(trip('5-1'), stop({ sequence: 5, delay: 0 })),
      alert(
        bytes(5, bytes(2, 'R5')),
        number(7, 4),
        texts(10, { und: '우회', en: 'Detour' }),
        texts(11, { ko: '공사' }),
      ),
      alert(bytes(5, bytes(5, 'H')), number(7, 7), texts(10, { ko: '승강기' })),
      alert(bytes(5, bytes(1, '1')), number(14, 4), texts(10, { ko: '모두' })),
      alert(bytes(5, bytes(2, 'R9')), texts(10, { ko: '다른 노선' })),
      alert(bytes(5, bytes(5, 'C')), texts(10, { ko: '다른 정류장' })),
      alert(bytes(1, number(2, made - 60)), bytes(5, bytes(5, 'H')), texts(10, { ko: '지난 일' })),
    ]);
    expect(findings.arrivals?.[0]?.detour).toBe(true);
    expect(findings.notices?.map(({ severity, title, text }) => [severity, title, text])).toEqual([
      ['warning', { ko: '우회', en: 'Detour' }, { ko: '공사' }],
      ['information', { ko: '승강기' }, undefined],
      ['warning', { ko: '모두' }, undefined],
    ]);
  });

  it('gets its key as a parameter or a header, and never repeats it', async () => {
    const { upstream, feed } = await ask([], { key: true });
    expect(upstream.asked[0]?.searchParams.get('x-api-key')).toBe('geheim');
    expect(feed.hide('no geheim here')).toBe('no … here');
  });

  it.each([
    ['a page', Buffer.from('<html>'), 'FEED_NONSENSE'],
    ['nothing', Buffer.alloc(0), 'FEED_NONSENSE'],
    ['half of a feed', feedOf([update(trip('5-1'))]).subarray(0, 40), 'FEED_NONSENSE'],
  ])('is no %s', async (_, body, code) => {
    await expect(ask(body)).rejects.toMatchObject({ code });
  });

  it('is read without a throw, whatever its bytes are', () => {
    const concern = { trips: timetable.trips, stops: ['H'] };
    const whole = feedOf([
      update(trip('5-1'), stop({ sequence: 5, delay: 60, occupancy: 2 })),
      vehicle(trip('5-1'), number(3, 2)),
      alert(bytes(5, bytes(5, 'H')), texts(10, { ko: '승강기' })),
    ]);
    const judge = (given: Uint8Array) => {
      const feed = readRealtime(given, concern);
      if (feed) findUpdates(feed, timetable, { now, made: now });
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), judge));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        judge(damaged);
      }),
    );
  });
});
