import { settled } from './pages.js';
import { leap } from './time.js';
import type { Way } from './way-told.js';

/** So long, in ms, a control or a screen may take to be there. */
const patience = 15_000;

/** The back door opens so much after its last key, in ms. */
const backDoorOpensIn = 300;

/** Longer than a visitor may be quiet before the page asks, in ms. */
const quietFor = 61_000;

const keysOfTheBackDoor = ['Up', 'Up', 'Down', 'Down', 'Left', 'Right', 'Left', 'Right'];

/** Goes where a visitor would go, by the page's own controls. @throws where a control or what it leads to is not there */
export async function arrive({ language, pressed, toggles, steps, shows }: Way): Promise<void> {
  sayThatSomebodyIsThere();
  if (language !== undefined) await press('board');
  if (language !== undefined && document.documentElement.lang !== language) {
    await press('languages');
    await press(`language-${language}`);
    await seen(`html[lang="${language}"]`);
  }
  for (const toggle of toggles) {
    const control = await found(toggle);
    if ((control.ariaPressed === 'true') !== pressed.includes(toggle)) control.click();
  }
  for (const step of steps) await take(step);
  await seen(shows);
  await settled();
}

async function take(step: string): Promise<void> {
  if (step === 'back-door') openBackDoor();
  else if (step === 'wait a minute') leaveAlone();
  else await press(step);
}

function openBackDoor(): void {
  for (const key of keysOfTheBackDoor) type(`Arrow${key}`);
  leap(backDoorOpensIn);
}

/** A finger, and then nobody for a minute. */
function leaveAlone(): void {
  document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, clientX: 200, clientY: 200 }));
  leap(quietFor);
}

function sayThatSomebodyIsThere(): void {
  if (document.querySelector('.asking')) type('Enter');
}

function type(key: string): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  (document.activeElement ?? document.body).dispatchEvent(event);
}

async function press(control: string): Promise<void> {
  (await found(control)).click();
}

/** A control that lies in a closed menu is pressed as if that were open. */
function found(control: string): Promise<HTMLElement> {
  return seen(`[data-control="${control}"]`);
}

function seen(selector: string): Promise<HTMLElement> {
  return new Promise((resolve, reject) => {
    const changes = new MutationObserver(look);
    const end = setTimeout(() => {
      changes.disconnect();
      reject(new Error(`“${selector}” is not on the page: ${document.body.textContent?.slice(0, 300)}`));
    }, patience);

    function look(): void {
      const element = document.querySelector<HTMLElement>(selector);
      if (!element) return;
      changes.disconnect();
      clearTimeout(end);
      resolve(element);
    }

    changes.observe(document, { subtree: true, childList: true, attributes: true });
    look();
  });
}
