import type { RateOfChange } from '../../config/catalogue/properties.js';
import { type Quality, quality } from '../../config/catalogue/quality.js';
import type { Point, Series, TestDefinition } from './definition.js';
import { furtherApart } from './exact.js';
import { qartod } from './qartod.js';

export const rateOfChangeTest: TestDefinition = {
  id: 'rate-of-change',
  title: { en: 'Rate of change', ko: '변화율' },
  about:
    'A value is suspect that differs from the one before it by more than the time between them explains. In the shelter the one before is the last that passed every test, so one wrong value does not make the next one suspect, and a true step is believed again after a while.',
  parameters: {
    allowance: { unit: 'value', about: 'A change that is believed however fast it comes.' },
    perHour: { unit: 'value/h', about: 'How much more is believed for each hour.' },
  },
  source: `${qartod}, rate of change test; step limits after WMO-No. 8, Guide to Instruments and Methods of Observation`,
};

const hour = 3_600_000;

/** @param before undefined where nothing is known of before */
export function rateOfChange(
  { time, value }: Point,
  before: Point | undefined,
  { allowance, perHour }: RateOfChange,
): Quality {
  if (!before) return quality.notEvaluated;
  const explained = allowance + (perHour * Math.max(0, time - before.time)) / hour;
  return furtherApart(value, before.value, explained) ? quality.suspect : quality.pass;
}

/**
 * The test of each value of a series against its neighbour. As in the reference implementation of QARTOD, a value that
 * has none, because it is the first or the one before is missing, passes.
 *
 * @param interval in s
 * @param perSecond greatest change
 */
export function ratesOfChange(values: Series, interval: number, perSecond: number): Quality[] {
  return values.map((value, index) => {
    const before = values[index - 1];
    if (value === undefined) return quality.missing;
    if (before === undefined) return quality.pass;
    return furtherApart(value, before, perSecond * interval) ? quality.suspect : quality.pass;
  });
}
