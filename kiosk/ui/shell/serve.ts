import type { PageOrder } from '../../supervision/page-link.js';
import { type Clock, everySecond } from '../clock.js';
import type { Shell } from '../shell-link.js';
import { watchDarkness } from './darkness.js';
import { drawMarker } from './marker.js';
import { watchTouch } from './touch-watch.js';

/** The page's part in being kept alive: only where a shell keeps it. */
export interface ShellService {
  /** People are there, as something other than a touch tells. */
  presence(): void;
}

/** What happens at a stop only where somebody is: a button is pressed, a motion sensor sees somebody. */
const peoples = /^(button\.pressed|presence\.present)$/;

export function tellsOfPeople({ kind }: { kind: string }): boolean {
  return peoples.test(kind);
}

/** Touches are told at most so often, in ms. */
const tellEvery = 1_000;

/** A finger that moves further than this, in pixels, has not pressed. */
const slack = 12;

const pressable = 'button, a[href], summary, input, [role="button"]';

export function serveShell(shell: Shell, clock: Clock): ShellService {
  const touch = watchTouch(clock, shell.tell);
  const downAt = new Map<number, { x: number; y: number }>();
  const darkness = watchDarkness(window, touched);
  const drawNext = drawMarker(document);
  let toldAt = Number.NEGATIVE_INFINITY;

  document.documentElement.dataset.shell = '';
  void keepAwake();

  function touched(): void {
    if (clock.monotonic() - toldAt < tellEvery) return;
    toldAt = clock.monotonic();
    shell.tell({ kind: 'touched' });
  }

  function down({ pointerId, clientX, clientY }: PointerEvent): void {
    touch.down(pointerId);
    downAt.set(pointerId, { x: clientX, y: clientY });
    touched();
  }

  /** Beside a finger that is never lifted, browsers make no press of another: it is made here. */
  function up({ pointerId, clientX, clientY, type }: PointerEvent): void {
    const wasStuck = touch.up(pointerId);
    const start = downAt.get(pointerId);
    downAt.delete(pointerId);
    if (wasStuck || !start || type !== 'pointerup' || !touch.isStuck()) return;
    if (Math.hypot(clientX - start.x, clientY - start.y) > slack) return;
    const pressed = document.elementFromPoint(clientX, clientY)?.closest(pressable);
    if (pressed instanceof HTMLElement) pressed.click();
  }

  function obey(order: PageOrder): void {
    switch (order.kind) {
      case 'shift':
        document.documentElement.style.setProperty('--shift-x', `${order.x}px`);
        document.documentElement.style.setProperty('--shift-y', `${order.y}px`);
        return;
      case 'dark':
        darkness.set(order.dark);
        return;
      case 'touch-care':
        touch.care(order.deadAfter);
    }
  }

  addEventListener('pointerdown', down, true);
  addEventListener('pointerup', up, true);
  addEventListener('pointercancel', up, true);
  addEventListener('keydown', touched, true);
  for (const name of ['contextmenu', 'dragstart'])
    addEventListener(name, (event) => event.preventDefault(), true);
  shell.listen(obey);
  everySecond(clock, () => {
    requestAnimationFrame(() => {
      drawNext();
      shell.tell({ kind: 'alive' });
    });
  });
  return { presence: touch.presence };
}

/** Where the machine would switch the panel off by itself, it is asked not to. */
async function keepAwake(): Promise<void> {
  try {
    await navigator.wakeLock.request('screen');
  } catch {
    // Electron keeps the panel on by other means, and so does a compositor made for kiosks.
  }
}
