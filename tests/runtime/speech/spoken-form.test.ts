import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Language, languages } from '../../../config/catalogue/languages.js';
import { units } from '../../../config/catalogue/units.js';
import { displayUnits } from '../../../config/profiles/display-units.js';
import { spokenForm } from '../../../runtime/speech/spoken-form.js';
import { spokenUnits } from '../../../runtime/speech/spoken-words.js';

const tags = Object.keys(languages) as Language[];

describe('What is written in signs', () => {
  it.each<[Language, string, string]>([
    ['ko', '초미세먼지 PM2.5 35 µg/m³', '초미세먼지 피엠2점5 35 마이크로그램 퍼 세제곱미터'],
    ['ko', '−3.4 °C', '영하 3점4 도'],
    ['ko', 'M7106번, 14:05 도착 예정', '엠7106번, 14시 5분 도착 예정'],
    ['ko', '오후 2~5시, 습도 61%', '오후 2에서 5시, 습도 61 퍼센트'],
    ['en', '3.4 °C · now', '3.4 degrees, now'],
    ['en', '2–5 min, at 00:05', '2 to 5 min, at 00:05'],
    ['ja', '14:00、気温 3.4 °C', '14時、気温 3点4 度'],
    ['zh', '湿度 61 %，14:00，PM2.5', '湿度 百分之61，14点整，批艾姆2点5'],
    ['vi', '61 %, 3,4 °C, 14:05', '61 phần trăm, 3,4 độ, 14 giờ 5 phút'],
    ['ne', '273 नम्बर, 3.4 °C', '२७३ नम्बर, ३ दशमलव ४ डिग्री'],
    ['sw', 'unyevu 61 %', 'unyevu 61 asilimia'],
  ])('is said in words in %s: %s', (language, written, spoken) => {
    expect(spokenForm(written, language)).toBe(spoken);
  });

  it('is no time of day, no unit and no minus where it only looks so', () => {
    expect(spokenForm('9401-1번, 24:60, 1:2:3', 'ko')).toBe('9401-1번, 24:60, 1:2:3');
    expect(spokenForm('5 mphz', 'en')).toBe('5 mphz');
  });

  it('is no command to the voice', () => {
    expect(spokenForm('[[h@l\'oU]] <voice name="x"> | now', 'en')).not.toMatch(/[[\]<>|]/);
  });
});

describe.each(tags)('A voice for %s', (tag) => {
  it('says every unit of the screen', () => {
    const symbols = [
      ...Object.values(units).map(({ symbol }) => symbol),
      ...Object.values(displayUnits).flatMap((kind) => Object.values(kind).map(({ symbol }) => symbol)),
    ].filter((symbol) => symbol !== '');
    for (const symbol of symbols) {
      expect(spokenUnits).toContain(symbol);
      expect(spokenForm(`5 ${symbol}`, tag)).not.toContain(symbol);
    }
  });

  it('is given something for whatever is written, and no sign that it would spell', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(spokenForm(text, tag)).not.toMatch(/[[\]{}<>|]|\s{2}|^\s|\s$/);
      }),
    );
  });

  it('is given every number there was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (number) => {
        const digits = spokenForm(`(${number})`, tag).replace(/[०-९]/g, (digit) =>
          String((digit.codePointAt(0) ?? 0) - 0x966),
        );
        expect(digits).toBe(`(${number})`);
      }),
    );
  });
});
