import { defineDriver } from '../contract.js';
import { climate, counts, formaldehyde, masses, plantower } from './plantower.js';
import { commanded } from './plantower-modes.js';

export const pms5003st = defineDriver({
  ...plantower({
    model: 'pms5003st',
    title: 'Plantower PMS5003ST',
    datasheet: 'PMS5003ST series data manual V2.6, https://www.scribd.com/document/394399779',
    frameLength: 40,
    words: [...masses, ...counts, formaldehyde, ...climate],
  }),
  ...commanded,
});
