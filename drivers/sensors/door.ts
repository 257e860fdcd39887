import { z } from 'zod';
import { duration } from '../../config/duration.js';
import { defineDriver } from '../contract.js';

const options = z.strictObject({
  activeLow: z
    .boolean()
    .default(false)
    .describe(
      'False where a closed door connects the line to ground, against a pull-up, so that a cut wire reads as open.',
    ),
  debounce: duration({ most: 60_000 })
    .prefault('100 ms')
    .describe('How long a level must hold to count; longer than the door rattles.')
    .meta({ examples: ['100 ms'] }),
});

export const door = defineDriver({
  model: 'door',
  title: 'Door contact (reed switch)',
  datasheet: 'https://www.adafruit.com/product/375',
  link: 'input',
  options,
  settings: (chosen) => chosen,
  states: ['closed', 'open'],
});
