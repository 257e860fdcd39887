import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOf, reachOf, viewOf } from '../../../kiosk/ui/state/layout.js';

describe('The view', () => {
  it('is a panel, a phone or a television', () => {
    expect(viewOf({ width: 1080, height: 1920, query: '' })).toBe('panel');
    expect(viewOf({ width: 1920, height: 1080, query: '' })).toBe('panel');
    expect(viewOf({ width: 390, height: 844, query: '' })).toBe('hand');
    expect(viewOf({ width: 844, height: 390, query: '' })).toBe('hand');
    expect(viewOf({ width: 1920, height: 1080, query: '?view=tv' })).toBe('wall');
  });
});

describe('The layout', () => {
  it('follows what fits at the size that people need', () => {
    const line = 53;
    const of = (width: number, height: number, scale = 1) =>
      layoutOf({ width: width / line / scale, height: height / line / scale, view: 'panel' });
    expect(of(1080, 1920)).toBe('tall');
    expect(of(1920, 1080)).toBe('wide');
    expect(of(1080, 1280)).toBe('short');
    expect(of(1080, 1920, 2)).toBe('tight');
    expect(of(1920, 1080, 2)).toBe('flat');
  });

  it('scrolls on a phone alone', () => {
    expect(layoutOf({ width: 20, height: 44, view: 'hand' })).toBe('scroll');
    expect(layoutOf({ width: 20, height: 10, view: 'wall' })).toBe('wide');
    expect(layoutOf({ width: 10, height: 20, view: 'wall' })).toBe('tall');
  });
});

describe('The low position', () => {
  it('ends 1,220 mm above the floor', () => {
    expect(reachOf({ height: 1_920, pxPerMm: 4, panelBottom: 900 })).toBe(320 * 4);
  });

  it('is the whole of a panel that hangs low', () => {
    expect(reachOf({ height: 1_080, pxPerMm: 4, panelBottom: 900 })).toBe(1_080);
  });

  it('leaves room for everything, however high the panel hangs', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 500, max: 4_000 }),
        fc.double({ min: 1, max: 20, noNaN: true }),
        fc.integer({ min: 0, max: 2_000 }),
        (height, pxPerMm, panelBottom) => {
          const reach = reachOf({ height, pxPerMm, panelBottom });
          expect(reach).toBeLessThanOrEqual(height);
          expect(reach).toBeGreaterThanOrEqual(Math.floor(height * 0.45));
        },
      ),
    );
  });
});
