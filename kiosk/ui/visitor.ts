import type { Clock } from './clock.js';
import { type Arrow, type Box, focusAfter } from './state/keypad.js';
import type { Page } from './state/page.js';

const arrows: Readonly<Record<string, Arrow>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const back: ReadonlySet<string> = new Set(['Escape', 'Backspace', 'GoBack', 'BrowserBack']);

const focusable = 'button:not(:disabled), a[href], input:not(:disabled), select, [tabindex="0"]';

/** Hears of fingers and keys everywhere on the page: somebody is there, and the keypad moves the focus. */
export function attendVisitor(page: Page, clock: Clock): void {
  const { visit } = page;
  let uses: 'touch' | 'keys' = 'touch';

  /** While the visitor is asked whether they are there, a touch says yes and does nothing else. */
  function answers(event: Event): boolean {
    if (visit.remaining.peek() === undefined) return false;
    event.preventDefault();
    event.stopImmediatePropagation();
    visit.touch(clock.monotonic());
    return true;
  }

  document.addEventListener(
    'pointerdown',
    () => {
      uses = 'touch';
      if (visit.remaining.peek() === undefined) visit.touch(clock.monotonic());
    },
    { capture: true },
  );
  document.addEventListener('click', answers, { capture: true });
  document.addEventListener('contextmenu', answers, { capture: true });

  document.addEventListener(
    'keydown',
    (event) => {
      uses = 'keys';
      if (answers(event)) return;
      visit.touch(clock.monotonic());
      if (event.altKey || event.ctrlKey || event.metaKey || takesText(event.target)) return;
      const arrow = arrows[event.key];
      if (arrow) moveFocus(arrow);
      else if (back.has(event.key)) visit.back();
      else return;
      event.preventDefault();
    },
    { capture: true },
  );

  // A keypad has no pointer to find its way with: it begins where the reading does.
  function begin(): void {
    if (uses === 'keys') requestAnimationFrame(() => controls()[0]?.focus());
  }
  visit.screen.subscribe(begin);
  visit.sheet.subscribe(begin);
}

function moveFocus(arrow: Arrow): void {
  const all = controls();
  const from = all.findIndex((control) => control.matches(':focus'));
  all[focusAfter(arrow, all.map(boxOf), from)]?.focus();
}

/** What can be reached now, in reading order: of what lies on top, and of the pages that are open. */
function controls(): HTMLElement[] {
  const layers = document.querySelectorAll<HTMLElement>('.frame, [aria-modal="true"], .bar[data-opened]');
  const top = layers[layers.length - 1] ?? document.body;
  return [...top.querySelectorAll<HTMLElement>(focusable)].filter(isSeen);
}

function isSeen(control: HTMLElement): boolean {
  if (!control.checkVisibility({ visibilityProperty: true })) return false;
  const { left, right } = boxOf(control);
  return flowsAround(control)
    .map(boxOf)
    .every((page) => left < page.right && right > page.left);
}

/** What is broken into pages may lie in what is broken into pages. */
function flowsAround(control: HTMLElement): HTMLElement[] {
  const flow = control.parentElement?.closest<HTMLElement>('.flow');
  return flow ? [flow, ...flowsAround(flow)] : [];
}

function boxOf(element: HTMLElement): Box {
  return element.getBoundingClientRect();
}

function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
