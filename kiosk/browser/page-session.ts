import type { Area } from '../supervision/frames.js';
import type { DevTools } from './devtools.js';
import { binding, callWith, pageScript } from './page-script.js';

/** One page of a browser, over DevTools. */
export interface PageSession {
  /** Resolves once the address is loaded; rejects where it cannot be. */
  load(url: string): Promise<void>;
  /** Ends its renderer, also where its scripts hang; resolves when that is gone. A load then begins a new one. */
  crash(): Promise<void>;
  capture(
    format: { format: 'png' } | { format: 'jpeg'; quality: number },
    wanted: Wanted,
  ): Promise<Uint8Array>;
  call(order: object): void;
  /** Takes the whole screen, where it has not got it. */
  fillScreen(): Promise<void>;
}

/** An area of the page as it is, or the whole of it so wide at most. */
export type Wanted = { area: Area } | { width: number };

export interface PageListener {
  /** What the page said, as text. */
  onMessage(text: string): void;
  onCrashed(): void;
  /** The top frame is somewhere else. */
  onNavigated(url: string): void;
}

/** Without a window manager Chromium makes a window this much smaller than the screen, in pixels, and no larger. */
const slack = 1;

/** Attaches to the one page that a browser has opened, and closes the ways out of it. */
export async function attachToPage(devtools: DevTools, listener: PageListener): Promise<PageSession> {
  await devtools.send('Target.setDiscoverTargets', { discover: true });
  const target = await firstPage(devtools);
  const { sessionId } = await devtools.send('Target.attachToTarget', { targetId: target, flatten: true });
  const session = String(sessionId);
  const send = (method: string, params: object = {}) => devtools.send(method, params, session);
  const forget = (asked: Promise<unknown>) => void asked.catch(() => {});
  let onLoaded: () => void = () => {};
  let onCrashed: () => void = () => {};

  devtools.onEvent(({ method, params, session: from }) => {
    if (method === 'Target.targetCreated') closeOther(params.targetInfo);
    if (from !== session) return;
    switch (method) {
      case 'Page.loadEventFired':
        return onLoaded();
      case 'Page.frameNavigated':
        return tellNavigation(params.frame);
      case 'Page.javascriptDialogOpening':
        return forget(send('Page.handleJavaScriptDialog', { accept: true }));
      case 'Inspector.targetCrashed':
        onCrashed();
        return listener.onCrashed();
      case 'Runtime.bindingCalled':
        if (params.name === binding) listener.onMessage(String(params.payload));
    }
  });

  function closeOther(info: unknown): void {
    const { targetId, type } = (info ?? {}) as { targetId?: unknown; type?: unknown };
    if (type === 'page' && targetId !== target) forget(devtools.send('Target.closeTarget', { targetId }));
  }

  function tellNavigation(frame: unknown): void {
    const { parentId, url } = (frame ?? {}) as { parentId?: unknown; url?: unknown };
    if (parentId === undefined) listener.onNavigated(String(url));
  }

  async function look(): Promise<{ width: number; height: number; isFilled: boolean }> {
    const expression = '[screen.width, screen.height, outerWidth, outerHeight]';
    const { result } = await send('Runtime.evaluate', { expression, returnByValue: true });
    const [width, height, outerWidth, outerHeight] = (result as { value: [number, number, number, number] })
      .value;
    return { width, height, isFilled: outerWidth >= width - slack && outerHeight >= height - slack };
  }

  async function scaleFor(wanted: Wanted): Promise<Area & { scale: number }> {
    if ('area' in wanted) {
      const { x, y, width, height } = wanted.area;
      return { x, y, width, height, scale: 1 };
    }
    const { cssVisualViewport } = await send('Page.getLayoutMetrics');
    const { clientWidth, clientHeight } = cssVisualViewport as { clientWidth: number; clientHeight: number };
    const scale = Math.min(1, wanted.width / clientWidth);
    return { x: 0, y: 0, width: clientWidth, height: clientHeight, scale };
  }

  await send('Inspector.enable');
  await send('Page.enable');
  await send('Runtime.enable');
  await send('Runtime.addBinding', { name: binding });
  await send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript });
  await send('Page.setInterceptFileChooserDialog', { enabled: true });
  await devtools.send('Browser.setDownloadBehavior', { behavior: 'deny' });
  // Whatever is not granted is denied.
  await devtools.send('Browser.grantPermissions', { permissions: [] });

  return {
    async load(url) {
      const loaded = new Promise<void>((resolve) => {
        onLoaded = resolve;
      });
      const { errorText } = await send('Page.navigate', { url });
      if (errorText) throw new Error(`${url}: ${errorText}`);
      await loaded;
    },
    crash() {
      const crashed = new Promise<void>((resolve) => {
        onCrashed = resolve;
      });
      forget(send('Page.crash'));
      return crashed;
    },
    async capture(format, wanted) {
      const clip = await scaleFor(wanted);
      const { data } = await send('Page.captureScreenshot', { ...format, clip });
      return Buffer.from(String(data), 'base64');
    },
    call: (order) => forget(send('Runtime.evaluate', { expression: callWith(order) })),
    async fillScreen() {
      const { width, height, isFilled } = await look();
      if (isFilled) return;
      const { windowId } = await devtools.send('Browser.getWindowForTarget', { targetId: target });
      // On X11 a window manager answers to “fullscreen”; where there is none the window must have the size already.
      const states = [
        { windowState: 'normal' },
        { left: 0, top: 0, width, height },
        { windowState: 'fullscreen' },
      ];
      for (const bounds of states) await devtools.send('Browser.setWindowBounds', { windowId, bounds });
    },
  };
}

/** The page may be there already, or be just about to. */
async function firstPage(devtools: DevTools): Promise<string> {
  const { targetInfos } = await devtools.send('Target.getTargets');
  const all = Array.isArray(targetInfos) ? targetInfos : [];
  const page = all.find(({ type }) => type === 'page');
  if (page) return String(page.targetId);
  const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank' });
  return String(targetId);
}
