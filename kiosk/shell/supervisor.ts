import type { After, Cancel } from './clock.js';

/** What the supervisor can do about the window. */
export interface Screen {
  /** Resolves to whether the runtime answers. */
  reachable(): Promise<boolean>;
  /** Resolves to whether the page was loaded. */
  showHome(): Promise<boolean>;
  /** Shows what needs no runtime. */
  showLastResort(): void;
  /** Ends a page that draws no more; `gone` follows. */
  kill(): void;
}

/** Keeps something true on the screen, whatever fails. */
export interface Supervisor {
  /** The page has drawn. */
  alive(): void;
  /** The page's process is gone. */
  gone(): void;
  stop(): void;
}

/** Pauses between two tries, in ms; the last one repeats. */
const pauses = [1_000, 2_000, 5_000, 10_000, 30_000] as const;

/** The page tells each second that it draws; without a word for so long, in ms, it is taken for dead. */
export const patience = 20_000;

/** After so long, in ms, without trouble the pauses start anew. */
export const settled = 60_000;

/** @param log takes one line for each thing that went wrong, for the journal */
export function superviseScreen({
  screen,
  after,
  log,
}: {
  screen: Screen;
  after: After;
  log: (line: string) => void;
}): Supervisor {
  let failures = 0;
  let watches = false;
  let stopped = false;
  let cancelNext: Cancel = () => {};
  let cancelSettled: Cancel = () => {};

  async function tryHome(): Promise<void> {
    cancelNext();
    const shown = (await screen.reachable()) && (await screen.showHome());
    if (stopped) return;
    if (shown) watch();
    else fail('The page cannot be loaded');
  }

  function watch(): void {
    watches = true;
    awaitSign();
    cancelSettled = after(settled, () => {
      failures = 0;
    });
  }

  function awaitSign(): void {
    cancelNext();
    cancelNext = after(patience, () => {
      log(`The page has not drawn for ${patience / 1_000} s: its process is ended`);
      screen.kill();
    });
  }

  function fail(reason: string): void {
    if (stopped) return;
    watches = false;
    cancelNext();
    cancelSettled();
    const pause = pauses[Math.min(failures, pauses.length - 1)] ?? pauses[0];
    failures += 1;
    log(`${reason}; next try in ${pause / 1_000} s`);
    screen.showLastResort();
    cancelNext = after(pause, () => void tryHome());
  }

  void tryHome();
  return {
    alive() {
      if (watches) awaitSign();
    },
    gone: () => fail('The page’s process is gone'),
    stop() {
      stopped = true;
      cancelNext();
      cancelSettled();
    },
  };
}
