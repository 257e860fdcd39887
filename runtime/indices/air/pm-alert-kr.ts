import { defineIndex, type IndexResult } from '../definition.js';
import { hourlyMeans, type Pollutant, pollutants, whole } from './concentration.js';

export type AlertLevel = 'none' | 'advisory' | 'warning';

/** What is known of an alert after an hour: its level, and that hour's mean in µg/m³, where it has one. */
export interface AlertState {
  level: AlertLevel;
  last: number | undefined;
}

/** In µg/m³, hourly: an alert is raised at `from` for two hours running, and lifted below `below`. */
const rules: Readonly<Record<Pollutant, Record<'advisory' | 'warning', { from: number; below: number }>>> = {
  pm10: { advisory: { from: 150, below: 100 }, warning: { from: 300, below: 150 } },
  pm2_5: { advisory: { from: 75, below: 35 }, warning: { from: 150, below: 75 } },
};

const levels = ['none', 'advisory', 'warning'] as const satisfies readonly AlertLevel[];

export const noAlert: AlertState = { level: 'none', last: undefined };

/**
 * The alert after one more hour. A warning that is lifted becomes an advisory, and that is lifted by a later hour. An
 * hour without a mean changes nothing, and what comes after it is a first hour again.
 *
 * @param mean of the hour in µg/m³, as a whole number
 */
export function nextAlert(
  pollutant: Pollutant,
  { level, last }: AlertState,
  mean: number | undefined,
): AlertState {
  if (mean === undefined) return { level, last: undefined };
  const lasting = last === undefined ? undefined : Math.min(last, mean);
  return { level: nextLevel(pollutant, level, mean, lasting), last: mean };
}

/** @param lasting what both this hour and the one before it reach */
function nextLevel(
  pollutant: Pollutant,
  level: AlertLevel,
  mean: number,
  lasting: number | undefined,
): AlertLevel {
  const { advisory, warning } = rules[pollutant];
  if (lasting !== undefined && lasting >= warning.from) return 'warning';
  if (level === 'warning') return mean < warning.below ? 'advisory' : 'warning';
  if (lasting !== undefined && lasting >= advisory.from) return 'advisory';
  return mean < advisory.below ? 'none' : level;
}

/** Looks back over three days: an alert that was raised before them and not lifted since is rarer than a gap. */
export const pmAlertKr = defineIndex({
  id: 'pm-alert-kr',
  title: {
    en: 'Korean particulate alert',
    ko: '미세먼지 경보',
    ja: '韓国の粒子状物質警報',
    zh: '韩国颗粒物警报',
    vi: 'Cảnh báo bụi mịn của Hàn Quốc',
    ne: 'कोरियाको धुलो चेतावनी',
    sw: 'Onyo la vumbi la Korea',
  },
  unit: undefined,
  inputs: {
    pollutant: { kind: 'choice', of: pollutants, about: 'Which particles the means are of' },
    values: { ...hourlyMeans(72), precision: whole },
  },
  grades: levels.map((id, from) => ({ id, from })),
  range: [0, 2],
  standard: 'Clean Air Conservation Act (Korea), Enforcement Rule, Annex 7',
  source: 'https://air.daegu.go.kr/index.do?menu_id=00000771',
  compute({ pollutant, values }): IndexResult {
    if (values.slice(0, 2).every((mean) => mean === undefined)) {
      const reason = 'Neither of the last 2 hours has a mean; expected at least one.';
      return { absent: { code: 'too-few-hours', input: 'values', reason } };
    }
    const { level } = values.reduceRight<AlertState>(
      (state, mean) => nextAlert(pollutant, state, mean),
      noAlert,
    );
    return { value: levels.indexOf(level), grade: level };
  },
});
