import { z } from 'zod';
import { defineDriver } from '../contract.js';
import { requireNumbers, rounded } from './numbers.js';

/** Sensirion SHT31 on the I2C bus of a Firmata board: temperature, humidity. */

const title = 'Sensirion SHT31';

const fullScale = 0xffff;

export const sht31 = defineDriver({
  link: 'firmata',
  model: 'sht31',
  title,
  datasheet: 'Datasheet SHT3x-DIS, https://sensirion.com/products/catalog/SHT31-DIS-B',
  options: z.strictObject({
    address: z
      .union([z.literal(0x44), z.literal(0x45)], { error: '0x44 or 0x45' })
      .default(0x44)
      .describe('I2C address: 0x44 where the pin ADDR is low, as on most modules, 0x45 where it is high.')
      .meta({ examples: [0x45] }),
  }),
  channels: {
    temperature: { range: [-40, 125], resolution: 0.01 },
    humidity: { range: [0, 100], resolution: 0.01 },
  },
  interval: { default: 10_000, least: 1_000 },
  component: ({ address }, interval) => ({ controller: 'SHT31D', address, every: Math.min(interval, 1_000) }),
  // johnny-five gives the sensor's own numbers, of 16 bits.
  decode(reading) {
    const { temperature, humidity } = requireNumbers(title, reading, ['temperature', 'humidity']);
    return {
      temperature: rounded(-45 + (175 * temperature) / fullScale, 2),
      humidity: rounded((100 * humidity) / fullScale, 2),
    };
  },
  patience: 5_000,
});
