import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseChip, type GpioChip, parseChip, systemNumber } from '../../../drivers/bindings/gpio-chip.js';

const expander: GpioChip = { label: 'raspberrypi-exp-gpio', base: 504, ngpio: 8 };
const pi3: GpioChip = { label: 'pinctrl-bcm2835', base: 0, ngpio: 54 };
const pi4: GpioChip = { label: 'pinctrl-bcm2711', base: 512, ngpio: 58 };
const pi5: GpioChip = { label: 'pinctrl-rp1', base: 571, ngpio: 54 };

describe('the choice of a GPIO chip', () => {
  it.each([pi3, pi4, pi5])('finds $label by itself, wherever its lines start', (own) => {
    expect(chooseChip([expander, own], 'auto')).toBe(own);
    expect(chooseChip([{ ...own, base: 9_000 }], 'auto').base).toBe(9_000);
  });

  it('takes exactly the label that is asked for', () => {
    expect(chooseChip([pi4, expander], 'raspberrypi-exp-gpio')).toBe(expander);
    expect(() => chooseChip([pi4], 'pinctrl')).toThrowError(
      'There is no GPIO chip labelled pinctrl; this machine has pinctrl-bcm2711 (58 lines from 512).',
    );
  });

  it('says so where the machine has no chip at all', () => {
    expect(() => chooseChip([], 'auto')).toThrowError(
      expect.objectContaining({
        code: 'GPIO_UNAVAILABLE',
        message:
          'There is no GPIO chip labelled pinctrl-bcm2835 or pinctrl-bcm2711 or pinctrl-rp1; this machine has none.',
      }),
    );
  });

  it('does not guess between two chips of one label', () => {
    expect(() => chooseChip([pi4, { ...pi4, base: 600 }], 'auto')).toThrowError(/more than one/);
  });
});

describe('the number of a line', () => {
  it('counts from the base of the chip', () => {
    expect(systemNumber(pi5, 17)).toBe(588);
    expect(systemNumber(pi3, 0)).toBe(0);
    expect(systemNumber(pi4, 57)).toBe(569);
  });

  it.each([-1, 58, 1.5, Number.NaN])('refuses line %d, which the chip has not', (line) => {
    expect(() => systemNumber(pi4, line)).toThrowError(
      expect.objectContaining({
        code: 'GPIO_UNAVAILABLE',
        message: `There is no GPIO line ${line}: pinctrl-bcm2711 has lines 0 to 57.`,
      }),
    );
  });
});

describe('the files of a chip', () => {
  it('are read as the kernel writes them', () => {
    expect(parseChip({ label: 'pinctrl-rp1\n', base: '571\n', ngpio: '54\n' })).toEqual(pi5);
  });

  it.each(['', '-1', '0x200', '5e2', '512 513', '99999999999999999999'])(
    'describe no chip with base %j',
    (base) => {
      expect(parseChip({ label: 'pinctrl-rp1', base, ngpio: '54' })).toBeUndefined();
    },
  );

  it('never throw, and give whole numbers or nothing', () => {
    const files = fc.record({ label: fc.string(), base: fc.string(), ngpio: fc.string() });
    fc.assert(
      fc.property(files, (any) => {
        const chip = parseChip(any);
        if (chip)
          expect([chip.base, chip.ngpio].every((each) => Number.isSafeInteger(each) && each >= 0)).toBe(true);
      }),
    );
  });
});
