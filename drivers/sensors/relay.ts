import { z } from 'zod';
import { defineDriver } from '../contract.js';

const options = z.strictObject({
  activeLow: z
    .boolean()
    .default(true)
    .describe('True for modules that switch on while the line is low, as most with an optocoupler do.'),
});

export const relay = defineDriver({
  model: 'relay',
  title: 'Relay module',
  datasheet: 'Songle SRD-05VDC-SL-C, on modules with an optocoupler at the input',
  link: 'output',
  options,
  settings: (chosen) => chosen,
  mayBlink: false,
  states: ['off', 'on'],
});
