import { z } from 'zod';
import { duration } from '../../config/duration.js';
import { defineDriver } from '../contract.js';

const options = z.strictObject({
  activeLow: z
    .boolean()
    .default(true)
    .describe(
      'True where the button connects the line to ground, against a pull-up (a resistor, or `gpio=17=pu` in config.txt).',
    ),
  debounce: duration({ most: 10_000 })
    .prefault('30 ms')
    .describe('How long a level must hold to count; longer than the contact bounces.')
    .meta({ examples: ['30 ms'] }),
});

export const button = defineDriver({
  model: 'button',
  title: 'Push button',
  datasheet: 'https://docs.kernel.org/driver-api/gpio/drivers-on-gpio.html',
  link: 'input',
  options,
  settings: (chosen) => chosen,
  states: ['released', 'pressed'],
});
