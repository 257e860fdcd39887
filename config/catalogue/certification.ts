import type { Language } from './languages.js';

type Words = Readonly<Record<Language, string>>;

/** How a simple particle meter did in Korea's performance certification (성능인증), and how people are told. */
export const certifications = {
  'grade-1': { ko: '1등급', en: 'grade 1' },
  'grade-2': { ko: '2등급', en: 'grade 2' },
  'grade-3': { ko: '3등급', en: 'grade 3' },
  'outside-grades': { ko: '등급 외', en: 'outside the grades' },
} as const satisfies Readonly<Record<string, Words>>;

export type Certification = keyof typeof certifications;

export const uncertified: Words = { ko: '없음', en: 'none' };

/**
 * What must stand beside values of a simple meter that are shown to the public: that such a meter measured them, its
 * certification, and that they are none of the official network.
 *
 * Special Act on the Reduction and Management of Fine Dust (Korea), in force for simple meters since 15 August 2019:
 * http://www.chemicalnews.co.kr/news/articleView.html?idxno=785
 */
export const simpleMeter = {
  measured: { ko: '미세먼지 간이측정기로 측정한 값입니다.', en: 'Measured with a simple particle meter.' },
  certification: { ko: '성능인증 등급', en: 'Its performance certification' },
  unofficial: {
    ko: '국가 대기오염측정망의 측정값이 아닙니다.',
    en: 'Not a value of the official air quality network.',
  },
} as const satisfies Readonly<Record<string, Words>>;
