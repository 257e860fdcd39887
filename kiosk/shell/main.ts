import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, ipcMain, Menu, net, session } from 'electron';
import { aliveChannel } from './channel.js';
import { after } from './clock.js';
import { type Invocation, readInvocation } from './invocation.js';
import { lastResortUrl } from './last-resort.js';
import { lockContents, lockSession } from './lockdown.js';
import { mayTell } from './policies.js';
import { type Screen, superviseScreen } from './supervisor.js';
import { windowOptions } from './window-options.js';

/** The kiosk: one window on the runtime's page, kept alive. Started by launch.ts. */

const invocation = readInvocation(process.argv, process.env);
if ('complaint' in invocation) {
  log(invocation.complaint);
  app.exit(2);
} else if (!app.requestSingleInstanceLock()) {
  log('The kiosk is running already');
  app.exit(1);
} else {
  app.enableSandbox();
  app.commandLine.appendSwitch('disable-pinch');
  app.commandLine.appendSwitch('overscroll-history-navigation', '0');
  void app.whenReady().then(() => openKiosk(invocation));
}

function openKiosk({ home, frame }: Invocation): void {
  Menu.setApplicationMenu(null);
  app.on('web-contents-created', (_event, contents) => lockContents(contents, home));
  lockSession(session.defaultSession, home);

  const preload = fileURLToPath(new URL('./preload.cjs', import.meta.url));
  const window = new BrowserWindow(windowOptions(frame, preload));
  if (frame === 'kiosk') keepOpen(window);

  const supervisor = superviseScreen({ screen: screenOf(window, home), after, log });
  window.webContents.on('render-process-gone', () => supervisor.gone());
  window.on('closed', () => supervisor.stop());
  app.on('before-quit', () => supervisor.stop());
  ipcMain.on(aliveChannel, ({ senderFrame }) => {
    const sender = senderFrame ? { url: senderFrame.url, isTop: senderFrame.parent === null } : undefined;
    if (mayTell(sender, home)) supervisor.alive();
  });
}

function screenOf(window: BrowserWindow, home: URL): Screen {
  return {
    reachable: () => answers(home),
    showHome: () => succeeds(window.loadURL(home.href)),
    showLastResort: () => void succeeds(window.loadURL(lastResortUrl)),
    kill: () => window.webContents.forcefullyCrashRenderer(),
  };
}

/** Alt+F4 and a window manager ask the window to close; only the end of the program may. */
function keepOpen(window: BrowserWindow): void {
  let quits = false;
  app.on('before-quit', () => {
    quits = true;
  });
  window.on('close', (event) => {
    if (!quits) event.preventDefault();
  });
}

async function answers(url: URL): Promise<boolean> {
  try {
    return (await net.fetch(url.href, { method: 'HEAD' })).ok;
  } catch {
    return false;
  }
}

async function succeeds(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch {
    return false;
  }
}

function log(line: string): void {
  console.error(line);
}
