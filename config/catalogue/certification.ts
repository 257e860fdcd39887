import type { Words } from './languages.js';

/** How a simple particle meter did in Korea's performance certification (성능인증), and how people are told. */
export const certifications = {
  'grade-1': {
    ko: '1등급',
    en: 'grade 1',
    ja: '1等級',
    zh: '1级',
    vi: 'hạng 1',
    ne: 'श्रेणी 1',
    sw: 'daraja la 1',
  },
  'grade-2': {
    ko: '2등급',
    en: 'grade 2',
    ja: '2等級',
    zh: '2级',
    vi: 'hạng 2',
    ne: 'श्रेणी 2',
    sw: 'daraja la 2',
  },
  'grade-3': {
    ko: '3등급',
    en: 'grade 3',
    ja: '3等級',
    zh: '3级',
    vi: 'hạng 3',
    ne: 'श्रेणी 3',
    sw: 'daraja la 3',
  },
  'outside-grades': {
    ko: '등급 외',
    en: 'outside the grades',
    ja: '等級外',
    zh: '等级外',
    vi: 'ngoài hạng',
    ne: 'श्रेणीबाहिर',
    sw: 'nje ya madaraja',
  },
} as const satisfies Readonly<Record<string, Words>>;

export type Certification = keyof typeof certifications;

export const uncertified: Words = {
  ko: '미인증',
  en: 'uncertified',
  ja: '未認証',
  zh: '未认证',
  vi: 'chưa chứng nhận',
  ne: 'अप्रमाणित',
  sw: 'hakijathibitishwa',
};

/**
 * What must stand beside values of a simple meter that are shown to the public: that such a meter measured them, its
 * certification, and that they are none of the official network.
 *
 * Special Act on the Reduction and Management of Fine Dust (Korea), in force for simple meters since 15 August 2019:
 * http://www.chemicalnews.co.kr/news/articleView.html?idxno=785
 */
export const simpleMeter = {
  measured: {
    ko: '미세먼지 간이측정기로 측정한 값입니다.',
    en: 'Measured with a simple particle meter.',
    ja: '粒子状物質の簡易測定器による測定値です。',
    zh: '由颗粒物简易测量仪测得。',
    vi: 'Đo bằng máy đo bụi đơn giản.',
    ne: 'धुलोको साधारण मापकले मापन गरिएको।',
    sw: 'Imepimwa kwa kipima vumbi rahisi.',
  },
  certification: {
    ko: '성능인증 등급',
    en: 'Its performance certification',
    ja: '性能認証の等級',
    zh: '性能认证等级',
    vi: 'Chứng nhận hiệu năng',
    ne: 'कार्यक्षमता प्रमाणीकरण',
    sw: 'Cheti chake cha utendaji',
  },
  unofficial: {
    ko: '국가 대기오염측정망의 측정값이 아닙니다.',
    en: 'Not a value of the official air quality network.',
    ja: '国の大気汚染測定網の測定値ではありません。',
    zh: '并非国家空气质量监测网的数值。',
    vi: 'Không phải số liệu của mạng quan trắc không khí chính thức.',
    ne: 'यो सरकारी वायु मापन सञ्जालको मान होइन।',
    sw: 'Si kipimo cha mtandao rasmi wa ubora wa hewa.',
  },
} as const satisfies Readonly<Record<string, Words>>;
