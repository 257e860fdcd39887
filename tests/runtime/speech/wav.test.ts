import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWholeWav, wholeWav } from '../../../runtime/speech/wav.js';
import { openEndedWav } from './wav.js';

describe('A WAV file', () => {
  it('is given the sizes that a pipe could not know', () => {
    const open = openEndedWav(100);
    expect(isWholeWav(open)).toBe(false);
    const whole = Buffer.from(wholeWav(open) ?? []);
    expect(whole.length).toBe(244);
    expect(whole.readUInt32LE(4)).toBe(236);
    expect(whole.readUInt32LE(40)).toBe(200);
    expect(isWholeWav(whole)).toBe(true);
  });

  it('is not whole where a power cut left a part of it, however small the rest', () => {
    const whole = wholeWav(openEndedWav(100)) ?? Buffer.alloc(0);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        expect(isWholeWav(whole.subarray(0, length))).toBe(false);
      }),
    );
  });

  it('is none without sound, and none where the bytes are of something else', () => {
    expect(wholeWav(openEndedWav(0))).toBeUndefined();
    expect(
      wholeWav(Buffer.from('usage: espeak-ng [options] "words" and so on, longer than a header')),
    ).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(isWholeWav(bytes)).toBe(false);
      }),
    );
  });
});
