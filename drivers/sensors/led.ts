import { z } from 'zod';
import { defineDriver } from '../contract.js';

const options = z.strictObject({
  activeLow: z
    .boolean()
    .default(false)
    .describe('False where the LED lies between the line and ground, so that a high line lights it.'),
});

export const led = defineDriver({
  model: 'led',
  title: 'LED',
  datasheet: 'https://docs.kernel.org/driver-api/gpio/drivers-on-gpio.html',
  link: 'output',
  options,
  settings: (chosen) => chosen,
  mayBlink: true,
  states: ['off', 'on'],
});
