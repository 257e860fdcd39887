import { z } from 'zod';
import { defineDriver } from '../contract.js';
import { dhtInterval, dhtSample } from './dht-readings.js';

const title = 'Aosong DHT11';

/** Whole degrees and percents: the native code reads no tenths from this part. */
export const dht11 = defineDriver({
  link: 'dht',
  model: 'dht11',
  title,
  datasheet: 'DHT11 Product Manual, http://www.aosong.com/en/products-21.html',
  options: z.strictObject({}),
  channels: {
    temperature: { range: [0, 50], resolution: 1 },
    humidity: { range: [20, 90], resolution: 1 },
  },
  interval: dhtInterval,
  type: 11,
  decode: (raw) => dhtSample(title, raw),
});
