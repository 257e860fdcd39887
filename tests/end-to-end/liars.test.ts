import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PropertyId } from '../../config/catalogue/properties.js';
import type { TestId } from '../../config/catalogue/quality.js';
import { en } from '../../kiosk/ui/i18n/en.js';
import { doubtIn } from '../../kiosk/ui/i18n/messages.js';
import type { Readout } from '../../kiosk/ui/state/board.js';
import { history, type Life, type Now, now as nowSchema } from '../../runtime/api/contract.js';
import { life as lifeSchema } from '../../runtime/api/life.js';
import type { Environment } from '../../simulators/contract.js';
import { modelledEnvironment } from '../../simulators/environment.js';
import type { FaultName } from '../../simulators/faults.js';
import { seededRandom } from '../../simulators/random.js';
import { replayEnvironment } from '../../simulators/replay.js';
import { virtualClock } from '../../simulators/virtual-clock.js';
import { recordings } from '../rigs/recordings.js';
import { openSimulatedStop } from '../rigs/simulated-stop.js';
import { watchPage } from '../rigs/watched-page.js';
import { ask } from '../runtime/api/rig.js';
import { giveLibrariesTimeOf } from '../suites/library-time.js';

/**
 * Each known liar at a whole shelter in virtual time, from its simulator's bytes by driver, quality tests, database and
 * API to what the page knows: nobody is told what it says, and everybody why.
 */

// Loaded first, so that no time passes on the virtual clock while files are read.
await Promise.all([import('firmata-io'), import('johnny-five')]);

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const start = Date.UTC(2026, 6, 1);
const switchedOn = new Date(start).toISOString();
const patience = { timeout: 10_000, interval: 10 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface StopOptions {
  seed?: number;
  environment?: Environment;
  /** Between two samples, in ms. */
  interval?: number;
  mode?: string;
}

/** A stop with one sensor, whose page is open all the time. */
async function stopWith(model: string, options: StopOptions = {}) {
  const { seed = 1, environment = modelledEnvironment(2026), interval = minute, mode } = options;
  const sensor = { interval: `${interval} ms`, ...(mode && { options: { mode } }) };
  const clock = virtualClock(start);
  const stop = await openSimulatedStop({ models: [model], clock, environment, seed, sensor });
  closing.push(stop.close);
  closing.push(giveLibrariesTimeOf(clock));
  const { page, refused, close } = await watchPage(stop.url, clock);
  closing.push(close);

  const tell = async (path: string) => (await ask(stop.url, `/api/v1/${path}`)).json();
  return {
    page,
    refused,
    /** In which the sensor gives several values, and one grows old. */
    settling: 4 * interval,
    setFault: (fault: FaultName | undefined) => stop.setFault(model, fault),
    now: async (): Promise<Now> => nowSchema.parse(await tell('now')),
    life: async (): Promise<Life> => lifeSchema.parse(await tell('life')),
    history: async (stream: string) =>
      history.parse(await tell(`history?stream=${stream}&from=${switchedOn}`)).points,
    /** Lets time pass, and in between what takes real time. */
    async pass(ms: number): Promise<void> {
      // A DHT is read by native code, which gets to answer once in so long.
      const step = model.startsWith('dht') ? second : interval;
      for (let left = ms; left > 0; left -= step) {
        await clock.advance(Math.min(step, left));
        await stop.idle();
      }
      page.tick(clock.monotonic());
    },
  };
}

type Stop = Awaited<ReturnType<typeof stopWith>>;

/** What the page shows of a stream. */
function readout({ page }: Stop, stream: string): Readout | undefined {
  const { front, beside, sensors } = page.board.value;
  return [...front, ...beside, ...sensors]
    .flatMap(({ readouts }) => readouts)
    .find((each) => each.stream === stream);
}

/** What the page says of it, where it shows no value. */
function reason(stop: Stop, stream: string): string | undefined {
  const shown = readout(stop, stream);
  return shown && doubtIn(shown.doubts, en);
}

interface Liar {
  lie: string;
  model: string;
  fault: FaultName;
  stop?: StopOptions;
  /** How long it goes on. */
  lasts: number;
  /** What it lies about, each with the test that the page names. */
  about: Partial<Record<PropertyId, TestId>>;
}

/** The first seed whose first number is of this kind. */
function seedWhere(is: (random: number) => boolean): number {
  let seed = 1;
  while (!is(seededRandom(seed)())) seed += 1;
  return seed;
}

const liars: readonly Liar[] = [
  {
    lie: 'a DHT22 whose message is read one bit late: doubled',
    ...{
      model: 'dht22',
      fault: 'bit-shift',
      stop: { seed: seedWhere((random) => random < 0.5) },
      lasts: 10 * minute,
    },
    about: { temperature: 'gross-range', humidity: 'gross-range' },
  },
  {
    lie: 'a DHT22 whose message is read one bit early: halved',
    ...{
      model: 'dht22',
      fault: 'bit-shift',
      stop: { seed: seedWhere((random) => random >= 0.5) },
      lasts: 10 * minute,
    },
    about: { temperature: 'one-message', humidity: 'one-message' },
  },
  {
    lie: 'a DHT22 that says 1 °C and 1 %',
    ...{ model: 'dht22', fault: 'ones', lasts: 10 * minute },
    about: { temperature: 'one-message', humidity: 'gross-range' },
  },
  {
    lie: 'a DHT22 that says −3276 °C',
    ...{ model: 'dht22', fault: 'sign-overflow', lasts: 10 * minute },
    about: { temperature: 'gross-range', humidity: 'one-message' },
  },
  {
    lie: 'a particle sensor that is stuck for a day',
    ...{ model: 'sds011', fault: 'stuck', lasts: 25 * hour },
    stop: { interval: 20 * minute, mode: 'duty' },
    about: { pm2_5: 'flat-line', pm10: 'flat-line' },
  },
  {
    lie: 'a particle sensor that says 999.9',
    ...{ model: 'sds011', fault: 'out-of-range', lasts: 3 * hour },
    about: { pm2_5: 'gross-range', pm10: 'gross-range' },
  },
  {
    lie: 'a particle sensor that names a mass and counts nothing',
    ...{ model: 'pms5003', fault: 'countless', lasts: 3 * hour },
    about: { pm2_5: 'consistency', pm10: 'consistency' },
  },
  {
    lie: 'a BME280 that says 0',
    ...{ model: 'bme280', fault: 'zero', lasts: 10 * minute },
    about: { temperature: 'one-message', humidity: 'gross-range' },
  },
  {
    lie: 'a BME280 that says 215 °C',
    ...{ model: 'bme280', fault: 'scorching', lasts: 10 * minute },
    about: { temperature: 'gross-range' },
  },
];

describe('a known liar', () => {
  it.each(liars)(
    'is flagged, kept from everybody, and told why: $lie',
    async ({ model, fault, lasts, about, ...liar }) => {
      const stop = await stopWith(model, liar.stop);
      const properties = Object.keys(about) as PropertyId[];
      const isOfAir = properties.includes('pm2_5');
      await stop.pass(stop.settling);
      await vi.waitFor(() => {
        for (const property of properties) {
          expect(readout(stop, `${model}/${property}`)).toMatchObject({
            state: 'fresh',
            value: expect.any(Number),
          });
        }
        const { air, felt } = stop.page.board.value.life ?? {};
        expect(isOfAir ? air?.grade : felt?.value).toBeDefined();
      }, patience);

      await stop.setFault(fault);
      // The summary follows a value within 5 s.
      await stop.pass(lasts + 10 * second);
      const [now, life] = [await stop.now(), await stop.life()];

      for (const [property, test] of Object.entries(about) as [PropertyId, TestId][]) {
        const id = `${model}/${property}`;
        const stream = now.streams.find((each) => each.stream === id);
        expect(stream?.doubts, property).toContain(test);
        expect(['suspect', 'fail']).toContain(stream?.flag);
        expect((await stop.history(id)).at(-1)).toMatchObject({
          value: expect.any(Number),
          doubts: expect.arrayContaining([test]),
        });

        const input = life.inputs.find((each) => each.property === property);
        expect(input).toMatchObject({ value: null, sensor: null, why: stream?.flag });
        expect(input?.sensors).toMatchObject([
          { sensor: model, value: stream?.value, doubts: stream?.doubts },
        ]);
        await vi.waitFor(() => {
          expect(readout(stop, id)).toMatchObject({ value: undefined, doubts: stream?.doubts });
          expect(['doubtful', 'faulty']).toContain(readout(stop, id)?.state);
          expect(reason(stop, id)).toBe(en.doubts[test]);
        }, patience);
      }

      expect(isOfAir ? life.air.grade : life.feelsLike.value).toBeNull();
      expect(life.alerts).toEqual([]);
      for (const { value, absent } of [life.air, ...life.weather, ...life.indices]) {
        if (absent?.lacks.some(({ property }) => properties.includes(property as PropertyId)))
          expect(value).toBeNull();
        else expect(absent).not.toBeNull();
      }
      const [first] = properties;
      await vi.waitFor(() => {
        const { air, felt, alerts } = stop.page.board.value.life ?? {};
        expect(alerts).toEqual([]);
        expect(isOfAir ? air?.grade : felt?.value).toBeUndefined();
        const told = (isOfAir ? air : felt)?.lack?.input;
        expect(told && doubtIn(told.doubts, en)).toBe(en.doubts[about[first as PropertyId] as TestId]);
      }, patience);

      await stop.setFault(undefined);
      await stop.pass(stop.settling);
      await vi.waitFor(() => {
        for (const property of properties) expect(readout(stop, `${model}/${property}`)?.state).toBe('fresh');
        const { air, felt } = stop.page.board.value.life ?? {};
        expect(isOfAir ? air?.grade : felt?.value).toBeDefined();
      }, patience);
      expect(stop.refused).toEqual([]);
    },
    240_000,
  );
});

describe('who tells the truth', () => {
  it('is believed, however bad it is: hours of smog are announced', async () => {
    const smog: Environment = {
      at(time) {
        const share = Math.sin(time / 90_000);
        return { ...modelledEnvironment(1).at(time), pm2_5: 180 + 3 * share, pm10: 240 + 4 * share };
      },
    };
    const stop = await stopWith('sds011', { environment: smog });
    await stop.pass(3 * hour);
    await vi.waitFor(() => {
      const { air, alerts } = stop.page.board.value.life ?? {};
      expect(air?.grade?.id).toBe('very-bad');
      expect(alerts).toMatchObject([{ alert: 'pm-alert-kr', level: 'warning' }, { level: 'advisory' }]);
    }, patience);
  }, 120_000);

  const dust = recordings.find(({ name }) => name.includes('dust'));
  it.skipIf(!dust || dust.absent)(
    'is believed in a dust storm, as a station recorded it',
    async () => {
      if (!dust) return;
      const { recording } = dust;
      const peak = Date.parse('2016-05-06T02:00:00+08:00');
      const environment = replayEnvironment(recording, { startsAt: start, from: peak - 9 * hour });
      const stop = await stopWith('sds011', { environment, interval: 10 * minute, mode: 'duty' });
      await stop.pass(10 * hour + 10 * minute);
      const { streams } = await stop.now();
      expect(streams.map(({ flag, doubts }) => [flag, doubts])).toEqual([
        ['pass', []],
        ['pass', []],
      ]);
      const points = [...(await stop.history('sds011/pm2_5')), ...(await stop.history('sds011/pm10'))];
      expect(points.length).toBeGreaterThan(100);
      expect(points.filter(({ quality }) => quality !== 1)).toEqual([]);
      await vi.waitFor(async () => {
        const { air } = await stop.life();
        expect(air).toMatchObject({ grade: 'very-bad', basis: 'hour' });
        expect(air.parts.find(({ property }) => property === 'pm10')?.value).toBeGreaterThan(800);
        const { alerts } = stop.page.board.value.life ?? {};
        const [pm2_5, pm10] = [{ en: 'PM2.5' }, { en: 'PM10' }];
        expect(alerts).toMatchObject([{ alert: 'pm-alert-kr', level: 'warning', of: [pm2_5, pm10] }]);
      }, patience);
    },
    120_000,
  );

  it('passes in clean air, where all is 0', async () => {
    const clean: Environment = {
      at: (time) => ({ ...modelledEnvironment(1).at(time), pm1: 0, pm2_5: 0, pm10: 0 }),
    };
    const stop = await stopWith('pms5003', { environment: clean });
    await stop.pass(2 * hour);
    await vi.waitFor(() => {
      expect(readout(stop, 'pms5003/pm2_5')).toMatchObject({ state: 'fresh', value: 0, doubts: [] });
      expect(stop.page.board.value.life?.air.grade?.id).toBe('good');
    }, patience);
  }, 120_000);
});
