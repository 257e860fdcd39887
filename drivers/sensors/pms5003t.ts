import { defineDriver } from '../contract.js';
import { climate, fineCounts, masses, plantower } from './plantower.js';
import { commanded } from './plantower-modes.js';

export const pms5003t = defineDriver({
  ...plantower({
    model: 'pms5003t',
    title: 'Plantower PMS5003T',
    datasheet: 'PMS5003T series data manual',
    frameLength: 32,
    words: [...masses, ...fineCounts, ...climate],
  }),
  ...commanded,
});
