import type { Clock } from './clock.js';
import { createBackDoor } from './state/back-door.js';

/** How far a corner reaches, in mm. */
const corner = 25;

/** Listens to every touch and key for the hidden way to the maintenance screen. */
export function watchBackDoor(clock: Pick<Clock, 'monotonic'>, open: () => void): void {
  const door = createBackDoor();
  const placeOf = ({ clientX: x, clientY: y }: PointerEvent) => ({ x, y });

  function size() {
    const pxPerMm = getComputedStyle(document.documentElement).getPropertyValue('--px-per-mm');
    return { width: innerWidth, height: innerHeight, corner: corner * (Number(pxPerMm) || 4) };
  }

  document.addEventListener(
    'pointerdown',
    (event) => door.down(placeOf(event), size(), clock.monotonic()),
    true,
  );
  document.addEventListener(
    'pointerup',
    (event) => {
      if (door.up(placeOf(event), size(), clock.monotonic())) open();
    },
    true,
  );
  document.addEventListener(
    'keydown',
    ({ key, repeat }) => {
      if (!repeat && door.key(key, clock.monotonic())) open();
    },
    true,
  );
}
