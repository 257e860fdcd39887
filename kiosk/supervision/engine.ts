import type { Area, Frame } from './frames.js';
import type { PageNews, PageOrder } from './page-link.js';

/** With what the page is drawn: the graphics chip, or the processor alone where that one fails. */
export type Graphics = 'gpu' | 'software';

/**
 * A browser that shows one page over the whole screen: Electron, or Chromium. Every promise may take for ever, as a
 * browser that hangs does not answer; whoever waits sets the time.
 */
export interface Engine {
  /** Loads the page into the renderer that is there; resolves to whether it was loaded. */
  showHome(): Promise<boolean>;
  /** Shows what needs no runtime and no script. */
  showLastResort(): Promise<void>;
  /** Ends the renderer, whatever it does, and loads the page into a new one. */
  renew(): Promise<boolean>;
  /** Ends the whole browser and starts it again; resolves like `showHome`, or never, as where this program ends with it. */
  relaunch(graphics: Graphics): Promise<boolean>;
  /** What is drawn right now, on the whole page or a part of it. */
  capture(area?: Area): Promise<Frame>;
  /** What is drawn right now as a JPEG, so many pixels wide at most. @param quality in percent */
  picture(width: number, quality: number): Promise<Uint8Array>;
  /** Resident memory of the renderer in bytes; undefined where nobody knows. */
  memory(): Promise<number | undefined>;
  tell(order: PageOrder): void;
  /** Takes the whole screen again, as after a display came back. */
  fillScreen(): void;
}

/** What a browser tells by itself. */
export interface EngineListener {
  onNews(news: PageNews): void;
  /** The page, or its renderer, is gone, and nobody asked for it. */
  onRendererGone(): void;
  /** The process that draws is gone; the browser starts another by itself. */
  onGpuGone(): void;
  /** The whole browser is gone; the next thing that is to be shown starts it again. */
  onBrowserGone(): void;
}
