import type { Spike } from '../../config/catalogue/properties.js';
import { type Quality, quality } from '../../config/catalogue/quality.js';
import type { Series, TestDefinition } from './definition.js';
import { furtherApart } from './exact.js';
import { qartod } from './qartod.js';

export const spikeTest: TestDefinition = {
  id: 'spike',
  title: { en: 'Spike', ko: '순간 튐' },
  about:
    'A value that is too far from the mean of its two neighbours is suspect, or fails. In the shelter, where it is not known yet what follows, the last two values that passed stand for the neighbours, if they are from the last 15 min.',
  parameters: {
    suspect: { unit: 'value', about: 'Distance above which a value is suspect.' },
    fail: { unit: 'value', about: 'Distance above which it fails.' },
  },
  source: `${qartod}, spike test`,
};

/** @param neighbours undefined where one of them is not known */
export function spike(
  value: number,
  neighbours: readonly [number, number] | undefined,
  { suspect, fail }: Spike,
): Quality {
  if (!neighbours) return quality.notEvaluated;
  const expected = (neighbours[0] + neighbours[1]) / 2;
  if (fail !== undefined && furtherApart(value, expected, fail)) return quality.fail;
  if (suspect !== undefined && furtherApart(value, expected, suspect)) return quality.suspect;
  return quality.pass;
}

/** The test of each value of a series; where a neighbour is missing, as at both ends, it is not evaluated. */
export function spikes(values: Series, limits: Spike): Quality[] {
  return values.map((value, index) => {
    if (value === undefined) return quality.missing;
    const [before, after] = [values[index - 1], values[index + 1]];
    const neighbours = before === undefined || after === undefined ? undefined : ([before, after] as const);
    return spike(value, neighbours, limits);
  });
}
