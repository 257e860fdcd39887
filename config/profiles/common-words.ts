import type { Words } from '../catalogue/languages.js';

/** What the guidance of several countries says alike. */

export const workAsUsual: Words = {
  en: 'Work as usual.',
  ko: '평소처럼 작업하세요.',
  ja: 'いつもどおり作業できます。',
  zh: '可以照常作业。',
  vi: 'Làm việc như thường.',
  ne: 'सधैंझैं काम गर्नुहोस्।',
  sw: 'Fanya kazi kama kawaida.',
};

export const coldDanger: Words = {
  en: 'Cold: danger',
  ko: '추위 위험',
  ja: '寒さ：危険',
  zh: '低温：危险',
  vi: 'Rét: nguy hiểm',
  ne: 'चिसो: खतरा',
  sw: 'Baridi: hatari',
};

export const coldWarning: Words = {
  en: 'Cold: warning',
  ko: '추위 경고',
  ja: '寒さ：警戒',
  zh: '低温：警告',
  vi: 'Rét: cảnh báo',
  ne: 'चिसो: चेतावनी',
  sw: 'Baridi: onyo',
};

export const coldCaution: Words = {
  en: 'Cold: caution',
  ko: '추위 주의',
  ja: '寒さ：注意',
  zh: '低温：注意',
  vi: 'Rét: chú ý',
  ne: 'चिसो: सावधान',
  sw: 'Baridi: tahadhari',
};

export const heatDanger: Words = {
  en: 'Heat: danger',
  ko: '더위 위험',
  ja: '暑さ：危険',
  zh: '高温：危险',
  vi: 'Nóng: nguy hiểm',
  ne: 'गर्मी: खतरा',
  sw: 'Joto: hatari',
};

export const shorterExercise: Words = {
  en: 'Make hard exercise outdoors shorter.',
  ko: '격한 야외 운동을 줄이세요.',
  ja: '屋外での激しい運動は短めにしましょう。',
  zh: '缩短户外剧烈运动。',
  vi: 'Rút ngắn vận động mạnh ngoài trời.',
  ne: 'बाहिर कडा व्यायाम छोट्याउनुहोस्।',
  sw: 'Fupisha mazoezi mazito ya nje.',
};
