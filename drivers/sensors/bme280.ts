import { z } from 'zod';
import { type Channels, defineDriver } from '../contract.js';
import { requireNumbers, rounded } from './numbers.js';

/** Bosch BME280 on the I2C bus of a Firmata board: temperature, humidity, pressure. */

const title = 'Bosch BME280';

const channels = {
  temperature: { range: [-40, 85], resolution: 0.01 },
  humidity: { range: [0, 100], resolution: 0.01 },
  pressure: { range: [300, 1100], resolution: 0.01 },
} as const satisfies Channels;

export const bme280 = defineDriver({
  link: 'firmata',
  model: 'bme280',
  title,
  datasheet:
    'BST-BME280-DS002, https://www.bosch-sensortec.com/products/environmental-sensors/humidity-sensors-bme280/',
  options: z.strictObject({
    address: z
      .union([z.literal(0x76), z.literal(0x77)], { error: '0x76 or 0x77' })
      .default(0x76)
      .describe('I2C address: 0x76 where the pin SDO is low, as on most modules, 0x77 where it is high.')
      .meta({ examples: [0x77] }),
  }),
  channels,
  interval: { default: 10_000, least: 1_000 },
  component: ({ address }, interval) => ({ controller: 'BME280', address, every: Math.min(interval, 1_000) }),
  // johnny-five gives °C, %RH × 1024, and Pa.
  decode(reading) {
    const { temperature, humidity, pressure } = requireNumbers(title, reading, [
      'temperature',
      'humidity',
      'pressure',
    ]);
    // The other two are computed with the temperature: from one that cannot be true, they are not true either.
    const [least, greatest] = channels.temperature.range;
    if (temperature < least || temperature > greatest) return { temperature };
    return { temperature, humidity: rounded(humidity / 1_024, 3), pressure: pressure / 100 };
  },
  patience: 5_000,
});
