import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dhtReader, dhtTestHook } from '../../../drivers/bindings/dht.js';
import type { DhtDriver } from '../../../drivers/contract.js';
import { am2302 } from '../../../drivers/sensors/am2302.js';
import { dht11 } from '../../../drivers/sensors/dht11.js';
import { dht22 } from '../../../drivers/sensors/dht22.js';
import { simulatedDhts } from '../../../simulators/models/dht.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { springDay } from '../../rigs/firmata-rig.js';

const line = 4;

function simulation() {
  const clock = virtualClock();
  const air = { ...springDay };
  const environment = { at: () => ({ ...air }) };
  const dhts = simulatedDhts({ hook: dhtTestHook, reader: dhtReader, environment, clock, seed: 1 });
  const sample = async (driver: DhtDriver) => driver.decode(await dhts.reader.read(driver.type, line));
  return { clock, air, dhts, sample };
}

// First of all: once the hook was used, the native code asks no hardware until the process ends.
describe('without a Raspberry Pi', () => {
  it.skipIf(existsSync('/proc/device-tree/compatible'))('reading says that there is none', async () => {
    await expect(dhtReader.read(22, line)).rejects.toMatchObject({ code: 'GPIO_UNAVAILABLE' });
  });
});

describe('a DHT, read by the real native code', () => {
  it('gives what a DHT22 measures, to the tenth', async () => {
    const { air, sample } = simulation();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -400, max: 800 }),
        fc.integer({ min: 0, max: 1_000 }),
        async (temperatureTenths, humidityTenths) => {
          Object.assign(air, { temperature: temperatureTenths / 10, humidity: humidityTenths / 10 });
          expect(await sample(dht22)).toEqual({
            temperature: temperatureTenths / 10,
            humidity: humidityTenths / 10,
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives whole degrees and percents of a DHT11, and no frost', async () => {
    const { air, sample } = simulation();
    Object.assign(air, { temperature: 21.6, humidity: 47.4 });
    expect(await sample(dht11)).toEqual({ temperature: 22, humidity: 47 });
    air.temperature = -5;
    expect(await sample(dht11)).toMatchObject({ temperature: 0 });
  });

  it('gives each of two sensors its own numbers, though the hook is one for both', async () => {
    const { air, dhts } = simulation();
    air.temperature = 21.6;
    const readings = await Promise.all(
      Array.from({ length: 20 }, (_, turn) => dhts.reader.read(turn % 2 ? 11 : 22, turn % 2 ? 17 : 4)),
    );
    for (const [turn, { temperature }] of readings.entries()) {
      expect(temperature).toBeCloseTo(turn % 2 ? 22 : 21.6, 5);
    }
  });

  it('rejects a line that the header does not have', async () => {
    for (const wrong of [-1, 28, 32, 1_000, 4.5, Number.NaN]) {
      await expect(dhtReader.read(22, wrong)).rejects.toMatchObject({ code: 'GPIO_UNAVAILABLE' });
    }
  });
});

describe('a simulated DHT', () => {
  it.each(['unplugged', 'silent', 'truncated', 'bad-checksum', 'garbage'] as const)(
    'that is %s gives no valid answer in its four tries, and works again afterwards',
    async (fault) => {
      const { clock, dhts, sample } = simulation();
      dhts.setFault(line, fault);
      expect(dhts.faultOf(line)).toBe(fault);
      const failing = expect(sample(dht22)).rejects.toMatchObject({ code: 'DEVICE_SILENT' });
      await clock.advance(1_350);
      await failing;
      dhts.setFault(line, undefined);
      expect(await sample(dht22)).toMatchObject({ temperature: springDay.temperature });
    },
  );

  it('that is slow answers at the last try', async () => {
    const { clock, dhts, sample } = simulation();
    dhts.setFault(line, 'slow');
    let answered = false;
    const reading = sample(dht22).finally(() => {
      answered = true;
    });
    await clock.advance(1_349);
    expect(answered).toBe(false);
    await clock.advance(1);
    expect(await reading).toMatchObject({ temperature: springDay.temperature });
  });

  it('that is stuck, drifting or out of range measures the air wrongly', async () => {
    const { clock, air, dhts, sample } = simulation();
    dhts.setFault(line, 'stuck');
    air.temperature += 5;
    expect(await sample(dht22)).toMatchObject({ temperature: springDay.temperature });

    dhts.setFault(line, 'drifting');
    await clock.advance(3_600_000);
    expect((await sample(dht22)).temperature).toBeGreaterThan(air.temperature + 3);

    dhts.setFault(line, 'out-of-range');
    expect((await sample(dht22)).temperature).toBeGreaterThan(
      dht22.channels.temperature?.range[1] ?? Infinity,
    );
  });

  it('fails alone: one on another line goes on', async () => {
    const { dhts } = simulation();
    dhts.setFault(line, 'silent');
    await expect(dhts.reader.read(22, line + 1)).resolves.toBeDefined();
  });
});

describe('the drivers of the DHT family', () => {
  it('round away the noise of 32-bit floats', () => {
    const raw = { temperature: Math.fround(23.4), humidity: Math.fround(50.1) };
    expect(raw.temperature).not.toBe(23.4);
    for (const driver of [dht11, dht22, am2302]) {
      expect(driver.decode(raw)).toEqual({ temperature: 23.4, humidity: 50.1 });
    }
  });

  it('call a reading nonsense that is no number', () => {
    expect(() => dht22.decode({ temperature: Number.NaN, humidity: 50 })).toThrow(
      expect.objectContaining({ code: 'DEVICE_NONSENSE' }),
    );
  });
});
