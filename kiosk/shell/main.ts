import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, Menu, net, powerSaveBlocker, session } from 'electron';
import { machineClock as clock } from '../supervision/clock.js';
import { findHome } from '../supervision/home.js';
import { answers, postTo } from '../supervision/http.js';
import { type Invocation, readInvocation } from '../supervision/invocation.js';
import { keepScreen } from '../supervision/keeper.js';
import { thisPanel } from '../supervision/machine/machine.js';
import { noticeService } from '../supervision/machine/service-notice.js';
import { readAccess } from '../supervision/runtime-access.js';
import { electronWindow } from './electron-engine.js';
import { exitCodes } from './exit-codes.js';
import { lockContents, lockSession } from './lockdown.js';
import { windowOptions } from './window-options.js';

/** The kiosk: one window on the runtime’s page, kept alive. Started by launch.ts. */

const invocation = readInvocation(process.argv, process.env);
if ('complaint' in invocation) {
  log(invocation.complaint);
  app.exit(exitCodes.usage);
} else if (!app.requestSingleInstanceLock()) {
  log('The kiosk is running already');
  app.exit(exitCodes.failed);
} else {
  app.enableSandbox();
  app.commandLine.appendSwitch('disable-pinch');
  app.commandLine.appendSwitch('overscroll-history-navigation', '0');
  app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
  if (invocation.graphics === 'software') app.disableHardwareAcceleration();
  void app.whenReady().then(() => openKiosk(invocation));
}

function openKiosk({ home: expected, access: file, frame, graphics }: Invocation): void {
  const access = async () => (file === undefined ? undefined : readAccess(file));
  const fetchPage = net.fetch.bind(net) as typeof fetch;
  const home = findHome({ expected, access, answers: answers(clock, fetchPage) });

  Menu.setApplicationMenu(null);
  app.on('web-contents-created', (_event, contents) => lockContents(contents, home.url));
  lockSession(session.defaultSession, home.url);
  powerSaveBlocker.start('prevent-display-sleep');

  const preload = fileURLToPath(new URL('./preload.cjs', import.meta.url));
  const window = new BrowserWindow(windowOptions(frame, preload));
  if (frame === 'kiosk') keepOpen(window);
  const { engine, listen } = electronWindow({ window, home, frame, exit: (code) => app.exit(code) });

  const keeper = keepScreen({
    ...{ browser: 'electron', engine, graphics, home, clock, log },
    machine: thisPanel(),
    post: postTo(access, clock),
  });
  const stopNotices = noticeService(clock);
  listen(keeper.listener);
  keeper.start();
  for (const end of [() => keeper.stop(), stopNotices]) {
    window.on('closed', end);
    app.on('before-quit', end);
  }
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

function log(line: string): void {
  console.error(line);
}
