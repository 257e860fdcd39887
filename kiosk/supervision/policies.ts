/** What may happen in the kiosk's window: pure decisions, so that there is one place to doubt. */

/** A key as it arrives, before the page or the browser around it sees it. */
export interface KeyStroke {
  key: string;
  control: boolean;
  alt: boolean;
  meta: boolean;
}

/** The keys of a keypad: they move the focus, press what has it, go back, and scroll. Digits are for the technician. */
export const keypad: ReadonlySet<string> = new Set([
  'Tab',
  'Enter',
  ' ',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  'Shift',
  'Backspace',
  'Escape',
  ...'0123456789',
]);

/** True for plain keys of a keypad; whatever closes, reloads, zooms, prints or inspects needs another one. */
export function mayPress({ key, control, alt, meta }: KeyStroke): boolean {
  return keypad.has(key) && !control && !alt && !meta;
}

/** The window stays on the page it was given. */
export function mayNavigate(target: string, home: URL): boolean {
  return sameOrigin(target, home);
}

/** The page loads from its own origin, and the last-resort page from itself. */
export function mayLoad(target: string, home: URL, lastResort: string): boolean {
  return target === lastResort || sameOrigin(target, home);
}

/** A message counts when the top frame of the kiosk's page sent it. */
export function mayTell(sender: { url: string; isTop: boolean } | undefined, home: URL): boolean {
  return sender?.isTop === true && sameOrigin(sender.url, home);
}

function sameOrigin(target: string, home: URL): boolean {
  try {
    return new URL(target).origin === home.origin;
  } catch {
    return false;
  }
}
