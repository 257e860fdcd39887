import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashPin, isPin, parsePin } from '../../../runtime/maintenance/pin.js';

describe('what is kept of a PIN', () => {
  it('tells the PIN from every other, and not what it is', async () => {
    const [text, again] = await Promise.all([hashPin('271828'), hashPin('271828')]);
    expect(text).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$/);
    expect(text).not.toContain('271828');
    expect(text).not.toBe(again);
    const kept = parsePin(text);
    if (!kept) throw new Error('it cannot be read');
    expect(await isPin('271828', kept)).toBe(true);
    for (const wrong of ['271829', '', '2718280', '１２３４５６'])
      expect(await isPin(wrong, kept)).toBe(false);
  });

  it('is refused where it is something else, or would take more memory than a board has', async () => {
    const good = await hashPin('271828');
    const bad = [
      '',
      '271828',
      good.replace('ln=15', 'ln=31'),
      good.replace('ln=15', 'ln=1'),
      good.replace('r=8', 'r=99'),
      good.replace('p=1', 'p=9'),
      good.slice(0, -1),
      `${good}\n${good}`,
      good.replace('scrypt', 'argon2id'),
    ];
    for (const text of bad) expect(parsePin(text)).toBeUndefined();
    expect(parsePin(good)).toBeDefined();
    fc.assert(fc.property(fc.string(), (text) => parsePin(text) === undefined));
  });
});
