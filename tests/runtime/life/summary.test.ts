import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import { type ProfileId, profiles } from '../../../config/profiles/index.js';
import { announcers } from '../../../runtime/life/advisories.js';
import { recipes } from '../../../runtime/life/recipes.js';
import { hoursOf, lifeOf, type Said } from './stop.js';

const suspect = quality.suspect;

const inputOf = (life: ReturnType<typeof lifeOf>, property: string) =>
  life.inputs.find((input) => input.property === property);

describe('the bands of the air', () => {
  it('are those of the profile’s own index, from nothing up to the last, which has no end', () => {
    const bands = lifeOf({ 'air/pm2_5': { value: 1 } }).bands.filter(({ property }) => property === 'pm2_5');
    expect(bands.map(({ grade, from, to, shown }) => [grade, from, to, shown.word.en])).toEqual([
      ['good', 0, 15, 'Good'],
      ['moderate', 15, 35, 'Moderate'],
      ['bad', 35, 75, 'Bad'],
      ['very-bad', 75, null, 'Very bad'],
    ]);
  });

  it.each(Object.keys(profiles) as ProfileId[])(
    'of %s lie beside each other for both particles',
    (profile) => {
      const { bands } = lifeOf({ 'air/pm2_5': { value: 1 } }, { profile });
      for (const property of ['pm2_5', 'pm10']) {
        const own = bands.filter((band) => band.property === property);
        expect(own.length).toBeGreaterThan(3);
        expect(own.map(({ from }) => from)).toEqual([0, ...own.slice(0, -1).map(({ to }) => to)]);
      }
    },
  );
});

describe('the grade of the air', () => {
  it('is that of the last hour, the worst of both particles, with what each has alone', () => {
    const { air } = lifeOf({
      'air/pm2_5': { value: 80, hours: [36, 10] },
      'air/pm10': { value: 12, hours: [30, 200] },
    });
    expect(air).toMatchObject({ index: 'pm-grade-kr', value: 3, grade: 'bad', basis: 'hour', absent: null });
    expect(air.shown?.word).toEqual({ ko: '나쁨', en: 'Bad' });
    expect(air.parts).toMatchObject([
      { property: 'pm2_5', value: 36, basis: 'hour', count: null, sensor: 'air', grade: 'bad' },
      { property: 'pm10', value: 30, basis: 'hour', grade: 'good', shown: { word: { ko: '좋음' } } },
    ]);
    expect(air.advice.map(({ group }) => group)).toEqual(['everyone', 'sensitive', 'outdoorWorkers']);
    for (const { whom, text } of air.advice) {
      for (const words of [whom, text]) {
        expect(Object.keys(words)).toEqual(['ko', 'en']);
        for (const word of Object.values(words)) expect(word.length).toBeGreaterThan(2);
      }
    }
    expect(air.sources.length).toBeGreaterThan(0);
  });

  it('is of what the past hour has so far where the last one lacks readings, and says so', () => {
    const { air } = lifeOf({
      'air/pm2_5': { value: 9, hours: [undefined, 10], recent: { value: 20, count: 40 } },
      'air/pm10': { value: 9, hours: [10] },
    });
    expect(air).toMatchObject({ grade: 'moderate', basis: 'so-far' });
    expect(air.parts).toMatchObject([
      { property: 'pm2_5', value: 20, basis: 'so-far', count: 40 },
      { property: 'pm10', value: 10, basis: 'hour' },
    ]);
  });

  it('is of the last value where there is nothing else yet, and 0 is clean air', () => {
    const { air } = lifeOf({ 'air/pm2_5': { value: 0 } });
    expect(air).toMatchObject({ value: 1, grade: 'good', basis: 'latest' });
    expect(air.parts).toMatchObject([{ property: 'pm2_5', value: 0, count: 1, grade: 'good' }]);
  });

  it.each<[why: string, said: Said]>([
    ['missing', { value: null }],
    ['stale', { value: 20, age: 180_001 }],
    ['suspect', { value: 20, flag: suspect }],
    ['fail', { value: 999.9, flag: quality.fail }],
    ['not-evaluated', { value: 20, flag: quality.notEvaluated }],
    ['suspect', { value: 20, flag: suspect, before: { value: 9, age: 200_000 } }],
  ])('is absent where all there is is %s, whatever its hours were, and says why', (why, said) => {
    const hours = [10, 10, 10];
    const life = lifeOf({ 'air/pm2_5': { ...said, hours }, 'air/pm10': { ...said, hours } });
    expect(life.air).toMatchObject({
      value: null,
      grade: null,
      shown: null,
      basis: null,
      parts: [],
      advice: [],
    });
    expect(life.air.absent).toMatchObject({
      code: 'input-missing',
      lacks: [
        { property: 'pm2_5', why },
        { property: 'pm10', why },
      ],
    });
    expect(inputOf(life, 'pm2_5')).toMatchObject({ value: null, age: null, sensor: null, why });
  });

  it('outlives one doubtful value, which has no part in it', () => {
    const life = lifeOf({
      'air/pm2_5': { value: 900, flag: suspect, doubts: ['spike'], before: { value: 9, age: 20_000 } },
    });
    expect(life.air).toMatchObject({ grade: 'good' });
    expect(inputOf(life, 'pm2_5')).toMatchObject({
      value: 9,
      age: 20,
      sensor: 'air',
      why: null,
      sensors: [{ sensor: 'air', value: 900, age: 1, flag: 'suspect', doubts: ['spike'], why: null }],
    });
  });

  it('takes the word of the first sensor of the site that vouches, and names those passed over', () => {
    const said: Said = { value: 10, hours: [10] };
    const life = lifeOf({
      'one/pm2_5': { value: 50, flag: suspect, hours: [50] },
      'two/pm2_5': { value: 90, age: 999_999, hours: [90] },
      'three/pm2_5': said,
      'four/pm2_5': { value: 30, hours: [30] },
    });
    expect(life.air.parts).toMatchObject([{ sensor: 'three', value: 10 }]);
    expect(inputOf(life, 'pm2_5')).toMatchObject({
      sensor: 'three',
      value: 10,
      sensors: [
        { sensor: 'one', why: 'suspect', flag: 'suspect' },
        { sensor: 'two', why: 'stale', age: 1_000 },
        { sensor: 'three', why: null },
        { sensor: 'four', why: null },
      ],
    });
  });

  it('knows of no past hours while the clock is not set', () => {
    const said = {
      'air/pm2_5': { value: 7 },
      'air/temperature': { value: 5 },
      'wind/wind_speed': { value: 3 },
    };
    const life = lifeOf(said, { synchronised: false });
    expect(life.synchronised).toBe(false);
    expect(life.air).toMatchObject({ grade: 'good', basis: 'latest' });
    expect(life.feelsLike).toMatchObject({
      shows: 'temperature',
      value: 5,
      index: { absent: { input: 'month' } },
    });
    expect(life.unjudged.find(({ alert }) => alert === 'heat-advisory')?.absent.input).toBe('time');
  });
});

describe('indices of past hours', () => {
  const pm = (hours: (number | undefined)[]): Said => ({ value: 20, hours });

  it('are there when their hours are, and otherwise say how many there were', () => {
    const few = lifeOf({ 'air/pm2_5': pm([20, 20, 20, 20]) });
    const enough = lifeOf({ 'air/pm2_5': pm(hoursOf(9, 20)) });
    const estimate = ({ indices }: typeof few) =>
      indices.find(({ index, of }) => index === 'pm24h-estimate' && of === 'pm2_5');
    expect(estimate(few)).toMatchObject({ value: null, absent: { code: 'too-few-hours', lacks: [] } });
    expect(estimate(enough)).toMatchObject({ value: 20, grade: 'moderate', unit: 'ug/m3', absent: null });
    expect(enough.indices.find(({ index, of }) => index === 'pm24h-estimate' && of === 'pm10')).toMatchObject(
      {
        absent: { code: 'input-missing', lacks: [{ property: 'pm10', why: 'no-sensor' }] },
      },
    );
  });

  it('never make a CAI of particles alone', () => {
    const { indices, air } = lifeOf({ 'air/pm2_5': pm(hoursOf(24, 20)), 'air/pm10': pm(hoursOf(24, 30)) });
    expect(indices.find(({ index }) => index === 'cai')).toMatchObject({
      value: null,
      absent: { code: 'input-missing', input: 'so2' },
    });
    expect(air.index).toBe('pm-grade-kr');
  });
});

describe('a profile', () => {
  const pm: Said = { value: 40, hours: hoursOf(24, 40) };
  const stop = { 'air/pm2_5': pm, 'air/pm10': { value: 60, hours: hoursOf(24, 60) } };

  it.each<[ProfileId, string, string, string]>([
    ['korea', 'pm-grade-kr', 'bad', 'hour'],
    ['united-states', 'us-aqi', 'unhealthy-for-sensitive-groups', 'nowcast'],
    ['european-union', 'eaqi', 'moderate', 'hour'],
    ['who', 'who-exceedance', 'interim-2', 'day'],
  ])('%s grades the air by %s', (profile, index, grade, basis) => {
    expect(lifeOf(stop, { profile }).air).toMatchObject({ index, grade, basis });
  });

  it.each<[ProfileId, number]>([
    ['united-states', 1],
    ['who', 17],
  ])('%s has no grade of too few hours, as its standard has none', (profile, count) => {
    const hours = hoursOf(count, 40);
    const { air } = lifeOf({ 'air/pm2_5': { value: 40, hours } }, { profile });
    expect(air).toMatchObject({ value: null, absent: { code: 'too-few-hours' } });
  });

  it.each(Object.entries(profiles))('%s has indices and alerts that can be worked out', (_, profile) => {
    const { indices, feelsLike, weather, alerts } = profile;
    const ids = [...indices, ...feelsLike, ...weather.flatMap(({ of }) => of)];
    for (const id of ids) expect(Object.keys(recipes)).toContain(id);
    for (const id of alerts.flatMap(({ of }) => of)) expect(Object.keys(announcers)).toContain(id);
  });

  it('is told in the languages of the site alone, and in the units of the country', () => {
    const life = lifeOf(stop, { profile: 'united-states', languages: ['en'] });
    expect(JSON.stringify(life)).not.toMatch(/\p{Script=Hangul}/u);
    expect(life.units).toMatchObject({ temperature: { symbol: '°F', factor: 1.8, offset: 32 } });
  });
});

describe('what the weather feels like', () => {
  const warm = { 'roof/temperature': { value: 30 }, 'roof/humidity': { value: 70 } };

  it('is the index of the season, from temperature and humidity in summer', () => {
    const { feelsLike, weather } = lifeOf(warm, { at: '2026-07-15T14:20:00+09:00' });
    expect(feelsLike).toMatchObject({
      shows: 'index',
      index: { index: 'kma-feels-like', grade: 'heat-attention' },
    });
    expect(feelsLike.value).toBeCloseTo(31.57, 0);
    expect(weather).toMatchObject([{ index: 'discomfort', grade: 'very-high' }]);
  });

  it('goes by the month of the place, not of UTC', () => {
    const at = (text: string) => lifeOf(warm, { at: text }).feelsLike.shows;
    expect(at('2026-05-01T08:59:59+09:00')).toBe('index');
    expect(at('2026-04-30T23:59:59+09:00')).toBe('temperature');
    expect(at('2026-10-01T00:00:00+09:00')).toBe('temperature');
  });

  it('is the temperature in winter without wind, and says why', () => {
    const cold = { 'roof/temperature': { value: -5 }, 'roof/humidity': { value: 40 } };
    const { feelsLike } = lifeOf(cold);
    expect(feelsLike).toMatchObject({ shows: 'temperature', value: -5 });
    expect(feelsLike.index?.absent).toMatchObject({
      code: 'input-missing',
      input: 'wind_speed',
      lacks: [{ property: 'wind_speed', why: 'no-sensor' }],
    });
    const windy = lifeOf({ ...cold, 'mast/wind_speed': { value: 5 } });
    expect(windy.feelsLike).toMatchObject({ shows: 'index', index: { grade: 'cold-warning' } });
    expect(windy.feelsLike.value).toBeLessThan(-10);
    const still = lifeOf({ ...cold, 'mast/wind_speed': { value: 0 } });
    expect(still.feelsLike).toMatchObject({
      shows: 'temperature',
      index: { absent: { code: 'not-applicable' } },
    });
  });

  it('is nothing where no thermometer is to be believed', () => {
    const { feelsLike } = lifeOf({ 'roof/temperature': { value: 215, flag: quality.fail } });
    expect(feelsLike).toMatchObject({ shows: 'nothing', value: null });
    expect(feelsLike.index?.absent?.lacks).toContainEqual({ property: 'temperature', why: 'fail' });
  });

  it('is 0 at 0, which is a temperature', () => {
    expect(lifeOf({ 'roof/temperature': { value: 0 } }).feelsLike).toMatchObject({
      shows: 'temperature',
      value: 0,
    });
  });
});

describe('the statement beside a simple meter’s values', () => {
  const pm: Said = { value: 1 };

  it('says what the law asks for, of every meter of particles', () => {
    const { statement } = lifeOf(
      { 'air/pm2_5': pm, 'air/pm10': pm, 'kerb/pm10': pm, 'roof/temperature': pm },
      { certification: { air: 'grade-2' } },
    );
    expect(statement?.meters).toEqual([
      { sensor: 'air', certification: 'grade-2' },
      { sensor: 'kerb', certification: null },
    ]);
    expect(statement?.text).toEqual({
      ko: '미세먼지 간이측정기로 측정한 값입니다. 성능인증 등급: 2등급, 미인증. 국가 대기오염측정망의 측정값이 아닙니다.',
      en: 'Measured with a simple particle meter. Its performance certification: grade 2, uncertified. Not a value of the official air quality network.',
    });
  });

  it('is not there where no particles are measured', () => {
    expect(lifeOf({ 'roof/temperature': pm }).statement).toBeNull();
  });
});
