import { z } from 'zod';
import { defineDriver } from '../contract.js';
import { dhtInterval, dhtSample } from './dht-readings.js';

const title = 'Aosong DHT22';

export const dht22 = defineDriver({
  link: 'dht',
  model: 'dht22',
  title,
  datasheet:
    'Digital relative humidity & temperature sensor AM2302/DHT22, http://www.aosong.com/en/products-22.html',
  options: z.strictObject({}),
  channels: {
    temperature: { range: [-40, 80], resolution: 0.1 },
    humidity: { range: [0, 100], resolution: 0.1 },
  },
  interval: dhtInterval,
  type: 22,
  decode: (raw) => dhtSample(title, raw),
});
