import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, focusAfter } from '../../../kiosk/ui/state/keypad.js';

const box = (left: number, top: number, width = 10, height = 10): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

/** Two wide rows above three buttons. */
const boxes = [box(0, 0, 50), box(0, 20, 50), box(0, 40), box(20, 40), box(40, 40)];

describe('The arrows of a keypad', () => {
  it('begin with the first control', () => {
    expect(focusAfter('down', boxes, -1)).toBe(0);
    expect(focusAfter('down', [], -1)).toBe(-1);
  });

  it('to the right pass everything in reading order, and to the left back', () => {
    const there = [0];
    for (let step = 0; step < 5; step++) there.push(focusAfter('right', boxes, there.at(-1) ?? 0));
    expect(there).toEqual([0, 1, 2, 3, 4, 0]);
    expect(focusAfter('left', boxes, 0)).toBe(4);
  });

  it('up and down go to what is above and below', () => {
    expect(focusAfter('down', boxes, 0)).toBe(1);
    expect(focusAfter('down', boxes, 1)).toBe(3);
    expect(focusAfter('up', boxes, 4)).toBe(1);
    expect(focusAfter('up', boxes, 1)).toBe(0);
  });

  it('go on in reading order where nothing lies further', () => {
    expect(focusAfter('down', boxes, 4)).toBe(0);
    expect(focusAfter('up', boxes, 0)).toBe(4);
  });

  it('always lead to a control, and to another one where there is one', () => {
    const some = fc.record({
      left: fc.integer({ min: 0, max: 1_000 }),
      top: fc.integer({ min: 0, max: 1_000 }),
      width: fc.integer({ min: 10, max: 500 }),
      height: fc.integer({ min: 10, max: 500 }),
    });
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 2, maxLength: 20 }),
        fc.constantFrom('left', 'right', 'up', 'down'),
        fc.nat(),
        (several, arrow, seed) => {
          const all = several.map(({ left, top, width, height }) => box(left, top, width, height));
          const from = seed % all.length;
          const to = focusAfter(arrow, all, from);
          expect(all[to]).toBeDefined();
          expect(to).not.toBe(from);
        },
      ),
    );
  });
});
