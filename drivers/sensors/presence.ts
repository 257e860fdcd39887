import { z } from 'zod';
import { duration } from '../../config/duration.js';
import { defineDriver } from '../contract.js';

const options = z.strictObject({
  activeLow: z
    .boolean()
    .default(false)
    .describe('False for detectors that drive the line high while somebody is there, as the HC-SR501 does.'),
  debounce: duration({ most: 600_000 })
    .prefault('500 ms')
    .describe('How long a level must hold to count; longer than the detector flickers.')
    .meta({ examples: ['500 ms'] }),
});

export const presence = defineDriver({
  model: 'presence',
  title: 'Presence detector (HC-SR501 and other switching outputs)',
  datasheet: 'https://www.mpja.com/download/31227sc.pdf',
  link: 'input',
  options,
  settings: (chosen) => chosen,
  states: ['absent', 'present'],
});
