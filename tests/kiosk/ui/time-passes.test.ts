import { describe, expect, it } from 'vitest';
import type { Language } from '../../../config/catalogue/languages.js';
import { formatDate, formatTime } from '../../../kiosk/ui/i18n/format.js';
import { createPage, type Page } from '../../../kiosk/ui/state/page.js';
import { hoursOf, lifeOf } from '../../runtime/life/stop.js';
import { type Arrival, arrival, contentNow, sent } from '../city-scene.js';
import { lifeNow, now } from '../scene.js';

const minute = 60_000;
const iso = (time: number) => new Date(time).toISOString();

/** What stands on the board at a second. */
interface Second {
  time: number;
  clock: string | undefined;
  date: string | undefined;
  /** By line: minutes, or a time of day. */
  buses: Record<string, number | string | undefined>;
  order: string[];
}

/** Watches a board, second by second in virtual time, of a shelter that goes on telling of the same buses. */
function watch({
  from,
  seconds,
  zone,
  arrivals,
}: {
  from: number;
  seconds: number;
  zone: string;
  arrivals(asOf: number): Arrival[];
}): Second[] {
  const page = createPage(0, []);
  const { site } = now();
  page.hear({ name: 'now', data: now({ time: iso(from), site: { ...site, timeZone: zone } }) }, 0);
  page.hear({ name: 'life', data: lifeNow() }, 0);
  const seen: Second[] = [];
  for (let second = 0; second < seconds; second++) {
    const instant = second * 1_000;
    const time = from + instant;
    if (second % 2 === 0) page.hear({ name: 'beat', data: { time: iso(time) } }, instant);
    if (second % 20 === 0) {
      const data = contentNow(time, { arrivals: sent(time, { arrivals: arrivals(time) }) });
      page.hear({ name: 'content', data }, instant);
    }
    page.tick(instant);
    seen.push(look(page, zone, 'en'));
  }
  return seen;
}

function look(page: Page, zone: string, language: Language): Second {
  const time = page.board.value.time ?? Number.NaN;
  const { rows } = page.arrivals.value;
  const shown = rows.map(({ arrival: { line }, when }) => {
    if (when.shows === 'time') return [line, formatTime(when.time, zone, language)];
    return [line, when.shows === 'minutes' ? when.minutes : undefined];
  });
  return {
    time,
    clock: formatTime(time, zone, language),
    date: formatDate(time, zone, language),
    buses: Object.fromEntries(shown),
    order: rows.map(({ arrival: { line } }) => line),
  };
}

/** What followed what, without repetitions. */
function changes<T>(values: readonly T[]): T[] {
  return values.filter((value, index) => index === 0 || value !== values[index - 1]);
}

/** Minutes never grow, and each lasts a minute. */
function expectSteadyCountdown(seen: readonly Second[], line: string): void {
  const minutes = seen.map(({ buses }) => buses[line]).filter((each) => typeof each === 'number');
  const steps = changes(minutes);
  expect(steps).toEqual(steps.map((_, index) => (steps[0] ?? 0) - index));
  for (const step of steps.slice(1, -1)) {
    expect(minutes.filter((each) => each === step)).toHaveLength(60);
  }
}

describe('From 23:59 to 00:01', () => {
  const from = Date.parse('2026-12-31T23:58:50+09:00');
  const seen = watch({
    from,
    seconds: 150,
    zone: 'Asia/Seoul',
    arrivals: (asOf) => [
      arrival(from, 'after', 4, { asOf: iso(asOf) }),
      arrival(from, 'at', 1, { expected: '2026-12-31T15:00:00.000Z', asOf: iso(asOf) }),
      arrival(from, 'table', 1, { basis: 'timetable', expected: '2026-12-31T15:02:00.000Z' }),
      arrival(from, 'before', 1, { expected: '2026-12-31T14:59:30.000Z', asOf: iso(asOf) }),
    ],
  });

  it('the clock passes 00:00, and day, month and year turn with it', () => {
    expect(changes(seen.map(({ clock }) => clock))).toEqual(['23:58', '23:59', '00:00', '00:01']);
    expect(changes(seen.map(({ date }) => date))).toEqual(
      ['Thursday 31 December', 'Friday 1 January'].map(english),
    );
    const first = seen.find(({ clock }) => clock === '00:00');
    expect(first?.time).toBe(Date.parse('2027-01-01T00:00:00+09:00'));
    expect(first?.date).toContain('January');
  });

  it('buses are counted down over midnight, stay in their order, and leave a minute after their time', () => {
    for (const line of ['before', 'at', 'after']) expectSteadyCountdown(seen, line);
    expect(new Set(seen.map(({ buses }) => buses.table))).toEqual(new Set(['00:02']));
    expect(changes(seen.map(({ order }) => order.join(' ')))).toEqual([
      'before at table after',
      'at table after',
      'table after',
    ]);
    const left = seen.find(({ order }) => !order.includes('at'));
    expect(left?.time).toBe(Date.parse('2027-01-01T00:01:00+09:00'));
  });
});

/** As a formatter of this machine writes it. */
function english(text: string): string {
  const [weekday, day, month] = text.split(' ');
  return `${weekday}, ${month} ${day}`;
}

describe.each([
  ['to summer time', '2026-03-29T00:57:00Z', ['01:57', '01:58', '01:59', '03:00', '03:01', '03:02'], '03:20'],
  ['to winter time', '2026-10-25T00:57:00Z', ['02:57', '02:58', '02:59', '02:00', '02:01', '02:02'], '02:20'],
] as const)('In Europe, when clocks are put %s', (_, start, clocks, byTimetable) => {
  const zone = 'Europe/Berlin';
  const from = Date.parse(start);
  const seen = watch({
    from,
    seconds: 360,
    zone,
    arrivals: (asOf) => [
      arrival(from, 'soon', 5, { asOf: iso(asOf) }),
      arrival(from, 'late', 20, { asOf: iso(asOf) }),
      arrival(from, 'table', 23, { basis: 'timetable', expected: iso(from + 23 * minute) }),
    ],
  });

  it('the clock jumps with them, and the date stays', () => {
    expect(changes(seen.map(({ clock }) => clock))).toEqual(clocks);
    expect(new Set(seen.map(({ date }) => date)).size).toBe(1);
  });

  it('a bus is as many minutes away as it was, and a timetable says what the clock will say', () => {
    for (const line of ['soon', 'late']) expectSteadyCountdown(seen, line);
    expect(new Set(seen.map(({ buses }) => buses.table))).toEqual(new Set([byTimetable]));
    expect(changes(seen.map(({ order }) => order.join(' ')))).toEqual(['soon late table']);
  });

  it('the grade of the air is made from as many hours as before', () => {
    const said = {
      'air/pm2_5': { value: 40, hours: hoursOf(24, 40) },
      'air/pm10': { value: 60, hours: hoursOf(24, 60) },
    };
    const at = (time: number) =>
      lifeOf(said, { profile: 'european-union', zone, languages: ['en'], at: iso(time) }).air;
    expect(at(from)).toMatchObject({ index: 'eaqi', grade: 'moderate', basis: 'hour' });
    expect(at(from + 6 * minute)).toEqual(at(from));
  });
});
