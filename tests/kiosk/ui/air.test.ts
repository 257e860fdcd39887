import { describe, expect, it } from 'vitest';
import { officialAirOf } from '../../../kiosk/ui/state/air.js';
import { lifeNow } from '../scene.js';
import { officialAirNow } from '../screens-scene.js';

const now = Date.UTC(2026, 0, 15, 7, 31);
const hour = 3_600_000;
const { inputs } = lifeNow();

describe('official air', () => {
  it('is absent where no station tells anything', () => {
    expect(officialAirOf(null, inputs, now)).toBeUndefined();
  });

  it('grows old after two hours, each value by its own time', () => {
    const state = (age: number) =>
      officialAirOf(officialAirNow(now, age), inputs, now)?.values.map(({ isOld }) => isOld);
    expect(state(2 * hour - 1)).toEqual([false, false]);
    expect(state(2 * hour)).toEqual([true, true]);
  });

  it('is not known to be new while nobody knows the time', () => {
    expect(officialAirOf(officialAirNow(now, 0), inputs, undefined)?.values[0]?.isOld).toBe(true);
  });

  it('is named as what is measured here is, and says what the station does not tell', () => {
    const sent = officialAirNow(now);
    sent.body.absent = [{ property: 'pm10', why: 'maintenance' }];
    sent.body.values = sent.body.values.slice(0, 1);
    const official = officialAirOf(sent, inputs, now);
    expect(official?.values).toMatchObject([{ property: 'pm2_5', value: 21, symbol: 'µg/m³', digits: 0 }]);
    expect(official?.absent).toMatchObject([{ name: { en: 'PM10' }, why: 'maintenance' }]);
  });

  it('has zero as zero', () => {
    const sent = officialAirNow(now);
    sent.body.values = sent.body.values.map((each) => ({ ...each, value: 0 }));
    expect(officialAirOf(sent, inputs, now)?.values.map(({ value }) => value)).toEqual([0, 0]);
  });
});
