import type { AdvisoryDefinition, AdvisoryLevel, AdvisoryResult } from './advisory.js';

/** Greatest feels-like temperature of the day, in °C. */
const least = { advisory: 33, warning: 35 } as const;

export const heatAdvisoryDefinition: AdvisoryDefinition = {
  id: 'heat-advisory',
  title: { en: 'Heat advisory of Korea', ko: '폭염특보' },
  about: `A greatest feels-like temperature (kma-feels-like) of ${least.advisory} °C, or ${least.warning} °C for a warning, on two days in a row; judged from May to September. As in force since 15 May 2023.`,
  source: 'https://hankyung.com/life/article/202305154910Y',
};

/** @param days the greatest feels-like temperature of each in °C, expected or measured; undefined where it has none */
export function heatAdvisory(
  days: readonly [first: number | undefined, second: number | undefined],
): AdvisoryResult {
  const [first, second] = days;
  if (first === undefined || second === undefined)
    return {
      absent: {
        code: 'input-missing',
        reason: 'A day has no feels-like temperature; expected two days in a row.',
      },
    };
  return { level: levelOf(Math.min(first, second)) };
}

function levelOf(feelsLike: number): AdvisoryLevel {
  if (feelsLike >= least.warning) return 'warning';
  return feelsLike >= least.advisory ? 'advisory' : 'none';
}
