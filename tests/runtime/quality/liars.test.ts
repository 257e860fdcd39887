import { afterEach, describe, expect, it } from 'vitest';
import type { PropertyId } from '../../../config/catalogue/properties.js';
import { type Quality, quality } from '../../../config/catalogue/quality.js';
import { drivers } from '../../../drivers/index.js';
import type { Reading } from '../../../runtime/reading.js';
import type { FaultName } from '../../../simulators/faults.js';
import { type SensorRig, sensorRig } from '../../suites/sensor-rig.js';
import { waysOf } from '../../suites/ways.js';

/** Known liars, made by their simulators and read by the product's own drivers. */

const { suspect, fail } = quality;

let rig: SensorRig | undefined;

afterEach(async () => {
  await rig?.stop();
  rig = undefined;
});

async function atWork(model: string, mode?: string): Promise<SensorRig> {
  const driver = drivers.find((each) => each.model === model);
  if (!driver || !('channels' in driver)) throw new Error(`no sensor ${model}`);
  const way = waysOf(driver).find(({ options }) => mode === undefined || options.mode === mode);
  if (!way) throw new Error(`no way to use ${model}`);
  rig = await sensorRig(way);
  await rig.pass(3.5 * way.interval);
  expect(rig.taken().filter((reading) => reading.quality !== quality.pass)).toEqual([]);
  return rig;
}

function of(readings: readonly Reading[], property: PropertyId): Reading[] {
  return readings.filter(({ stream }) => stream.property === property);
}

interface Liar {
  model: string;
  fault: FaultName;
  /** The least that each property is flagged. */
  flags: Partial<Record<PropertyId, Quality>>;
}

const liars: readonly Liar[] = [
  { model: 'dht22', fault: 'bit-shift', flags: { temperature: fail, humidity: fail } },
  { model: 'dht22', fault: 'ones', flags: { temperature: fail, humidity: fail } },
  { model: 'dht22', fault: 'sign-overflow', flags: { temperature: fail, humidity: suspect } },
  { model: 'sds011', fault: 'out-of-range', flags: { pm2_5: fail, pm10: fail } },
  { model: 'pms5003', fault: 'countless', flags: { pm2_5: fail, pm10_cf1: fail, particles_0_3: fail } },
  { model: 'pms5003t', fault: 'countless', flags: { pm2_5: fail, particles_2_5: fail } },
  { model: 'bme280', fault: 'zero', flags: { temperature: fail, humidity: fail, pressure: fail } },
  { model: 'bme280', fault: 'scorching', flags: { temperature: fail } },
];

describe('a liar', () => {
  it.each(liars)('is flagged, and what it said is kept: $model, $fault', async ({ model, fault, flags }) => {
    const sensor = await atWork(model);
    await sensor.setFault(fault);
    await sensor.pass(30_000);
    const lies = sensor.taken().filter(({ value }) => value !== null);
    for (const [property, flag] of Object.entries(flags) as [PropertyId, Quality][]) {
      const told = of(lies, property);
      expect(told.length, property).toBeGreaterThan(0);
      for (const reading of told) {
        expect(reading.quality, property).toBeGreaterThanOrEqual(flag);
        expect(reading.doubts?.length, property).toBeGreaterThan(0);
      }
    }
    await sensor.setFault(undefined);
    await sensor.pass(30_000);
    const truths = sensor.taken();
    for (const property of Object.keys(flags) as PropertyId[]) {
      expect(of(truths, property).at(-1)?.quality, property).toBe(quality.pass);
    }
  });

  it('is flagged: a particle sensor that is stuck for a day', async () => {
    const sensor = await atWork('sds011', 'duty');
    await sensor.setFault('stuck');
    await sensor.pass(25 * 3_600_000);
    const flags = of(sensor.taken(), 'pm2_5').map((reading) => [reading.quality, reading.doubts]);
    expect(flags.at(0)).toEqual([quality.pass, undefined]);
    expect(flags.at(13 * 60)).toEqual([suspect, ['flat-line']]);
    expect(flags.at(-1)).toEqual([fail, ['flat-line']]);
  }, 60_000);
});
