import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../kiosk/browser/find-chromium.js';

export const chromiumPath = findChromium();

/** True where tests that need a browser can run; elsewhere it says so, and under CI it fails. */
export function hasChromium(): boolean {
  if (chromiumPath) return true;
  const line = 'Chromium is not on the PATH: the page is not tested in a browser (apt-get install chromium).';
  if (process.env.CI === 'true') throw new Error(line);
  console.warn(line);
  return false;
}

/** A browser that talks to nobody but the page under test. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath && { executablePath: chromiumPath }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-gpu',
      '--disable-quic',
    ],
  });
}
