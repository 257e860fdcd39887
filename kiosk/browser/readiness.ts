import { findChromium } from './find-chromium.js';

/** What the kiosk needs of the machine it starts on. */
export interface BrowserMachine {
  environment: Readonly<Record<string, string | undefined>>;
  isRoot: boolean;
  /** The path of Chromium, where there is one. */
  program: string | undefined;
}

export type Readiness = { program: string; platform: 'wayland' | 'x11' } | { obstacle: string };

/** Whether the kiosk can start here; if not, the one line that says why and what to do. */
export function readiness({ environment, isRoot, program }: BrowserMachine, url: string): Readiness {
  const instead = `or open ${url} in a browser`;
  if (!program) {
    return { obstacle: `Chromium is missing: run \`apt-get install chromium\`, ${instead}.` };
  }
  if (isRoot) {
    return {
      obstacle: `The kiosk does not run as root, where its sandbox cannot work: start it as the screen’s user, ${instead}.`,
    };
  }
  if (environment.WAYLAND_DISPLAY) return { program, platform: 'wayland' };
  if (environment.DISPLAY) return { program, platform: 'x11' };
  return {
    obstacle: `There is no display: set DISPLAY or WAYLAND_DISPLAY to that of the screen’s user, ${instead}.`,
  };
}

/** The machine that this process runs on. */
export function thisMachine(): BrowserMachine {
  return {
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    program: findChromium(),
  };
}
