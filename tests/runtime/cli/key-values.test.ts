import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber, parseSeries, readKeyValues } from '../../../runtime/cli/key-values.js';

const taker = { taker: 'spike', takes: 'values= [suspect=]', keys: ['values', 'suspect'] };

describe('words of key=value', () => {
  it('are read by their keys', () => {
    const read = readKeyValues(['values=1,2', 'suspect=3'], taker);
    expect(read).toEqual({
      texts: new Map([
        ['values', '1,2'],
        ['suspect', '3'],
      ]),
    });
  });

  it.each([
    ['suspect', '"suspect" is no key=value; spike takes values= [suspect=]'],
    ['suspekt=3', 'spike takes no "suspekt"; it takes values= [suspect=]'],
    ['toString=3', 'spike takes no "toString"; it takes values= [suspect=]'],
    ['=3', 'spike takes no ""; it takes values= [suspect=]'],
  ])('are refused with what was expected: %s', (word, wrong) => {
    expect(readKeyValues([word], taker)).toEqual({ wrong });
  });

  it('have each key once', () => {
    expect(readKeyValues(['suspect=3', 'suspect=3'], taker)).toEqual({ wrong: 'suspect is given twice' });
  });

  it('are read or refused, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        const read = readKeyValues(words, taker);
        if ('wrong' in read) expect(read.wrong).not.toBe('');
        else expect([...read.texts].map(([key, text]) => `${key}=${text}`)).toEqual(words);
      }),
    );
  });
});

describe('a number', () => {
  it('is any finite decimal', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value))).toBe(value + 0);
      }),
    );
  });

  it.each(['', ' ', 'x', '1x', '0x10', '1,5', 'NaN', 'Infinity', '1e999', '--1', '.'])(
    'is not %j',
    (text) => {
      expect(parseNumber(text)).toBeUndefined();
    },
  );
});

describe('a series', () => {
  it('has nothing where nothing is written', () => {
    expect(parseSeries('1, 2.5,,-3,')).toEqual([1, 2.5, undefined, -3, undefined]);
    expect(parseSeries('')).toEqual([undefined]);
  });

  it('is refused as a whole where one is no number', () => {
    expect(parseSeries('1,two,3')).toBeUndefined();
  });

  it('comes back as it was written', () => {
    const values = fc.array(fc.option(fc.integer(), { nil: undefined }), { minLength: 1 });
    fc.assert(
      fc.property(values, (series) => {
        expect(parseSeries(series.map((value) => value ?? '').join(','))).toEqual(series);
      }),
    );
  });
});
