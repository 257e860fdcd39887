import { defineDriver } from '../contract.js';
import { counts, masses, plantower } from './plantower.js';
import { commanded } from './plantower-modes.js';

export const pms7003 = defineDriver({
  ...plantower({
    model: 'pms7003',
    title: 'Plantower PMS7003',
    datasheet: 'PMS7003 series data manual V2.5, https://datasheet.lcsc.com/szlcsc/PMS7003_C84815.pdf',
    frameLength: 32,
    words: [...masses, ...counts],
  }),
  ...commanded,
});
