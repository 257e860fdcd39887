import { defineDriver } from '../contract.js';
import { masses, plantower } from './plantower.js';
import { reporting } from './plantower-modes.js';

export const pms3003 = defineDriver({
  ...plantower({
    model: 'pms3003',
    title: 'Plantower PMS3003',
    datasheet: 'PMS3003 data manual, https://datasheet.lcsc.com/szlcsc/PMS3003_C87024.pdf',
    frameLength: 24,
    words: masses,
  }),
  ...reporting,
});
