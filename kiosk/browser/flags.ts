import type { Graphics } from '../supervision/engine.js';
import type { Frame } from '../supervision/invocation.js';
import { lastResortUrl } from '../supervision/last-resort.js';

export interface ChromiumSettings {
  home: URL;
  /** A folder of this kiosk's own; nothing in it is worth keeping. */
  profile: string;
  frame: Frame;
  graphics: Graphics;
  /** Where to draw. */
  platform: 'wayland' | 'x11';
}

/** What a kiosk has no use for, and what would come up in front of its page. */
const always = [
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--noerrdialogs',
  '--hide-crash-restore-bubble',
  '--disable-session-crashed-bubble',
  '--disable-infobars',
  '--disable-pinch',
  '--overscroll-history-navigation=0',
  '--disable-features=Translate,TouchpadOverscrollHistoryNavigation,MediaRouter,OptimizationHints,GlobalMediaControls',
  '--disable-extensions',
  '--disable-component-update',
  '--disable-background-networking',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-print-preview',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--no-pings',
  '--password-store=basic',
  '--autoplay-policy=no-user-gesture-required',
  // The card is spared: nothing of the page is kept over a restart.
  '--disk-cache-size=1',
  '--media-cache-size=1',
] as const;

/** The command line of Chromium as a kiosk. The sandbox is never switched off. */
export function chromiumFlags({ home, profile, frame, graphics, platform }: ChromiumSettings): string[] {
  return [
    ...always,
    `--user-data-dir=${profile}`,
    `--ozone-platform=${platform}`,
    // Only this machine can be reached, whatever a page asks for.
    `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${home.hostname}`,
    ...(frame === 'kiosk' ? ['--kiosk'] : ['--window-size=540,960']),
    ...(graphics === 'software' ? ['--disable-gpu'] : []),
    // As an app its window has no keys of the browser's own: the page is asked first about each. Until the runtime is
    // known to answer it shows what needs none.
    `--app=${lastResortUrl}`,
  ];
}
