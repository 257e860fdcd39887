import type { Language } from '../../config/catalogue/languages.js';

/** The symbols of units that stand on the screen. */
export const spokenUnits = [
  'µg/m³',
  'km/h',
  'm/s',
  'mph',
  'ppm',
  'hPa',
  'cm³',
  '°C',
  '°F',
  'µm',
  '%',
] as const;

/** How a language says aloud what is written in signs. */
export interface SpokenWords {
  /** Said behind a number, or around it where it stands in for `#`. */
  units: Readonly<Record<(typeof spokenUnits)[number], string>>;
  minus: string;
  /** Between the ends of a span, such as 2–5. */
  to: string;
  /** Between the whole and the rest of a number, where the voice would leave it out. */
  point?: string;
  /** The time of day, where the voice would read two numbers. */
  time?: (hours: number, minutes: number) => string;
  /** Names of letters, where the voice has none. */
  letters?: Readonly<Record<string, string>>;
  /** The digits 0 to 9, where the voice reads ours in English. */
  digits?: string;
}

export const spokenWords: Readonly<Record<Language, SpokenWords>> = {
  ko: {
    units: {
      'µg/m³': '마이크로그램 퍼 세제곱미터',
      'km/h': '시속 # 킬로미터',
      'm/s': '초속 # 미터',
      mph: '시속 # 마일',
      ppm: '피피엠',
      hPa: '헥토파스칼',
      'cm³': '세제곱센티미터',
      '°C': '도',
      '°F': '화씨 # 도',
      µm: '마이크로미터',
      '%': '퍼센트',
    },
    minus: '영하',
    to: '에서 ',
    point: '점',
    time: (hours, minutes) => `${hours}시${minutes > 0 ? ` ${minutes}분` : ''}`,
    letters: {
      ...{ A: '에이', B: '비', C: '씨', D: '디', E: '이', F: '에프', G: '지', H: '에이치', I: '아이' },
      ...{ J: '제이', K: '케이', L: '엘', M: '엠', N: '엔', O: '오', P: '피', Q: '큐', R: '알' },
      ...{ S: '에스', T: '티', U: '유', V: '브이', W: '더블유', X: '엑스', Y: '와이', Z: '제트' },
    },
  },
  en: {
    units: {
      'µg/m³': 'micrograms per cubic metre',
      'km/h': 'kilometres per hour',
      'm/s': 'metres per second',
      mph: 'miles per hour',
      ppm: 'parts per million',
      hPa: 'hectopascals',
      'cm³': 'cubic centimetres',
      '°C': 'degrees',
      '°F': 'degrees Fahrenheit',
      µm: 'micrometres',
      '%': 'percent',
    },
    minus: 'minus',
    to: ' to ',
  },
  ja: {
    units: {
      'µg/m³': 'マイクログラム毎立方メートル',
      'km/h': '時速#キロメートル',
      'm/s': '秒速#メートル',
      mph: '時速#マイル',
      ppm: 'ピーピーエム',
      hPa: 'ヘクトパスカル',
      'cm³': '立方センチメートル',
      '°C': '度',
      '°F': '華氏#度',
      µm: 'マイクロメートル',
      '%': 'パーセント',
    },
    minus: 'マイナス',
    to: 'から',
    point: '点',
    time: (hours, minutes) => `${hours}時${minutes > 0 ? `${minutes}分` : ''}`,
    letters: {
      ...{ A: 'エー', B: 'ビー', C: 'シー', D: 'ディー', E: 'イー', F: 'エフ', G: 'ジー', H: 'エイチ' },
      ...{ I: 'アイ', J: 'ジェー', K: 'ケー', L: 'エル', M: 'エム', N: 'エヌ', O: 'オー', P: 'ピー' },
      ...{ Q: 'キュー', R: 'アール', S: 'エス', T: 'ティー', U: 'ユー', V: 'ブイ', W: 'ダブリュー' },
      ...{ X: 'エックス', Y: 'ワイ', Z: 'ゼット' },
    },
  },
  zh: {
    units: {
      'µg/m³': '微克每立方米',
      'km/h': '每小时#公里',
      'm/s': '每秒#米',
      mph: '每小时#英里',
      ppm: '百万分率',
      hPa: '百帕',
      'cm³': '立方厘米',
      '°C': '度',
      '°F': '华氏#度',
      µm: '微米',
      '%': '百分之#',
    },
    minus: '零下',
    to: '到',
    point: '点',
    time: (hours, minutes) => `${hours}点${minutes > 0 ? `${minutes}分` : '整'}`,
    letters: {
      ...{ A: '诶', B: '比', C: '西', D: '地', E: '伊', F: '艾弗', G: '吉', H: '艾尺', I: '艾' },
      ...{ J: '杰', K: '开', L: '艾勒', M: '艾姆', N: '恩', O: '欧', P: '批', Q: '丘', R: '阿' },
      ...{ S: '艾丝', T: '提', U: '优', V: '维', W: '大波六', X: '艾克斯', Y: '歪', Z: '字' },
    },
  },
  vi: {
    units: {
      'µg/m³': 'mi crô gam trên mét khối',
      'km/h': 'ki lô mét trên giờ',
      'm/s': 'mét trên giây',
      mph: 'dặm trên giờ',
      ppm: 'phần triệu',
      hPa: 'héc tô pát can',
      'cm³': 'xăng ti mét khối',
      '°C': 'độ',
      '°F': 'độ F',
      µm: 'mi crô mét',
      '%': 'phần trăm',
    },
    minus: 'âm',
    to: ' đến ',
    time: (hours, minutes) => `${hours} giờ${minutes > 0 ? ` ${minutes} phút` : ''}`,
  },
  ne: {
    units: {
      'µg/m³': 'माइक्रोग्राम प्रति घनमिटर',
      'km/h': 'किलोमिटर प्रति घण्टा',
      'm/s': 'मिटर प्रति सेकेन्ड',
      mph: 'माइल प्रति घण्टा',
      ppm: 'पीपीएम',
      hPa: 'हेक्टोपास्कल',
      'cm³': 'घन सेन्टिमिटर',
      '°C': 'डिग्री',
      '°F': 'डिग्री फरेनहाइट',
      µm: 'माइक्रोमिटर',
      '%': 'प्रतिशत',
    },
    minus: 'माइनस',
    to: ' देखि ',
    point: ' दशमलव ',
    time: (hours, minutes) => `${hours} बजे${minutes > 0 ? ` ${minutes} मिनेट` : ''}`,
    digits: '०१२३४५६७८९',
  },
  sw: {
    units: {
      'µg/m³': 'mikrogramu kwa mita ya ujazo',
      'km/h': 'kilomita kwa saa',
      'm/s': 'mita kwa sekunde',
      mph: 'maili kwa saa',
      ppm: 'sehemu kwa milioni',
      hPa: 'hektopaskali',
      'cm³': 'sentimita za ujazo',
      '°C': 'nyuzi',
      '°F': 'nyuzi Farenhaiti',
      µm: 'mikromita',
      '%': 'asilimia',
    },
    minus: 'hasi',
    to: ' hadi ',
  },
};
