import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import { hoursOf, lifeOf, type StopOptions } from './stop.js';

/** Hourly means before a full hour, told from the oldest to the newest, as days go. */
function upTo(...hours: (number | undefined)[]): (number | undefined)[] {
  return hours.toReversed();
}

/** A day of 24 hours that is coldest at 6 and hottest at 15. */
function day(coldest: number, hottest: number): number[] {
  return Array.from({ length: 24 }, (_, hour) => {
    const warmth = hour <= 6 || hour > 15 ? 0 : (hour - 6) / 9;
    return hour === 6 ? coldest : coldest + 1 + (hottest - coldest - 1) * warmth;
  });
}

const levelsOf = (life: ReturnType<typeof lifeOf>) =>
  Object.fromEntries(life.alerts.map(({ alert, of, level }) => [of ?? alert, level]));

describe('an alert of particles', () => {
  const alertsAfter = (pm2_5: (number | undefined)[], pm10: (number | undefined)[] = hoursOf(72, 20)) =>
    levelsOf(lifeOf({ 'air/pm2_5': { value: 20, hours: pm2_5 }, 'air/pm10': { value: 20, hours: pm10 } }));

  it('is raised by two bad hours and lasts until an hour is good', () => {
    expect(alertsAfter(upTo(20, 20, 80))).toEqual({});
    expect(alertsAfter(upTo(20, 80, 75))).toEqual({ pm2_5: 'advisory' });
    expect(alertsAfter(upTo(80, 80, 40, 40, 35))).toEqual({ pm2_5: 'advisory' });
    expect(alertsAfter(upTo(80, 80, 40, 40, 34))).toEqual({});
    expect(alertsAfter(upTo(80, 160, 150, 100))).toEqual({ pm2_5: 'warning' });
    expect(alertsAfter(hoursOf(72, 20), upTo(20, 160, 151))).toEqual({ pm10: 'advisory' });
  });

  it('outlives gaps, and a sensor that says nothing just now', () => {
    expect(alertsAfter(upTo(80, 80, undefined, 60))).toEqual({ pm2_5: 'advisory' });
    const silent = lifeOf({ 'air/pm2_5': { value: null, hours: upTo(80, 80, 60) } });
    expect(levelsOf(silent)).toEqual({ pm2_5: 'advisory' });
    expect(silent.air.grade).toBeNull();
  });

  it('is told with its word and advice, whose source is named', () => {
    const [alert] = lifeOf({ 'air/pm2_5': { value: 20, hours: upTo(80, 80) } }).alerts;
    expect(alert?.shown?.word).toEqual({ ko: '미세먼지 주의보', en: 'Fine dust advisory' });
    expect(alert?.advice).toHaveLength(3);
    expect(alert?.sources.length).toBeGreaterThan(0);
  });

  it('cannot be told of without the last two hours', () => {
    const { alerts, unjudged } = lifeOf({
      'air/pm2_5': { value: 20, hours: upTo(80, 80, 80, undefined, undefined) },
    });
    expect(alerts).toEqual([]);
    expect(unjudged).toMatchObject([
      { alert: 'pm-alert-kr', of: 'pm2_5', absent: { code: 'too-few-hours' } },
      { alert: 'pm-alert-kr', of: 'pm10', absent: { code: 'input-missing' } },
      { alert: 'heat-advisory' },
      { alert: 'cold-advisory' },
    ]);
  });

  it('goes by the sensor with the newest hour, and of several by the first of the site', () => {
    const life = lifeOf({
      'old/pm2_5': { value: 20, hours: upTo(20, 20, undefined) },
      'one/pm2_5': { value: null, hours: upTo(80, 80) },
      'two/pm2_5': { value: 20, hours: upTo(20, 20) },
    });
    expect(levelsOf(life)).toEqual({ pm2_5: 'advisory' });
  });

  it('is not there in a profile without alerts', () => {
    const said = { 'air/pm2_5': { value: 200, hours: hoursOf(72, 200) } };
    expect(lifeOf(said, { profile: 'european-union' })).toMatchObject({ alerts: [], unjudged: [] });
  });
});

describe('a heat advisory', () => {
  /** With air so moist that it feels as hot as it is, to a degree. */
  function at(options: StopOptions, ...days: (number | undefined)[][]) {
    const temperature = upTo(...days.flat());
    const humidity = temperature.map((each) => each && 60);
    return lifeOf(
      {
        'roof/temperature': { value: 25, hours: temperature },
        'roof/humidity': { value: 60, hours: humidity },
      },
      options,
    );
  }
  const hot = day(24, 33.5);
  const mild = day(20, 28);
  const evening = { at: '2026-07-15T20:10:00+09:00' };
  const forenoon = { at: '2026-07-15T11:10:00+09:00' };
  const afternoon = { at: '2026-07-15T16:10:00+09:00' };

  it('is there after two hot days, and the third day until its evening', () => {
    expect(levelsOf(at(evening, hot, hot.slice(0, 20)))).toEqual({ 'heat-advisory': 'advisory' });
    expect(levelsOf(at(evening, mild, hot.slice(0, 20)))).toEqual({});
    expect(levelsOf(at(evening, hot, mild.slice(0, 20)))).toEqual({});
    expect(levelsOf(at(forenoon, hot, hot, mild.slice(0, 11)))).toEqual({ 'heat-advisory': 'advisory' });
    expect(levelsOf(at(evening, hot, hot, mild.slice(0, 20)))).toEqual({});
  });

  it('begins on the second day as soon as that is hot', () => {
    expect(levelsOf(at(forenoon, mild, hot, hot.slice(0, 11)))).toEqual({});
    expect(levelsOf(at(afternoon, mild, hot, hot.slice(0, 16)))).toEqual({ 'heat-advisory': 'advisory' });
  });

  it('is a warning from 35 °C on', () => {
    const veryHot = day(26, 36);
    expect(levelsOf(at(evening, veryHot, veryHot.slice(0, 20)))).toEqual({ 'heat-advisory': 'warning' });
    expect(levelsOf(at(evening, hot, veryHot.slice(0, 20)))).toEqual({ 'heat-advisory': 'advisory' });
  });

  it('cannot be told of where a day lacks its hours, nor out of season', () => {
    const gappy = hot.map((each, hour) => (hour < 7 ? undefined : each));
    const absence = (life: ReturnType<typeof lifeOf>) =>
      life.unjudged.find(({ alert }) => alert === 'heat-advisory')?.absent.code;
    expect(absence(at(evening, gappy, hot.slice(0, 20)))).toBe('input-missing');
    expect(absence(at({ at: '2026-01-15T20:10:00+09:00' }, hot, hot.slice(0, 20)))).toBe('not-applicable');
  });
});

describe('a cold advisory', () => {
  const at = (time: string, ...days: (number | undefined)[][]) =>
    lifeOf(
      { 'roof/temperature': { value: -5, hours: upTo(...days.flat()) } },
      { at: `2026-01-15T${time}:00+09:00` },
    );
  const cold = day(-12.4, -3);
  const bitter = day(-15.2, -6);
  const mild = day(-4, 3);

  it('is there after two cold mornings, from the hour that the second is over', () => {
    expect(levelsOf(at('08:30', mild, cold, cold.slice(0, 8)))).toEqual({});
    expect(levelsOf(at('09:00', mild, cold, cold.slice(0, 9)))).toEqual({ 'cold-advisory': 'advisory' });
    expect(levelsOf(at('08:30', cold, cold, mild.slice(0, 8)))).toEqual({ 'cold-advisory': 'advisory' });
    expect(levelsOf(at('09:00', cold, cold, mild.slice(0, 9)))).toEqual({});
    expect(levelsOf(at('23:59', bitter, bitter.slice(0, 23)))).toEqual({ 'cold-advisory': 'warning' });
    expect(levelsOf(at('23:59', bitter, cold.slice(0, 23)))).toEqual({ 'cold-advisory': 'advisory' });
  });

  it('goes by the mornings alone: a cold evening is none', () => {
    const coldEvening = mild.map((each, hour) => (hour > 20 ? -20 : each));
    expect(levelsOf(at('23:59', coldEvening, coldEvening.slice(0, 23)))).toEqual({});
  });

  it('cannot be told of where a morning lacks its hours', () => {
    const gappy = cold.map((each, hour) => (hour === 4 || hour === 5 ? undefined : each));
    const { alerts, unjudged } = at('12:00', gappy, cold.slice(0, 12));
    expect(alerts).toEqual([]);
    expect(unjudged).toContainEqual(
      expect.objectContaining({
        alert: 'cold-advisory',
        absent: expect.objectContaining({ code: 'input-missing' }),
      }),
    );
  });

  it('does not come from a thermometer that is doubted: its hours have no means', () => {
    const life = lifeOf({
      'roof/temperature': { value: -40, flag: quality.fail, hours: hoursOf(72, undefined) },
    });
    expect(life.alerts).toEqual([]);
  });
});
