import { describe, expect, it } from 'vitest';
import { crc8, sht31Part } from '../../../simulators/models/sht31.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

const air = { temperature: 20, humidity: 50, pressure: 1_000, pm1: 0, pm2_5: 0, pm10: 0 };

async function chip() {
  const clock = virtualClock();
  const powered = sht31Part().powerUp({ clock, air: () => air });
  await clock.advance(2);
  return { clock, ...powered };
}

describe('a simulated SHT31', () => {
  it('has the checksum of the datasheet’s example', () => {
    expect(crc8([0xbe, 0xef])).toBe(0x92);
  });

  it('answers once per measurement, and only when that is done', async () => {
    const { clock, write, read } = await chip();
    expect(read(6)).toEqual([]);
    write([0x24, 0x00]);
    await clock.advance(12);
    expect(read(6)).toEqual([]);
    await clock.advance(1);
    // (20 + 45) / 175 and 50 / 100 of 65535
    const [temperature, humidity] = [
      [0x5f, 0x16],
      [0x80, 0x00],
    ] as const;
    expect(read(6)).toEqual([...temperature, crc8(temperature), ...humidity, crc8(humidity)]);
    expect(read(6)).toEqual([]);
  });

  it('tells in its status that it was reset, until that is cleared', async () => {
    const { clock, write, read } = await chip();
    write([0xf3, 0x2d]);
    expect(read(3)).toEqual([0x80, 0x10, crc8([0x80, 0x10])]);
    write([0x30, 0x41]);
    write([0xf3, 0x2d]);
    expect(read(3)).toEqual([0, 0, crc8([0, 0])]);
    write([0x30, 0xa2]);
    await clock.advance(2);
    write([0xf3, 0x2d]);
    expect(read(3).slice(0, 2)).toEqual([0x80, 0x10]);
  });

  it('does not notice what comes while it is busy or means nothing to it', async () => {
    const { clock, write, read } = await chip();
    write([0x30, 0xa2]);
    write([0x24, 0x00]);
    await clock.advance(50);
    write([0x12, 0x34]);
    write([]);
    expect(read(6)).toEqual([]);
  });
});
