import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import type { Frame } from '../supervision/invocation.js';

/** The whole screen with nothing around it, or an ordinary window of a portrait panel's shape. */
const frames: Readonly<Record<Frame, BrowserWindowConstructorOptions>> = {
  kiosk: { kiosk: true, fullscreen: true, frame: false },
  window: { width: 540, height: 960, useContentSize: true },
};

/** The one window: a sandboxed page that reaches nothing but its own server. */
export function windowOptions(frame: Frame, preload: string): BrowserWindowConstructorOptions {
  return {
    ...frames[frame],
    backgroundColor: '#f2f4ef',
    autoHideMenuBar: true,
    webPreferences: { ...isolated, preload },
  };
}

const isolated: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  devTools: false,
  spellcheck: false,
  backgroundThrottling: false,
};
