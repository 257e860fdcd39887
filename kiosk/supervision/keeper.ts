import type { KioskOrder, KioskReport, KioskSettings, KioskStatus } from '../../runtime/api/contract.js';
import { boundedPicture } from './bounded-picture.js';
import { type Cancel, type Clock, every, inTime } from './clock.js';
import { type Displays, watchDisplays } from './display-watch.js';
import type { Engine, EngineListener, Graphics } from './engine.js';
import type { Home } from './home.js';
import { type Lamp, type LightSensor, watchLight } from './light-watch.js';
import { watchMemory } from './memory-watch.js';
import type { PageNews } from './page-link.js';
import { watchPixels } from './pixel-watch.js';
import { linkToRuntime, type Post } from './runtime-link.js';
import { shiftAfter, stepEvery } from './shift.js';
import { superviseScreen } from './supervisor.js';

/** Keeps the runtime's page on a screen for years: all that there is to it, but no browser and no machine. */
export interface Keeper {
  listener: EngineListener;
  start(): void;
  stop(): void;
}

/** How long, in ms, a picture may take. */
const pictureWithin = 8_000;

export interface KeeperParts {
  browser: KioskStatus['browser'];
  engine: Engine;
  graphics: Graphics;
  /** What of the machine it may touch. */
  machine: { lamp: Lamp; sensor: LightSensor; displays: Displays };
  home: Home;
  post: Post;
  clock: Clock;
  log(line: string): void;
}

export function keepScreen(parts: KeeperParts): Keeper {
  const { browser, engine, machine, home, post, clock, log } = parts;
  const startedAt = clock.monotonic();
  let graphics = parts.graphics;
  let settings: KioskSettings | undefined;
  let touchedAt: number | undefined;
  let shifts = 0;
  let wasAway = false;
  let cancels: Cancel[] = [];

  const untouchedFor = () => clock.monotonic() - (touchedAt ?? startedAt);
  const isSynchronised = () => settings?.synchronised === true;

  function report(kind: KioskReport['kind'], detail: KioskReport['detail']): void {
    log(`${kind} ${JSON.stringify(detail)}`);
    link.report(kind, detail);
  }

  const supervisor = superviseScreen({
    engine,
    graphics: parts.graphics,
    reachable: home.answers,
    clock,
    onStep(step, trouble) {
      if (step === 'relaunch-without-gpu') graphics = 'software';
      wasAway = true;
      report('step', { step, trouble });
    },
    onShown(away) {
      if (wasAway) report('page-back', { away: seconds(away) });
      wasAway = false;
      memory.restart();
      pixels.start();
      greet();
      link.refresh();
    },
    onHidden() {
      pixels.stop();
      link.refresh();
    },
  });

  const pixels = watchPixels({
    engine,
    clock,
    isDark: () => light.now().dark,
    onTrouble: supervisor.suspect,
  });

  const light = watchLight({
    settings: () => settings,
    isSynchronised,
    untouchedFor,
    lamp: machine.lamp,
    sensor: machine.sensor,
    clock,
    onDark(dark) {
      engine.tell({ kind: 'dark', dark });
      link.refresh();
    },
    onNoLamp: () => report('no-backlight', {}),
  });

  const memory = watchMemory({
    memory: engine.memory,
    settings: () => settings,
    isSynchronised,
    untouchedFor,
    clock,
    onHigh: (bytes) => report('memory-high', { megabytes: megabytes(bytes) }),
    renew(bytes) {
      report('renewed', { reason: 'memory', megabytes: megabytes(bytes) });
      supervisor.renew();
    },
  });

  const link = linkToRuntime({
    post,
    clock,
    log,
    carryOut,
    status: () => ({
      browser,
      shows: supervisor.shows(),
      graphics,
      dark: light.now().dark,
      brightness: light.now().percent ?? null,
      memory: memory.now() ?? null,
      untouched: seconds(untouchedFor()),
    }),
    onSettings(next) {
      settings = next;
      engine.tell({ kind: 'touch-care', deadAfter: next.touchDeadAfter });
      void followHome();
    },
  });

  /** A page that was just loaded knows nothing of what its predecessor was told. */
  function greet(): void {
    engine.tell({ kind: 'shift', ...shiftAfter(shifts) });
    engine.tell({ kind: 'dark', dark: light.now().dark });
    if (settings) engine.tell({ kind: 'touch-care', deadAfter: settings.touchDeadAfter });
  }

  /** The runtime may have come back on another port. */
  async function followHome(): Promise<void> {
    if (await home.hasMoved()) supervisor.renew();
  }

  async function carryOut(order: KioskOrder): Promise<{ jpeg?: string }> {
    switch (order.kind) {
      case 'screenshot':
        return { jpeg: Buffer.from(await takePicture(order.mostBytes)).toString('base64') };
      case 'reload':
        if (supervisor.shows() !== 'page') throw new Error('the page is not there to be loaded anew');
        report('renewed', { reason: 'order' });
        supervisor.renew();
        return {};
      case 'brightness':
        light.override(order.percent, order.minutes * 60_000);
        return {};
    }
  }

  /** A browser that is just loading may never answer. */
  async function takePicture(mostBytes: number): Promise<Uint8Array> {
    const picture = await inTime(clock, pictureWithin, boundedPicture(engine.picture, mostBytes), undefined);
    if (!picture) {
      throw new Error(`no picture of at most ${mostBytes} bytes came within ${pictureWithin / 1_000} s`);
    }
    return picture;
  }

  function hear({ kind, ...detail }: PageNews): void {
    if (kind === 'alive') supervisor.alive();
    else if (kind === 'touched') {
      touchedAt = clock.monotonic();
      light.wake();
    } else report(kind, detail);
  }

  return {
    listener: {
      onNews: hear,
      onRendererGone: supervisor.gone,
      onGpuGone() {
        report('gpu-gone', {});
        supervisor.gpuGone();
      },
      onBrowserGone() {
        report('browser-gone', {});
        supervisor.gone();
      },
    },
    start() {
      report('started', { browser, graphics });
      supervisor.start();
      cancels = [
        every(clock, stepEvery, () => {
          shifts += 1;
          engine.tell({ kind: 'shift', ...shiftAfter(shifts) });
        }),
        watchDisplays({
          displays: machine.displays,
          clock,
          onLost() {
            report('display-lost', {});
            supervisor.rest();
          },
          onBack() {
            report('display-back', {});
            supervisor.attend();
          },
        }),
      ];
    },
    stop() {
      for (const cancel of [...cancels, pixels.stop, light.stop, memory.stop, link.stop]) cancel();
      supervisor.stop();
    },
  };
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e5) / 10;
}
