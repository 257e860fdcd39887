import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approach, brightnessFor } from '../../../kiosk/supervision/brightness.js';
import { isWithin, minuteOfDay } from '../../../kiosk/supervision/day-hours.js';
import { sunElevation } from '../../../kiosk/supervision/sun.js';
import { kioskRig, settingsOfSeoul } from './rig.js';

const minute = 60_000;
const seoul = { latitude: 37.5665, longitude: 126.978 };

describe('The sun', () => {
  /** Its upper edge is seen on the horizon while its centre is 50′ below it. */
  const horizon = -50 / 60;

  it.each([
    ['Seoul, summer solstice, sunrise', seoul, '2026-06-21T05:11:00+09:00'],
    ['Seoul, summer solstice, sunset', seoul, '2026-06-21T19:57:00+09:00'],
    ['Seoul, winter solstice, sunrise', seoul, '2026-12-22T07:43:00+09:00'],
    ['Seoul, winter solstice, sunset', seoul, '2026-12-22T17:17:00+09:00'],
  ])('stands at the horizon when the almanac says so: %s', (_, place, time) => {
    expect(Math.abs(sunElevation(Date.parse(time), place) - horizon)).toBeLessThan(0.3);
  });

  it('stands as high at noon as the latitude and the season have it', () => {
    const noon = Date.parse('2026-06-21T12:34:00+09:00');
    expect(sunElevation(noon, seoul)).toBeCloseTo(90 - 37.5665 + 23.44, 1);
    expect(sunElevation(Date.parse('2026-12-21T12:00:00Z'), { latitude: 70, longitude: 0 })).toBeLessThan(0);
    expect(sunElevation(Date.parse('2026-06-21T00:00:00Z'), { latitude: 70, longitude: 0 })).toBeGreaterThan(
      0,
    );
  });

  it('is always somewhere', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (time, latitude, longitude) => {
          expect(Math.abs(sunElevation(time.getTime(), { latitude, longitude }))).toBeLessThanOrEqual(90);
        },
      ),
    );
  });
});

describe('Hours of the day', () => {
  it('are those of the place, and may go over midnight', () => {
    const halfPastMidnight = Date.parse('2026-06-01T00:30:00+09:00');
    expect(minuteOfDay(halfPastMidnight, 'Asia/Seoul')).toBe(30);
    expect(minuteOfDay(halfPastMidnight, 'UTC')).toBe(15 * 60 + 30);
    const night = [{ from: 23 * 60, to: 4 * 60 }];
    expect(isWithin(night, halfPastMidnight, 'Asia/Seoul')).toBe(true);
    expect(isWithin(night, halfPastMidnight, 'UTC')).toBe(false);
    expect(isWithin([], halfPastMidnight, 'Asia/Seoul')).toBe(false);
  });

  it('end when they say', () => {
    const hours = [{ from: 180, to: 240 }];
    const at = (time: string) => isWithin(hours, Date.parse(`2026-06-01T${time}Z`), 'UTC');
    expect([at('02:59'), at('03:00'), at('03:59'), at('04:00')]).toEqual([false, true, true, false]);
  });
});

describe('The brightness', () => {
  const range = { least: 20, most: 100 };

  it('follows the light around it within its range', () => {
    const bySensor = [0, 10, 100, 1_000, 10_000, 100_000].map((lux) =>
      brightnessFor({ by: 'sensor', lux }, range),
    );
    expect(bySensor).toEqual([20, 20, 47, 73, 100, 100]);
    const bySun = [-20, -6, 2, 10, 60].map((elevation) => brightnessFor({ by: 'sun', elevation }, range));
    expect(bySun).toEqual([20, 20, 60, 100, 100]);
  });

  it('is full where nobody knows how light it is: then it can be read by day', () => {
    expect(brightnessFor({ by: 'nobody' }, range)).toBe(100);
  });

  it('comes nearer in small steps, and arrives', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), (from, to) => {
        let current = from;
        for (let step = 0; step < 12; step++) {
          const next = approach(current, to);
          expect(Math.abs(next - current)).toBeLessThanOrEqual(10);
          current = next;
        }
        expect(Math.abs(current - to)).toBeLessThan(3);
      }),
    );
  });

  it('goes by the sun of the site, down in the evening', async () => {
    const rig = kioskRig({}, { start: Date.parse('2026-06-21T18:30:00+09:00') });
    rig.start();
    await rig.run(5 * minute);
    expect(rig.lamp).toEqual([100]);
    await rig.run(150 * minute);
    expect(rig.lamp.at(-1)).toBeLessThan(20 + 3);
    expect([...rig.lamp].sort((one, other) => other - one)).toEqual(rig.lamp);
  });

  it('goes by a light sensor where the machine has one', async () => {
    const rig = kioskRig({ lux: 0 });
    rig.start();
    await rig.run(minute);
    expect(rig.lamp).toEqual([20]);
  });

  it('is full while the time is not known, and says once where there is no light to set', async () => {
    const rig = kioskRig(
      { settings: { ...settingsOfSeoul, synchronised: false }, hasBacklight: false },
      { start: Date.parse('1970-01-01T00:01:00Z') },
    );
    rig.start();
    await rig.run(60 * minute);
    expect(rig.statuses.at(-1)).toMatchObject({ brightness: 100, dark: false });
    expect(rig.kinds().filter((kind) => kind === 'no-backlight')).toHaveLength(1);
  });

  it('is what the city orders, for as long as it says', async () => {
    const rig = kioskRig();
    rig.start();
    rig.order({ id: 'b', kind: 'brightness', percent: 40, minutes: 5 });
    await rig.run(minute);
    expect(rig.lamp.at(-1)).toBe(40);
    expect(rig.answers).toEqual([{ id: 'b' }]);
    await rig.run(6 * minute);
    expect(rig.lamp.at(-1)).toBe(100);
  });
});

describe('A dark screen', () => {
  const night = { ...settingsOfSeoul, withoutService: [{ from: 30, to: 270 }] };
  const atNight = { start: Date.parse('2026-06-02T00:20:00+09:00') };
  const darkness = (rig: ReturnType<typeof kioskRig>) =>
    rig.orders.flatMap((order) => (order.kind === 'dark' ? [order.dark] : []));

  it('is there only in hours without a bus, when nobody has touched it for a while', async () => {
    const rig = kioskRig({ settings: night }, atNight);
    rig.start();
    await rig.run(9 * minute);
    expect(darkness(rig)).toEqual([false]);
    await rig.run(3 * minute);
    expect(darkness(rig).at(-1)).toBe(true);
    expect(rig.lamp.at(-1)).toBe(0);
    await rig.run(238 * minute + 10_000);
    expect(darkness(rig).at(-1)).toBe(false);
    expect(rig.lamp.at(-1)).toBeGreaterThan(0);
  });

  it('never is where the site names no such hours', async () => {
    const rig = kioskRig({}, atNight);
    rig.start();
    await rig.run(5 * 60 * minute);
    expect(darkness(rig)).not.toContain(true);
    expect(Math.min(...rig.lamp)).toBeGreaterThanOrEqual(20);
  });

  it('never is while nobody knows the time: a bus might run', async () => {
    const rig = kioskRig({ settings: { ...night, synchronised: false } }, atNight);
    rig.start();
    await rig.run(120 * minute);
    expect(darkness(rig)).not.toContain(true);
  });

  it('wakes at a touch, and sleeps again after a while', async () => {
    const rig = kioskRig({ settings: night }, atNight);
    rig.start();
    await rig.run(30 * minute);
    rig.keeper.listener.onNews({ kind: 'touched' });
    expect(darkness(rig).at(-1)).toBe(false);
    await rig.run(4 * minute);
    expect(darkness(rig).at(-1)).toBe(false);
    await rig.run(2 * minute);
    expect(darkness(rig).at(-1)).toBe(true);
  });

  it('is not taken for a blank one', async () => {
    const rig = kioskRig({ settings: night }, atNight);
    rig.start();
    await rig.run(30 * minute);
    rig.world.pixels = 'blank';
    await rig.run(minute);
    rig.world.pixels = 'drawn';
    await rig.run(minute);
    expect(rig.steps().filter((line) => line.includes('blank'))).toEqual([]);
  });

  it('is dark again after the page was loaded anew in it', async () => {
    const rig = kioskRig({ settings: night }, atNight);
    rig.start();
    await rig.run(30 * minute);
    rig.keeper.listener.onRendererGone();
    await rig.run(minute);
    expect(darkness(rig).at(-1)).toBe(true);
  });
});
