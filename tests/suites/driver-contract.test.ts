import { afterEach, describe, expect, it } from 'vitest';
import { quality } from '../../config/catalogue/quality.js';
import { drivers } from '../../drivers/index.js';
import { bme280 } from '../../drivers/sensors/bme280.js';
import type { Reading } from '../../runtime/reading.js';
import { bme280Part } from '../../simulators/models/bme280.js';
import { firmataBoard } from '../../simulators/models/firmata-board.js';
import { serialTwins } from '../../simulators/models/index.js';
import { sht31Part } from '../../simulators/models/sht31.js';
import { sensorContract } from './sensor-contract.js';
import { type SensorRig, sensorRig } from './sensor-rig.js';
import { waysOf } from './ways.js';

/** Every driver that samples, in each of its modes, with the twin of its device. */

const sensors = drivers.flatMap((driver) => ('channels' in driver ? [driver] : []));

for (const way of sensors.flatMap(waysOf)) sensorContract(way);

it.each(Object.keys(serialTwins))('the twin of a %s has a driver', (model) => {
  expect(sensors.map((driver) => driver.model)).toContain(model);
});

describe('two sensors on one board', () => {
  let rig: SensorRig;

  async function share(...parts: Parameters<typeof firmataBoard>[1]): Promise<void> {
    const [way] = waysOf(bme280);
    if (!way) throw new Error('a BME280 can be used in no way');
    rig = await sensorRig(way, {
      twin: firmataBoard('board', parts),
      beside: { driver: 'sht31', port: 'sensor' },
    });
    await rig.pass(35_000);
  }

  const areGood = (readings: readonly Reading[]) =>
    readings.length > 0 && readings.every((reading) => reading.quality === quality.pass);
  const areMissing = (readings: readonly Reading[]) =>
    readings.length > 0 && readings.every((reading) => reading.quality === quality.missing);

  afterEach(() => rig.stop());

  it('are both read, go together, and are both back in time', async () => {
    await share(bme280Part(), sht31Part());
    expect([rig.taken(), rig.takenBeside()].map(areGood)).toEqual([true, true]);
    await rig.setFault('unplugged');
    await rig.pass(60_000);
    expect([rig.taken(), rig.takenBeside()].map(areMissing)).toEqual([true, true]);
    await rig.setFault(undefined);
    await rig.pass(30_000);
    rig.taken();
    rig.takenBeside();
    await rig.pass(30_000);
    expect([rig.taken(), rig.takenBeside()].map(areGood)).toEqual([true, true]);
  });

  it('do not need each other', async () => {
    await share(bme280Part());
    await rig.pass(120_000);
    expect(areGood(rig.taken())).toBe(true);
    expect(areMissing(rig.takenBeside())).toBe(true);
  });
});
