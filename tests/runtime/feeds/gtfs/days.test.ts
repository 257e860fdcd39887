import { describe, expect, it } from 'vitest';
import { dayAt, readDay, readTime, runsOn, timeOn } from '../../../../runtime/feeds/gtfs/days.js';
import { timeZone } from '../../../../runtime/life/time-zone.js';

const berlin = timeZone('Europe/Berlin');
const seoul = timeZone('Asia/Seoul');
const day = (text: string) => readDay(text) ?? Number.NaN;
const at = (text: string, time: string, zone = berlin) =>
  new Date(timeOn(day(text), readTime(time) ?? Number.NaN, zone)).toISOString();

describe('a time of a day of service', () => {
  it.each([
    ['20260603', '08:30:00', '2026-06-03T06:30:00.000Z'],
    ['20260603', '25:10:00', '2026-06-03T23:10:00.000Z'],
    // The clocks go forward at 2:00 and back at 3:00: what stands in the timetable is what they show by then.
    ['20260329', '08:00:00', '2026-03-29T06:00:00.000Z'],
    ['20260329', '24:30:00', '2026-03-29T22:30:00.000Z'],
    ['20261025', '08:00:00', '2026-10-25T07:00:00.000Z'],
    ['20260328', '26:30:00', '2026-03-29T01:30:00.000Z'],
  ])('%s at %s is counted from noon less 12 hours', (date, time, iso) => {
    expect(at(date, time)).toBe(iso);
  });

  it('knows zones without such days', () => {
    expect(at('20260603', '24:10:00', seoul)).toBe('2026-06-03T15:10:00.000Z');
    expect(dayAt(Date.UTC(2026, 5, 3, 15), seoul)).toBe(day('20260604'));
  });

  it.each(['24', '8:30', '08:60:00', '-1:00:00', '', 'noon'])('is none: %j', (text) => {
    expect(readTime(text)).toBeUndefined();
  });

  it.each(['2026-06-03', '20260230', '20261301', ''])('is on no day: %j', (text) => {
    expect(readDay(text)).toBeUndefined();
  });
});

describe('a service', () => {
  const service = {
    weekdays: [true, true, true, true, true, false, false],
    from: day('20260601'),
    to: day('20260630'),
    added: new Set([day('20260606'), day('20260704')]),
    removed: new Set([day('20260603')]),
  };

  it.each([
    ['20260601', true],
    ['20260605', true],
    ['20260607', false],
    ['20260603', false],
    ['20260606', true],
    ['20260704', true],
    ['20260531', false],
    ['20260701', false],
  ])('runs on %s: %s', (date, runs) => {
    expect(runsOn(service, day(date))).toBe(runs);
  });
});
