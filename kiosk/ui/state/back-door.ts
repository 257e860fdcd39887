/** The hidden way to the maintenance screen: nothing on the screen tells of it, and no visitor finds it by chance. */
export interface BackDoor {
  /** A finger comes down, or up again, at a place on a screen of a size. @returns true where the door opens */
  down(place: Place, size: Size, instant: number): void;
  up(place: Place, size: Size, instant: number): boolean;
  /** A key of the keypad. @returns true where the door opens */
  key(name: string, instant: number): boolean;
}

interface Place {
  x: number;
  y: number;
}

/** All in CSS pixels. */
interface Size {
  width: number;
  height: number;
  /** How far a corner reaches. */
  corner: number;
}

type Corner = 'upper-left' | 'upper-right' | 'lower-right' | 'lower-left';

/** The first is held; the others are tapped one after the other. */
const held: Corner = 'upper-left';
const tapped: readonly Corner[] = ['upper-right', 'lower-right', 'lower-left'];

const keys = [
  'ArrowUp',
  'ArrowUp',
  'ArrowDown',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'ArrowLeft',
  'ArrowRight',
] as const;

/** How long the first is held, and how long there is for each step after it, in ms. */
const times = { hold: 3_000, step: 4_000 };

export function createBackDoor(): BackDoor {
  let pressed: { corner: Corner | undefined; at: number } | undefined;
  let taps: { done: number; at: number } | undefined;
  let typed = { done: 0, at: 0 };

  function tap(corner: Corner | undefined, instant: number): boolean {
    if (!taps || corner !== tapped[taps.done] || instant - taps.at > times.step) {
      taps = undefined;
      return false;
    }
    taps = { done: taps.done + 1, at: instant };
    if (taps.done < tapped.length) return false;
    taps = undefined;
    return true;
  }

  return {
    down(place, size, instant) {
      pressed = { corner: cornerAt(place, size), at: instant };
    },
    up(place, size, instant) {
      const corner = cornerAt(place, size);
      const start = pressed;
      pressed = undefined;
      if (!start || start.corner !== corner) return tap(undefined, instant);
      if (corner === held && instant - start.at >= times.hold) {
        taps = { done: 0, at: instant };
        return false;
      }
      return tap(corner, instant);
    },
    key(name, instant) {
      const goesOn = name === keys[typed.done] && (typed.done === 0 || instant - typed.at <= times.step);
      if (goesOn) typed = { done: typed.done + 1, at: instant };
      // A third `up` is the second of a new beginning.
      else if (name !== keys[0]) typed = { done: 0, at: instant };
      else typed = { done: typed.done === 2 ? 2 : 1, at: instant };
      if (typed.done < keys.length) return false;
      typed = { done: 0, at: instant };
      return true;
    },
  };
}

function cornerAt({ x, y }: Place, { width, height, corner }: Size): Corner | undefined {
  const [left, right] = [x <= corner, x >= width - corner];
  const [upper, lower] = [y <= corner, y >= height - corner];
  if (upper) return left ? 'upper-left' : right ? 'upper-right' : undefined;
  if (lower) return left ? 'lower-left' : right ? 'lower-right' : undefined;
  return undefined;
}
