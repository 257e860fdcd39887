import { describe, expect, it } from 'vitest';
import { bme280Part } from '../../../simulators/models/bme280.js';
import * as compensation from '../../../simulators/models/bme280-compensation.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { springDay } from '../../rigs/firmata-rig.js';

const nothingMeasured = [0x80, 0, 0, 0x80, 0, 0, 0x80, 0];

async function chip() {
  const clock = virtualClock();
  const air = { ...springDay };
  const powered = bme280Part().powerUp({ clock, air: () => air });
  await clock.advance(2);
  return {
    clock,
    air,
    write: powered.write,
    read(register: number, count: number) {
      powered.write([register]);
      return powered.read(count);
    },
  };
}

describe('the compensation of a BME280', () => {
  it('gives what the datasheet calculates for its example', () => {
    const calibration: compensation.Calibration = {
      T: [27_504, 26_435, -1_000],
      P: [36_477, -10_685, 3_024, 2_855, 140, -7, 15_500, -14_600, 6_000],
      H: [75, 362, 0, 313, 50, 30],
    };
    const fine = compensation.fineTemperature(519_888, calibration);
    expect(fine).toBe(128_422);
    expect(compensation.temperature(fine)).toBe(2_508);
    // With real numbers it is 100653 Pa; whole ones of 32 bits come out 3 Pa higher.
    expect(compensation.pressure(415_148, fine, calibration)).toBe(100_656);
  });

  it('finds the nearest number of a rising function', () => {
    const doubled = (number: number) => number * 2;
    expect([-5, 0, 6.4, 7.6, 1_000].map((value) => compensation.nearest(value, 100, doubled))).toEqual([
      0, 0, 3, 4, 100,
    ]);
  });
});

describe('a simulated BME280', () => {
  it('says which chip it is', async () => {
    const { read } = await chip();
    expect(read(0xd0, 1)).toEqual([0x60]);
  });

  it('has measured nothing until it is told to', async () => {
    const { read, clock } = await chip();
    await clock.advance(10_000);
    expect(read(0xf7, 8)).toEqual(nothingMeasured);
  });

  it('has a measurement in the normal mode once that had its time', async () => {
    const { read, write, clock } = await chip();
    write([0xf2, 0x05, 0xf4, 0xb7]);
    await clock.advance(50);
    expect(read(0xf7, 8)).toEqual(nothingMeasured);
    await clock.advance(65);
    expect(read(0xf7, 8)).not.toEqual(nothingMeasured);
  });

  it('measures once when forced, and sleeps again', async () => {
    const { read, write, clock, air } = await chip();
    write([0xf2, 0x01, 0xf4, 0x25]);
    await clock.advance(20);
    const first = read(0xf7, 8);
    expect(first).not.toEqual(nothingMeasured);
    expect(read(0xf4, 1)).toEqual([0x24]);
    air.temperature += 10;
    await clock.advance(1_000);
    expect(read(0xf7, 8)).toEqual(first);
  });

  it('leaves out what is not to be measured', async () => {
    const { read, write, clock } = await chip();
    write([0xf4, 0x23]);
    await clock.advance(20);
    const bytes = read(0xf7, 8);
    expect(bytes.slice(0, 3)).toEqual([0x80, 0, 0]);
    expect(bytes.slice(6)).toEqual([0x80, 0]);
    expect(bytes.slice(3, 6)).not.toEqual([0x80, 0, 0]);
  });

  it('forgets all at a reset, and does not answer until it has started', async () => {
    const { read, write, clock } = await chip();
    write([0xf2, 0x05, 0xf4, 0xb7]);
    await clock.advance(200);
    write([0xe0, 0xb6]);
    expect(read(0xd0, 1)).toEqual([]);
    await clock.advance(2);
    expect(read(0xf4, 1)).toEqual([0]);
    expect(read(0xf7, 8)).toEqual(nothingMeasured);
  });
});
