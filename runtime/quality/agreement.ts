import type { Agreement } from '../../config/catalogue/properties.js';
import { type Quality, quality } from '../../config/catalogue/quality.js';
import type { TestDefinition } from './definition.js';
import { furtherApart } from './exact.js';
import { qartod } from './qartod.js';

export const agreementTest: TestDefinition = {
  id: 'agreement',
  title: { en: 'Agreement', ko: '센서 간 일치' },
  about:
    'A value is suspect that more of the other sensors of its property contradict than confirm. Of two sensors that contradict each other nobody can tell which one is wrong, so both are suspect. Others count with what they gave in the last 10 min, unless another test doubts it.',
  parameters: {
    within: { unit: 'value', about: 'So far apart two sensors may be.' },
    share: { unit: 'share', about: 'Or by this share of the greater value, where that is more.' },
  },
  source: `${qartod}, multi-variate and neighbour tests`,
};

/** @param others what the other sensors of the property gave lately */
export function agreement(value: number, others: readonly number[], limits: Agreement): Quality {
  if (others.length === 0) return quality.notEvaluated;
  const contradicting = others.filter((other) => contradicts(value, other, limits)).length;
  return contradicting > others.length - contradicting ? quality.suspect : quality.pass;
}

function contradicts(value: number, other: number, { within, share }: Agreement): boolean {
  return furtherApart(value, other, Math.max(within, share * Math.max(value, other)));
}
