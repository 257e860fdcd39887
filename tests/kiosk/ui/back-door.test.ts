import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBackDoor } from '../../../kiosk/ui/state/back-door.js';

const size = { width: 1_080, height: 1_920, corner: 100 };
const upperLeft = { x: 10, y: 10 };
const upperRight = { x: 1_070, y: 10 };
const lowerRight = { x: 1_070, y: 1_910 };
const lowerLeft = { x: 10, y: 1_910 };
const middle = { x: 500, y: 900 };

type Touch = readonly [place: { x: number; y: number }, at: number, held: number];

/** Whether the door opens in the course of some touches. */
function opens(touches: readonly Touch[]): boolean {
  const door = createBackDoor();
  return touches
    .map(([place, at, held]) => {
      door.down(place, size, at);
      return door.up(place, size, at + held);
    })
    .some(Boolean);
}

const way: readonly Touch[] = [
  [upperLeft, 0, 3_000],
  [upperRight, 4_000, 100],
  [lowerRight, 5_000, 100],
  [lowerLeft, 6_000, 100],
];

describe('the hidden way to maintenance', () => {
  it('is to hold one corner and to tap the others in their order', () => {
    expect(opens(way)).toBe(true);
  });

  it('is closed to every way but that one', () => {
    const [hold, second, third, fourth] = way as [Touch, Touch, Touch, Touch];
    expect(opens([[upperLeft, 0, 2_900], second, third, fourth])).toBe(false);
    expect(opens([hold, third, second, fourth])).toBe(false);
    expect(opens([hold, second, [middle, 4_500, 100], third, fourth])).toBe(false);
    expect(opens([hold, second, third, [lowerLeft, 12_000, 100]])).toBe(false);
    expect(opens([second, third, fourth])).toBe(false);
  });

  it('does not count a finger that slides from one place to another', () => {
    const door = createBackDoor();
    door.down(upperLeft, size, 0);
    expect(door.up(middle, size, 4_000)).toBe(false);
    door.down(upperRight, size, 5_000);
    expect(door.up(upperRight, size, 5_100)).toBe(false);
    door.down(lowerRight, size, 5_200);
    expect(door.up(lowerRight, size, 5_300)).toBe(false);
    door.down(lowerLeft, size, 5_400);
    expect(door.up(lowerLeft, size, 5_500)).toBe(false);
  });

  it('is found by no touches that do not begin with a long hold', () => {
    const place = fc.record({ x: fc.integer({ min: 0, max: 1_079 }), y: fc.integer({ min: 0, max: 1_919 }) });
    const touch = fc.tuple(place, fc.integer({ min: 0, max: 2_999 }));
    fc.assert(
      fc.property(
        fc.array(touch, { maxLength: 60 }),
        (touches) => !opens(touches.map(([where, held], n): Touch => [where, n * 3_000, held])),
      ),
    );
  });

  it('is a sequence of keys too', () => {
    const door = createBackDoor();
    const keys = 'Up Up Down Down Left Right Left Right'.split(' ').map((key) => `Arrow${key}`);
    const press = (all: readonly string[], pause = 300) =>
      all.map((key, n) => door.key(key, n * pause)).some(Boolean);
    expect(press(keys)).toBe(true);
    expect(press(keys.slice(1))).toBe(false);
    expect(press(['ArrowUp', ...keys])).toBe(true);
    expect(press([...keys.slice(0, 4), 'Enter', ...keys.slice(4)])).toBe(false);
    expect(press(keys, 5_000)).toBe(false);
  });
});
