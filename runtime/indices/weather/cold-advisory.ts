import { type AdvisoryDefinition, type AdvisoryLevel, type AdvisoryResult, highest } from './advisory.js';

/** Morning minimum in °C on two days in a row. */
const lasting = { advisory: -12, warning: -15 } as const;

/** Fall of the morning minimum from one day to the next in °C, where it ends at or below `coldest` and under normal. */
const sudden = { advisory: 10, warning: 15, coldest: 3, belowNormal: 3 } as const;

export const coldAdvisoryDefinition: AdvisoryDefinition = {
  id: 'cold-advisory',
  title: { en: 'Cold advisory of Korea', ko: '한파특보' },
  about: `From October to April, a morning minimum of ${lasting.advisory} °C, or ${lasting.warning} °C for a warning, on two days in a row; or one that is ${sudden.advisory} °C, or ${sudden.warning} °C, below that of the day before, at most ${sudden.coldest} °C, and at least ${sudden.belowNormal} °C below the normal value. A stop knows no normal value, so it judges the first alone.`,
  source: 'https://m.mbn.co.kr/news-amp/2750528',
};

export interface Mornings {
  /** Least temperature of the first morning and of the one after it, in °C; undefined where there is none. */
  minima: readonly [first: number | undefined, second: number | undefined];
  /** Normal least temperature of the second morning, in °C. Without it a sudden fall cannot be judged. */
  normal?: number;
  /** Month of the second morning, from 1. */
  month: number;
}

export function coldAdvisory({ minima: [first, second], normal, month }: Mornings): AdvisoryResult {
  if (month > 4 && month < 10)
    return {
      absent: { code: 'not-applicable', input: 'month', reason: 'It is issued from October to April only.' },
    };
  if (first === undefined || second === undefined)
    return {
      absent: { code: 'input-missing', reason: 'A day has no morning minimum; expected two days in a row.' },
    };
  return { level: highest(byLastingCold(Math.max(first, second)), bySuddenFall(first, second, normal)) };
}

function byLastingCold(milder: number): AdvisoryLevel {
  if (milder <= lasting.warning) return 'warning';
  return milder <= lasting.advisory ? 'advisory' : 'none';
}

function bySuddenFall(first: number, second: number, normal: number | undefined): AdvisoryLevel {
  if (normal === undefined || second > sudden.coldest || tenths(normal - second) < sudden.belowNormal)
    return 'none';
  const fall = tenths(first - second);
  if (fall >= sudden.warning) return 'warning';
  return fall >= sudden.advisory ? 'advisory' : 'none';
}

/** Temperatures are reported in tenths. */
function tenths(degrees: number): number {
  return Math.round(degrees * 10) / 10;
}
