import type { Engine, Graphics } from '../../../kiosk/supervision/engine.js';
import type { Frame } from '../../../kiosk/supervision/frames.js';
import type { Home } from '../../../kiosk/supervision/home.js';
import { type Keeper, keepScreen } from '../../../kiosk/supervision/keeper.js';
import type { PageOrder } from '../../../kiosk/supervision/page-link.js';
import type { KioskSettings } from '../../../runtime/api/contract.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

/** A whole kiosk in virtual time: the browser, the machine and the runtime are played. */

export const settingsOfSeoul: KioskSettings = {
  synchronised: true,
  place: { latitude: 37.57, longitude: 126.98 },
  timeZone: 'Asia/Seoul',
  quietHours: { from: 180, to: 240 },
  withoutService: [],
  darkAfter: 300_000,
  brightness: { least: 20, most: 100 },
  memory: { soft: 300e6, hard: 600e6 },
  touchDeadAfter: 86_400_000,
};

/** What a browser, a panel and a runtime do; a test changes it while the kiosk runs. */
export interface World {
  /** Whether the runtime answers. */
  reachable: boolean;
  /** `ok`: the page loads and draws; `hang`: it never does; `fail`: it answers that it cannot. */
  loading: 'ok' | 'hang' | 'fail';
  /** Whether the page's scripts run. */
  scripts: boolean;
  /** `drawn`: the marker changes; `frozen`: all stays as it is; `blank`: one colour; `hang`: no answer. */
  pixels: 'drawn' | 'frozen' | 'blank' | 'hang';
  memory: number | undefined;
  lux: number | undefined;
  displays: number | undefined;
  hasBacklight: boolean;
  moved: boolean;
  settings: KioskSettings;
}

export interface Told {
  kind: string;
  detail: Record<string, unknown>;
  at: number;
}

export function kioskRig(
  changes: Partial<World> = {},
  { start = Date.UTC(2026, 5, 1, 3), graphics = 'gpu' as Graphics } = {},
) {
  const clock = virtualClock(start);
  const world: World = {
    reachable: true,
    loading: 'ok',
    scripts: true,
    pixels: 'drawn',
    memory: 120e6,
    lux: undefined,
    displays: undefined,
    hasBacklight: true,
    moved: false,
    settings: settingsOfSeoul,
    ...changes,
  };
  const shown: string[] = [];
  const orders: PageOrder[] = [];
  const lamp: number[] = [];
  const reports: Told[] = [];
  const answers: Record<string, unknown>[] = [];
  const statuses: Record<string, unknown>[] = [];
  let waitingOrders: object[] = [];
  let captures = 0;

  const note = (what: string) => void shown.push(`${what} at ${Math.round(clock.monotonic() / 1_000)}`);
  const loaded = (what: string) => {
    note(what);
    if (world.loading === 'hang') return new Promise<boolean>(() => {});
    return Promise.resolve(world.loading === 'ok');
  };

  const engine: Engine = {
    showHome: () => loaded('home'),
    renew: () => loaded('new renderer'),
    relaunch: (next) => loaded(`relaunch with ${next}`),
    showLastResort: async () => note('last resort'),
    async capture(area) {
      captures += 1;
      if (world.pixels === 'hang') return new Promise<Frame>(() => {});
      return picture(area ? 16 : 40, area ? 2 : 40, world.pixels, captures);
    },
    picture: async (width) => new Uint8Array(width * 100),
    memory: async () => world.memory,
    tell: (order) => void orders.push(order),
    fillScreen: () => note('fills the screen'),
  };

  const home: Home = {
    url: () => new URL('http://127.0.0.1:8080/'),
    answers: async () => world.reachable,
    async hasMoved() {
      const { moved } = world;
      world.moved = false;
      return moved;
    },
  };

  async function post(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
    if (!world.reachable) throw new Error('nobody is there');
    const told = body as Record<string, unknown>;
    if (path.includes('/reports')) {
      const ago = Number(told.ago) * 1_000;
      reports.push({
        kind: String(told.kind),
        detail: told.detail as Record<string, unknown>,
        at: Math.round((clock.monotonic() - ago) / 1_000),
      });
      return { status: 200, body: {} };
    }
    if (path.includes('/answers')) {
      answers.push(told);
      return { status: 200, body: {} };
    }
    statuses.push(told);
    if (path.endsWith('=20')) await new Promise<void>((resolve) => void clock.after(20_000, resolve));
    const given = waitingOrders;
    waitingOrders = [];
    return { status: 200, body: { settings: world.settings, orders: given } };
  }

  const keeper: Keeper = keepScreen({
    ...{ browser: 'electron', engine, graphics, home, clock, post },
    machine: {
      lamp: {
        async set(percent) {
          if (world.hasBacklight) lamp.push(percent);
          return world.hasBacklight;
        },
      },
      sensor: { lux: async () => world.lux },
      displays: { connected: async () => world.displays },
    },
    log: () => {},
  });

  /** Lets time pass; the page tells each second that it lives, as long as its scripts run. */
  async function run(ms: number): Promise<void> {
    const end = clock.monotonic() + ms;
    while (clock.monotonic() < end) {
      if (world.scripts) keeper.listener.onNews({ kind: 'alive' });
      await clock.advance(Math.min(1_000, end - clock.monotonic()));
    }
  }

  return {
    ...{ clock, world, shown, orders, lamp, reports, answers, statuses, keeper, run },
    start: () => keeper.start(),
    order: (order: object) => void waitingOrders.push(order),
    steps: () =>
      reports
        .filter(({ kind }) => kind === 'step')
        .map(({ detail, at }) => `${detail.step} for ${detail.trouble} at ${at}`),
    kinds: () => reports.map(({ kind }) => kind),
  } satisfies object;
}

function picture(width: number, height: number, pixels: World['pixels'], count: number): Frame {
  const bytes = new Uint8Array(width * height * 4).fill(200);
  if (pixels === 'blank') return { width, height, pixels: bytes };
  const changing = pixels === 'drawn' ? count : 7;
  for (let at = 0; at < bytes.length; at += 4) bytes[at] = (at * 13 + changing * 31) % 251;
  return { width, height, pixels: bytes };
}
