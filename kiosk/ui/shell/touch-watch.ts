import type { PageNews } from '../../supervision/page-link.js';
import type { Cancel, Clock } from '../clock.js';

/** Notices a finger that is never lifted, and a panel that feels none. */
export interface TouchWatch {
  down(pointer: number): void;
  /** @returns whether it had been held for so long that it is ignored */
  up(pointer: number): boolean;
  /** Whether any is held for so long that it is ignored: then the browser makes no presses of others. */
  isStuck(): boolean;
  /** People are there, as a button, a door or a motion sensor tells. */
  presence(): void;
  /** @param deadAfter from how long without a touch, in ms, the panel may be dead */
  care(deadAfter: number): void;
}

/** Who holds a finger down for so long, in ms, is no person. */
export const stuckAfter = 60_000;

/** So many signs of people without a touch are suspicious: fewer may all have come for something else. */
export const manyPeople = 20;

const hour = 3_600_000;

interface Held {
  since: number;
  isStuck: boolean;
  cancel: Cancel;
}

export function watchTouch(clock: Clock, tell: (news: PageNews) => void): TouchWatch {
  const held = new Map<number, Held>();
  let touchedAt = clock.monotonic();
  let deadAfter = Number.POSITIVE_INFINITY;
  let people = 0;
  let isDead = false;

  const secondsSince = (since: number) => Math.round((clock.monotonic() - since) / 1_000);

  return {
    down(pointer) {
      held.get(pointer)?.cancel();
      touchedAt = clock.monotonic();
      people = 0;
      if (isDead) tell({ kind: 'touch-back' });
      isDead = false;
      const finger: Held = { since: touchedAt, isStuck: false, cancel: () => {} };
      finger.cancel = clock.after(stuckAfter, () => {
        finger.isStuck = true;
        tell({ kind: 'touch-stuck', seconds: secondsSince(finger.since) });
      });
      held.set(pointer, finger);
    },
    up(pointer) {
      const finger = held.get(pointer);
      finger?.cancel();
      held.delete(pointer);
      if (finger?.isStuck) tell({ kind: 'touch-released', seconds: secondsSince(finger.since) });
      return finger?.isStuck === true;
    },
    isStuck: () => [...held.values()].some((finger) => finger.isStuck),
    presence() {
      people += 1;
      const untouched = clock.monotonic() - touchedAt;
      if (isDead || people < manyPeople || untouched < deadAfter) return;
      isDead = true;
      tell({ kind: 'touch-dead', hours: Math.round((untouched / hour) * 10) / 10, people });
    },
    care(wanted) {
      deadAfter = wanted;
    },
  };
}
