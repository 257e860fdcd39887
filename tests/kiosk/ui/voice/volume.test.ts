import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { volumeAt } from '../../../../kiosk/ui/voice/volume.js';

const voice = { volume: 80, night: { from: 22 * 60, to: 7 * 60, volume: 40 } };

describe('The volume', () => {
  it.each([
    [12 * 60, 0.8],
    [21 * 60 + 59, 0.8],
    [22 * 60, 0.4],
    [0, 0.4],
    [7 * 60 - 1, 0.4],
    [7 * 60, 0.8],
  ])('in minute %d of the day is %d', (minute, volume) => {
    expect(volumeAt(voice, minute, 0)).toBe(volume);
  });

  it('is the softer one while nobody knows the time', () => {
    expect(volumeAt(voice, undefined, 0)).toBe(0.4);
    expect(volumeAt({ ...voice, volume: 20 }, undefined, 0)).toBe(0.2);
  });

  it('is what the visitor makes of it, within what the site has set up', () => {
    expect(volumeAt(voice, 720, 10)).toBe(0.9);
    expect(volumeAt(voice, 720, 90)).toBe(1);
    expect(volumeAt(voice, 0, -90)).toBe(0);
  });

  it('never leaves its bounds', () => {
    fc.assert(
      fc.property(
        fc.record({
          volume: fc.integer({ min: 0, max: 100 }),
          night: fc.record({
            from: fc.integer({ min: 0, max: 1_439 }),
            to: fc.integer({ min: 0, max: 1_439 }),
            volume: fc.integer({ min: 0, max: 100 }),
          }),
        }),
        fc.option(fc.integer({ min: 0, max: 1_439 }), { nil: undefined }),
        fc.integer({ min: -500, max: 500 }),
        (site, minute, added) => {
          const volume = volumeAt(site, minute, added);
          expect(volume).toBeGreaterThanOrEqual(0);
          expect(volume).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
