import { app, type BrowserWindow, ipcMain, type NativeImage } from 'electron';
import type { Engine, EngineListener } from '../supervision/engine.js';
import type { Area } from '../supervision/frames.js';
import type { Home } from '../supervision/home.js';
import type { Frame } from '../supervision/invocation.js';
import { lastResortUrl } from '../supervision/last-resort.js';
import { parsePageNews } from '../supervision/page-link.js';
import { mayTell } from '../supervision/policies.js';
import { channels } from './channel.js';
import { exitCodes } from './exit-codes.js';

export interface ElectronParts {
  window: BrowserWindow;
  home: Home;
  frame: Frame;
  /** Ends this program with an exit code. */
  exit(code: number): void;
}

/** Electron’s window, to be told what to do and to be listened to. */
export interface ElectronWindow {
  engine: Engine;
  listen(listener: EngineListener): void;
}

export function electronWindow({ window, home, frame, exit }: ElectronParts): ElectronWindow {
  const { webContents: contents } = window;
  let isEndedByUs = false;

  const engine: Engine = {
    showHome: () => succeeds(window.loadURL(home.url().href)),
    async showLastResort() {
      await succeeds(window.loadURL(lastResortUrl));
    },
    async renew() {
      if (!contents.isCrashed()) {
        isEndedByUs = true;
        contents.forcefullyCrashRenderer();
      }
      return succeeds(window.loadURL(home.url().href));
    },
    relaunch() {
      exit(exitCodes.withoutGpu);
      return new Promise(() => {});
    },
    async capture(area) {
      const image = await capturePage(area);
      return { ...image.getSize(), pixels: image.toBitmap() };
    },
    async picture(width, quality) {
      const image = await capturePage();
      const isWider = image.getSize().width > width;
      return (isWider ? image.resize({ width }) : image).toJPEG(quality);
    },
    async memory() {
      const pid = contents.getOSProcessId();
      const metric = app.getAppMetrics().find((each) => each.pid === pid);
      return metric && metric.memory.workingSetSize * 1_024;
    },
    tell(order) {
      if (!contents.isDestroyed()) contents.send(channels.order, order);
    },
    fillScreen() {
      if (frame === 'window') return;
      // Only a change makes a window manager place it anew.
      window.setKiosk(false);
      window.setKiosk(true);
    },
  };

  async function capturePage(area?: Area): Promise<NativeImage> {
    const image = await (area ? window.capturePage({ ...area }) : window.capturePage());
    if (image.isEmpty()) throw new Error('nothing could be captured');
    return image;
  }

  return {
    engine,
    listen(listener) {
      contents.on('render-process-gone', () => {
        if (!isEndedByUs) listener.onRendererGone();
        isEndedByUs = false;
      });
      app.on('child-process-gone', (_event, { type, reason }) => {
        if (type === 'GPU' && reason !== 'clean-exit') listener.onGpuGone();
      });
      ipcMain.on(channels.news, ({ senderFrame }, message) => {
        const sender = senderFrame ? { url: senderFrame.url, isTop: senderFrame.parent === null } : undefined;
        const news = mayTell(sender, home.url()) ? parsePageNews(message) : undefined;
        if (news) listener.onNews(news);
      });
    },
  };
}

async function succeeds(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch {
    return false;
  }
}
