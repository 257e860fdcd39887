import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInputs, writeKeys } from '../../../runtime/cli/index-inputs.js';
import { nowcast } from '../../../runtime/indices/air/nowcast.js';
import { usAqi } from '../../../runtime/indices/air/us-aqi.js';
import { evaluate } from '../../../runtime/indices/evaluate.js';
import { indices } from '../../../runtime/indices/index.js';

describe('the words of ushelter index', () => {
  it.each([
    [usAqi, ['pm2_5=35.9'], { pm2_5: 35.9 }],
    [usAqi, ['pm10=.5', 'pm2_5=1e2'], { pm10: 0.5, pm2_5: 100 }],
    [usAqi, ['pm2_5=-3'], { pm2_5: -3 }],
    [usAqi, ['pm2_5='], { pm2_5: undefined }],
    [usAqi, [], {}],
    [nowcast, ['values=13,16,,21', 'pollutant=pm10'], { values: [13, 16, undefined, 21], pollutant: 'pm10' }],
    [nowcast, ['values='], { values: [] }],
    [nowcast, ['values=,'], { values: [undefined, undefined] }],
    [nowcast, ['values=1, 2'], { values: [1, 2] }],
  ])('are its inputs: %o %j', (definition, words, values) => {
    expect(readInputs(definition, words)).toEqual({ values });
  });

  it.each([
    [usAqi, ['35.9'], '"35.9" is no key=value; us-aqi takes [pm2_5=µg/m³] [pm10=µg/m³]'],
    [usAqi, ['pm25=1'], 'us-aqi takes no "pm25"; it takes [pm2_5=µg/m³] [pm10=µg/m³]'],
    [usAqi, ['__proto__=1'], 'us-aqi takes no "__proto__"'],
    [usAqi, ['toString=1'], 'us-aqi takes no "toString"'],
    [usAqi, ['pm10=1', 'pm10=2'], 'pm10 is given twice'],
    [usAqi, ['pm10=12µg'], 'pm10 is "12µg"; expected a number, such as 12.5'],
    [usAqi, ['pm10=Infinity'], 'pm10 is "Infinity"; expected a number'],
    [usAqi, ['pm10=1e999'], 'pm10 is "1e999"; expected a number'],
    [usAqi, ['pm10=0x10'], 'pm10 is "0x10"; expected a number'],
    [nowcast, ['values=1;2'], 'values is "1;2"; expected numbers, the newest first'],
    [nowcast, ['pollutant=o3'], 'pollutant is "o3"; expected one of pm2_5, pm10'],
  ])('are complained of where they are none: %o %j', (definition, words, message) => {
    const inputs = readInputs(definition, words);
    expect('wrong' in inputs && inputs.wrong).toContain(message);
  });

  it('never break it, whatever they are', () => {
    const keys = indices.flatMap(({ inputs }) => Object.keys(inputs));
    const word = fc.oneof(
      fc.string(),
      fc.tuple(fc.constantFrom(...keys, '__proto__', ''), fc.string()).map((pair) => pair.join('=')),
      fc.tuple(fc.constantFrom(...keys), fc.double()).map((pair) => pair.join('=')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...indices), fc.array(word, { maxLength: 6 }), (definition, words) => {
        const inputs = readInputs(definition, words);
        if ('wrong' in inputs) expect(inputs.wrong).not.toBe('');
        else expect(() => evaluate(definition, inputs.values)).not.toThrow();
      }),
    );
  });
});

it('tells the keys of an index with their units', () => {
  expect(writeKeys(nowcast.inputs)).toBe('pollutant=pm2_5|pm10 values=µg/m³,…');
});
