import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FirmataBoard, FirmataSensor } from '../../../drivers/ports.js';
import { sht31 } from '../../../drivers/sensors/sht31.js';
import { sht31Part } from '../../../simulators/models/sht31.js';
import { type FirmataRig, firmataRig, newReading } from '../../rigs/firmata-rig.js';
import { hastyClock } from '../../rigs/hasty-clock.js';

describe('the driver of the SHT31', () => {
  let rig: FirmataRig;
  let board: FirmataBoard;
  let sensor: FirmataSensor;

  beforeAll(async () => {
    rig = await firmataRig(hastyClock(20), [sht31Part(0x45)]);
    board = await rig.open();
    sensor = board.attach({ controller: 'SHT31D', address: 0x45, every: 1 });
  });

  afterAll(async () => {
    await board.close();
    await rig.device.close();
  });

  it('gives the air within its resolution, over the whole range, from the words it sends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: -40, max: 125, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        async (temperature, humidity) => {
          Object.assign(rig.air, { temperature, humidity });
          const sample = sht31.decode(await newReading(sensor));
          expect(Math.abs((sample.temperature ?? Number.NaN) - temperature)).toBeLessThanOrEqual(0.01);
          expect(Math.abs((sample.humidity ?? Number.NaN) - humidity)).toBeLessThanOrEqual(0.01);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('turns words of 16 bits into °C and %RH', () => {
    expect(sht31.decode({ temperature: 0, humidity: 0 })).toEqual({ temperature: -45, humidity: 0 });
    expect(sht31.decode({ temperature: 0xffff, humidity: 0xffff })).toEqual({
      temperature: 130,
      humidity: 100,
    });
  });

  it('calls a reading nonsense that lacks a number', () => {
    expect(() => sht31.decode({ temperature: 1, humidity: Number.NaN })).toThrow(
      expect.objectContaining({ code: 'DEVICE_NONSENSE' }),
    );
  });

  it('takes the two addresses that the chip can have', () => {
    expect(sht31.options.parse({})).toEqual({ address: 0x44 });
    expect(sht31.options.parse({ address: 0x45 })).toEqual({ address: 0x45 });
    expect(sht31.options.safeParse({ address: 0x76 }).error?.issues[0]?.message).toBe('0x44 or 0x45');
  });
});
