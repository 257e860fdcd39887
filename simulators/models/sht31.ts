import type { SerialTwin } from '../contract.js';
import { firmataBoard } from './firmata-board.js';
import type { I2cPart, PoweredI2cPart } from './i2c.js';

/** Sensirion SHT31: commands of two bytes, words of two bytes with a CRC-8 each. */

/** By the command, how long a single measurement usually takes, in ms. Those of 2C hold the bus until it is done. */
const measurements: ReadonlyMap<number, number> = new Map([
  [0x2400, 12.5],
  [0x240b, 4.5],
  [0x2416, 2.5],
  [0x2c06, 0],
  [0x2c0d, 0],
  [0x2c10, 0],
]);

const command = { softReset: 0x30a2, readStatus: 0xf32d, clearStatus: 0x3041 } as const;

/** After a reset: an alert is pending, and a reset was seen. */
const statusAfterReset = 0x8010;
const resetTime = 1.5;
const fullScale = 0xffff;

/** @param address 0x44 or 0x45, as its pin ADDR has it */
export function sht31Part(address = 0x44): I2cPart {
  return {
    address,
    powerUp({ air, clock }): PoweredI2cPart {
      let status = statusAfterReset;
      let busyUntil = clock.monotonic() + resetTime;
      /** What a read gives once the chip is not busy. */
      let answer: number[] = [];

      return {
        write([high = 0, low = 0]) {
          if (clock.monotonic() < busyUntil) return;
          const code = (high << 8) | low;
          const takes = measurements.get(code);
          if (takes !== undefined) {
            const { temperature, humidity } = air();
            answer = [...word(((temperature + 45) / 175) * fullScale), ...word((humidity / 100) * fullScale)];
            busyUntil = clock.monotonic() + takes;
          }
          if (code === command.readStatus) answer = word(status);
          if (code === command.clearStatus) status = 0;
          if (code === command.softReset) {
            status = statusAfterReset;
            answer = [];
            busyUntil = clock.monotonic() + resetTime;
          }
        },
        read(count) {
          if (clock.monotonic() < busyUntil) return [];
          const given = answer.slice(0, count);
          answer = [];
          return given;
        },
      };
    },
  };
}

/** An SHT31 on a Firmata board. */
export function sht31(): SerialTwin {
  return firmataBoard('sht31', [sht31Part()]);
}

function word(value: number): number[] {
  const whole = Math.round(Math.min(fullScale, Math.max(0, value)));
  const bytes = [whole >> 8, whole & 0xff];
  return [...bytes, crc8(bytes)];
}

/** Polynomial 31, start FF: the datasheet gives BE EF → 92. */
export function crc8(bytes: readonly number[]): number {
  return bytes.reduce((crc, byte) => {
    let rest = crc ^ byte;
    for (let bit = 0; bit < 8; bit++) rest = ((rest << 1) ^ (rest & 0x80 ? 0x31 : 0)) & 0xff;
    return rest;
  }, 0xff);
}
