import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import type { FirmataBoard, FirmataSensor } from '../../../drivers/ports.js';
import { bme280 } from '../../../drivers/sensors/bme280.js';
import { bme280Part } from '../../../simulators/models/bme280.js';
import { type FirmataRig, firmataRig, newReading, nextReading } from '../../rigs/firmata-rig.js';

describe('the driver of the BME280', () => {
  let rig: FirmataRig;
  let board: FirmataBoard;
  let sensor: FirmataSensor;

  beforeAll(async () => {
    rig = await firmataRig(systemClock, [bme280Part(0x77)]);
    board = await rig.open();
    sensor = board.attach({ controller: 'BME280', address: 0x77, every: 1 });
    await nextReading(sensor);
  });

  afterAll(async () => {
    await board.close();
    await rig.device.close();
  });

  it('gives the air within its resolution, over the whole range, from what its registers hold', async () => {
    const { temperature, humidity, pressure } = bme280.channels;
    const within = ([least, most]: readonly [number, number] = [0, 0]) =>
      fc.double({ min: least, max: most, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        within(temperature?.range),
        within(humidity?.range),
        within(pressure?.range),
        async (...values) => {
          const [celsius, relative, hectopascal] = values;
          Object.assign(rig.air, { temperature: celsius, humidity: relative, pressure: hectopascal });
          const sample = bme280.decode(await newReading(sensor));
          expect(Math.abs((sample.temperature ?? Number.NaN) - celsius)).toBeLessThanOrEqual(0.01);
          expect(Math.abs((sample.humidity ?? Number.NaN) - relative)).toBeLessThanOrEqual(0.01);
          expect(Math.abs((sample.pressure ?? Number.NaN) - hectopascal)).toBeLessThanOrEqual(0.01);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('turns °C, 1024ths of a percent and Pa into °C, %RH and hPa', () => {
    expect(bme280.decode({ temperature: 23.45, humidity: 47_445, pressure: 101_325, altitude: 12 })).toEqual({
      temperature: 23.45,
      humidity: 46.333,
      pressure: 1013.25,
    });
  });

  it('does not hide what a faulty sensor says: that is for quality control to flag', () => {
    expect(bme280.decode({ temperature: 215, humidity: 0, pressure: 0 }).temperature).toBe(215);
  });

  it('does not pass on what was computed with a temperature that cannot be true', () => {
    expect(bme280.decode({ temperature: 215, humidity: 47_445, pressure: 101_325 })).toEqual({
      temperature: 215,
    });
  });

  it.each([
    { humidity: 1, pressure: 1 },
    { temperature: Number.NaN, humidity: 1, pressure: 1 },
    { temperature: 1, humidity: 1, pressure: Number.POSITIVE_INFINITY },
  ])('calls a reading nonsense that lacks a number: %o', (reading) => {
    expect(() => bme280.decode(reading as Record<string, number>)).toThrow(
      expect.objectContaining({ code: 'DEVICE_NONSENSE' }),
    );
  });

  it('takes the two addresses that the chip can have', () => {
    expect(bme280.options.parse({})).toEqual({ address: 0x76 });
    expect(bme280.options.parse({ address: 119 })).toEqual({ address: 0x77 });
    expect(bme280.options.safeParse({ address: 0x44 }).error?.issues[0]?.message).toBe('0x76 or 0x77');
  });

  it('has the board ask each second where samples are rarer', () => {
    expect(bme280.component({ address: 0x76 }, 60_000)).toEqual({
      controller: 'BME280',
      address: 0x76,
      every: 1_000,
    });
  });
});
