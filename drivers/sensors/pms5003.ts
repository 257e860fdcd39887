import { defineDriver } from '../contract.js';
import { counts, masses, plantower } from './plantower.js';
import { commanded } from './plantower-modes.js';

export const pms5003 = defineDriver({
  ...plantower({
    model: 'pms5003',
    title: 'Plantower PMS5003',
    datasheet:
      'PMS5003 series data manual V2.3, https://www.aqmd.gov/docs/default-source/aq-spec/resources-page/plantower-pms5003-manual_v2-3.pdf',
    frameLength: 32,
    words: [...masses, ...counts],
  }),
  ...commanded,
});
