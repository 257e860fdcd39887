import { defineDriver } from '../contract.js';
import { counts, masses, plantower } from './plantower.js';
import { commanded } from './plantower-modes.js';

export const pmsa003 = defineDriver({
  ...plantower({
    model: 'pmsa003',
    title: 'Plantower PMSA003',
    datasheet: 'PMSA003 series data manual, https://datasheet.lcsc.com/szlcsc/PMSA003-A_C132744.pdf',
    frameLength: 32,
    words: [...masses, ...counts],
  }),
  ...commanded,
});
