import type { Air, SerialTwin } from '../contract.js';
import * as compensation from './bme280-compensation.js';
import { firmataBoard } from './firmata-board.js';
import type { I2cPart, PoweredI2cPart } from './i2c.js';

/** Bosch BME280: registers, of which 88.. and E1.. hold its calibration and F7.. what it measured. */

const register = {
  calibration: 0x88,
  calibrationH1: 0xa1,
  id: 0xd0,
  reset: 0xe0,
  calibrationH2: 0xe1,
  controlHumidity: 0xf2,
  control: 0xf4,
  config: 0xf5,
  data: 0xf7,
} as const;

const chipId = 0x60;
const resetKey = 0xb6;
const startUpTime = 2;

/** The datasheet's example; those of humidity are usual ones. */
const calibration: compensation.Calibration = {
  T: [27_504, 26_435, -1_000],
  P: [36_477, -10_685, 3_024, 2_855, 140, -7, 15_500, -14_600, 6_000],
  H: [75, 362, 0, 313, 50, 30],
};

/** What stands in place of a quantity that is not measured. */
const skipped = { pressure: 0x80000, temperature: 0x80000, humidity: 0x8000 };
const most = { pressure: 0xfffff, temperature: 0xfffff, humidity: 0xffff };

/** The raw numbers of the three converters. */
interface Raw {
  pressure: number;
  temperature: number;
  humidity: number;
}

/** @param address 0x76 or 0x77, as its pin SDO has it */
export function bme280Part(address = 0x76): I2cPart {
  return {
    address,
    powerUp({ air, clock }): PoweredI2cPart {
      let registers = registersAfterReset();
      /** Written to F2, it holds from the next write to F4 on. */
      let wantedForHumidity = 0;
      let pointer = 0;
      let isUpFrom = clock.monotonic() + startUpTime;
      let isMeasuredFrom = Number.POSITIVE_INFINITY;

      function reset(): void {
        registers = registersAfterReset();
        wantedForHumidity = 0;
        isUpFrom = clock.monotonic() + startUpTime;
        isMeasuredFrom = Number.POSITIVE_INFINITY;
      }

      function put(at: number, value: number): void {
        if (at === register.reset && value === resetKey) reset();
        if (at === register.controlHumidity) wantedForHumidity = value & 0x07;
        if (at === register.config) registers[at] = value;
        if (at !== register.control) return;
        registers[at] = value;
        registers[register.controlHumidity] = wantedForHumidity;
        const isAsleep = (value & 0x03) === 0;
        isMeasuredFrom = isAsleep ? Number.POSITIVE_INFINITY : clock.monotonic() + measuringTime(settings());
      }

      function settings(): Raw {
        const control = registers[register.control] ?? 0;
        return {
          temperature: oversampling(control >> 5),
          pressure: oversampling(control >> 2),
          humidity: oversampling(registers[register.controlHumidity] ?? 0),
        };
      }

      /** In the normal mode the chip measures over and over, in a forced one once. */
      function measure(): void {
        if (clock.monotonic() < isMeasuredFrom) return;
        registers.set(dataBytes(rawOf(air(), settings())), register.data);
        const control = registers[register.control] ?? 0;
        if ((control & 0x03) === 0x03) return;
        registers[register.control] = control & ~0x03;
        isMeasuredFrom = Number.POSITIVE_INFINITY;
      }

      return {
        write(bytes) {
          if (clock.monotonic() < isUpFrom) return;
          pointer = bytes[0] ?? pointer;
          for (let at = 0; at + 1 < bytes.length; at += 2) put(bytes[at] ?? 0, bytes[at + 1] ?? 0);
        },
        read(count) {
          if (clock.monotonic() < isUpFrom) return [];
          measure();
          const bytes = Array.from({ length: count }, (_, index) => registers[(pointer + index) & 0xff] ?? 0);
          pointer = (pointer + count) & 0xff;
          return bytes;
        },
      };
    },
  };
}

/** A BME280 on a Firmata board. */
export function bme280(): SerialTwin {
  return firmataBoard('bme280', [bme280Part()]);
}

function registersAfterReset(): Uint8Array {
  const registers = new Uint8Array(256);
  registers[register.id] = chipId;
  registers.set(words([...calibration.T, ...calibration.P]), register.calibration);
  const [h1, h2, h3, h4, h5, h6] = calibration.H;
  registers[register.calibrationH1] = h1;
  const shared = (h4 & 0x0f) | ((h5 & 0x0f) << 4);
  registers.set(
    [...words([h2]), h3, (h4 >> 4) & 0xff, shared, (h5 >> 4) & 0xff, h6 & 0xff],
    register.calibrationH2,
  );
  registers.set(dataBytes(skipped), register.data);
  return registers;
}

/** Low byte first. */
function words(values: readonly number[]): number[] {
  return values.flatMap((value) => [value & 0xff, (value >> 8) & 0xff]);
}

/** High byte first; the two of 20 bits end in four unused ones. */
function dataBytes({ pressure, temperature, humidity }: Raw): number[] {
  const twentyBits = (value: number) => [value >> 12, (value >> 4) & 0xff, (value << 4) & 0xf0];
  return [...twentyBits(pressure), ...twentyBits(temperature), humidity >> 8, humidity & 0xff];
}

/** How often a quantity is measured for one value: 0, 1, 2, 4, 8 or 16 times. */
function oversampling(code: number): number {
  return [0, 1, 2, 4, 8, 16, 16, 16][code & 0x07] ?? 0;
}

/** The longest that a measurement takes, in ms. */
function measuringTime({ temperature, pressure, humidity }: Raw): number {
  const further = (times: number) => (times === 0 ? 0 : 2.3 * times + 0.575);
  return 1.25 + 2.3 * temperature + further(pressure) + further(humidity);
}

/** The raw numbers from which the datasheet's formulas give this air back. */
function rawOf(air: Air, times: Raw): Raw {
  const temperature = compensation.nearest(air.temperature * 100, most.temperature, (adc) =>
    compensation.temperature(compensation.fineTemperature(adc, calibration)),
  );
  const fine = compensation.fineTemperature(temperature, calibration);
  const pressure =
    most.pressure -
    compensation.nearest(air.pressure * 100, most.pressure, (complement) =>
      compensation.pressure(most.pressure - complement, fine, calibration),
    );
  const humidity = compensation.nearest(air.humidity * 1_024, most.humidity, (adc) =>
    compensation.humidity(adc, fine, calibration),
  );
  return {
    temperature: times.temperature === 0 ? skipped.temperature : temperature,
    pressure: times.pressure === 0 ? skipped.pressure : pressure,
    humidity: times.humidity === 0 ? skipped.humidity : humidity,
  };
}
