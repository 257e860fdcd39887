import { type Cancel, type Clock, inTime } from './clock.js';
import type { Engine, Graphics } from './engine.js';
import { countGpuDeaths, type Rung, rungAfter, type Step, type Trouble } from './ladder.js';

/** Keeps something true on the screen, whatever fails. */
export interface Supervisor {
  start(): void;
  /** The page has drawn. */
  alive(): void;
  /** The page's process is gone. */
  gone(): void;
  /** The process that draws is gone. */
  gpuGone(): void;
  /** What is drawn is not right. */
  suspect(trouble: 'frozen' | 'blank'): void;
  /** Shows the page in a new renderer, though nothing is wrong. */
  renew(): void;
  /** No panel is plugged in: nothing can be drawn, and that is no fault. */
  rest(): void;
  /** It is there again. */
  attend(): void;
  shows(): 'page' | 'last-resort' | 'nothing';
  stop(): void;
}

export interface SupervisorParts {
  engine: Engine;
  /** With what the browser draws as this begins. */
  graphics: Graphics;
  /** Resolves to whether the runtime answers. */
  reachable: () => Promise<boolean>;
  clock: Clock;
  /** A rung was taken, for this trouble: once for each, and once for as long as the runtime does not answer. */
  onStep(step: Step, trouble: Trouble): void;
  /** The page is there. @param away how long, in ms, it was not */
  onShown(away: number): void;
  /** From now on the page is not what is shown. */
  onHidden(): void;
}

/** Pauses between two tries to reach the runtime, in ms; the last one repeats. */
const pauses = [1_000, 2_000, 5_000, 10_000, 30_000] as const;

/** How long, in ms, each thing may take, and how long the last resort stays gone where its own process died. */
const patience = { loading: 20_000, asking: 5_000, lastResort: 5_000 };

/** The page tells each second that it draws; without a word for so long, in ms, it is taken for dead. */
export const silence = 20_000;

/** After so long, in ms, without trouble the ladder starts anew. */
export const settled = 300_000;

export function superviseScreen(parts: SupervisorParts): Supervisor {
  const { engine, reachable, clock, onStep, onShown, onHidden } = parts;
  const isGpuLooping = countGpuDeaths();
  let graphics = parts.graphics;
  let state: 'page' | 'last-resort' | 'nothing' = 'nothing';
  let rungs = 0;
  let tries = 0;
  let turn = 0;
  let awaySince = clock.monotonic();
  let isUnreachable = false;
  let isPending = false;
  let rests = false;
  let stopped = false;
  let cancelNext: Cancel = () => {};
  let cancelSettled: Cancel = () => {};

  /** Whatever was under way does not count any more. @returns whether it is still the newest */
  function begin(): () => boolean {
    cancelNext();
    cancelSettled();
    isPending = false;
    turn += 1;
    const mine = turn;
    return () => mine === turn && !stopped;
  }

  async function show(load: () => Promise<boolean>): Promise<void> {
    const isCurrent = begin();
    const answers = await inTime(clock, patience.asking, reachable(), false);
    if (!isCurrent()) return;
    if (!answers) return waitForRuntime();
    const isShown = await inTime(clock, patience.loading, load(), false);
    if (!isCurrent()) return;
    if (isShown) watch();
    else climb('unloadable');
  }

  function waitForRuntime(): void {
    const isCurrent = begin();
    if (!isUnreachable) onStep('last-resort', 'unreachable');
    isUnreachable = true;
    showLastResort();
    const pause = pauses[Math.min(tries, pauses.length - 1)] ?? pauses[0];
    tries += 1;
    cancelNext = clock.after(pause, () => {
      if (isCurrent()) void show(engine.showHome);
    });
  }

  function watch(): void {
    state = 'page';
    tries = 0;
    isUnreachable = false;
    onShown(clock.monotonic() - awaySince);
    awaitSign();
    cancelSettled = clock.after(settled, () => {
      rungs = 0;
    });
  }

  function awaitSign(): void {
    cancelNext();
    cancelNext = clock.after(silence, () => climb('silent'));
  }

  function climb(trouble: Trouble): void {
    const rung = rungAfter(rungs, parts.graphics);
    rungs += 1;
    take(rung, trouble);
  }

  function take({ step, pause }: Rung, trouble: Trouble): void {
    if (stopped) return;
    hide();
    const isCurrent = begin();
    onStep(step, trouble);
    if (step === 'last-resort') showLastResort();
    isPending = true;
    cancelNext = clock.after(pause, () => {
      if (isCurrent()) void show(means[step]);
    });
  }

  const means: Readonly<Record<Step, () => Promise<boolean>>> = {
    reload: engine.showHome,
    'new-renderer': engine.renew,
    'relaunch-without-gpu'() {
      graphics = 'software';
      return engine.relaunch(graphics);
    },
    'last-resort': engine.renew,
  };

  function showLastResort(): void {
    hide();
    state = 'last-resort';
    void inTime(clock, patience.loading, engine.showLastResort(), undefined);
  }

  function hide(): void {
    if (state === 'page') {
      awaySince = clock.monotonic();
      onHidden();
    }
    state = 'nothing';
  }

  return {
    start: () => void show(engine.showHome),
    alive() {
      if (state === 'page' && !rests) awaitSign();
    },
    gone() {
      if (stopped || rests) return;
      if (state !== 'last-resort') {
        if (!isPending) climb('gone');
      } else clock.after(patience.lastResort, () => state === 'last-resort' && showLastResort());
    },
    gpuGone() {
      if (stopped || rests || !isGpuLooping(clock.monotonic()) || graphics === 'software') return;
      take({ step: 'relaunch-without-gpu', pause: 0 }, 'gpu');
    },
    suspect(trouble) {
      if (state === 'page' && !rests) climb(trouble);
    },
    renew() {
      if (stopped || rests || state !== 'page') return;
      hide();
      void show(engine.renew);
    },
    rest() {
      rests = true;
      begin();
    },
    attend() {
      if (!rests || stopped) return;
      rests = false;
      engine.fillScreen();
      hide();
      void show(engine.showHome);
    },
    shows: () => state,
    stop() {
      begin();
      stopped = true;
    },
  };
}
