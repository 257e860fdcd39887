import { randomUUID } from 'node:crypto';
import { parseDayHours } from '../../config/day-hours.js';
import { ShelterError } from '../../config/errors.js';
import type { Site } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/ports.js';
import {
  type KioskAnswer,
  type KioskOrder,
  type KioskReport,
  type KioskSettings,
  type KioskStatus,
  type KioskStep,
  type KioskTurn,
  kioskSteps,
  mostScreenshotBytes,
} from '../api/kiosk.js';
import { type Problem, problemOf } from '../problem.js';
import { rateLimit } from '../rate-limit.js';
import type { ShelterEvent } from '../reading.js';

/** What to have the kiosk do. */
export type KioskWish =
  | { kind: 'screenshot' }
  | { kind: 'reload' }
  | { kind: 'brightness'; percent: number; minutes: number };

/** Where the runtime and whoever keeps its page on the screen meet. The kiosk asks; the runtime never calls it. */
export interface KioskDesk {
  /** From now on it is expected, where the site says so. */
  start(): void;
  /** Something happened at the screen: it becomes an event. Throws API_LIMITED where that is too often. */
  report(report: KioskReport): void;
  /** Resolves with orders as soon as there are any, and without after `patience` ms. */
  ask(status: KioskStatus, patience: number): Promise<KioskTurn>;
  answer(answer: KioskAnswer): void;
  /** Rejects with COMMAND_FAILED where no kiosk does it in time. */
  order(wish: KioskWish): Promise<KioskAnswer>;
  /** The screen as a JPEG, which is an event too; rejects as `order` does. */
  screenshot(): Promise<Buffer>;
  now(): KioskNow;
  /** Answers whoever waits. */
  stop(): void;
}

export interface KioskNow {
  /** Whether the site expects one. */
  expected: boolean;
  /** Time since it was heard, in ms; undefined where it never was. */
  heardAgo: number | undefined;
  status: KioskStatus | undefined;
  /** How often each was taken, as reported since this program started. */
  steps: Readonly<Record<KioskStep, number>>;
  problem: Problem | undefined;
}

export interface KioskDeskParts {
  site: () => Site;
  isSynchronised: () => boolean;
  clock: Clock;
  onEvent(event: ShelterEvent): void;
}

const limits = {
  /** How long, in ms, an order may take. */
  patience: 20_000,
  /** Most orders that wait. */
  waiting: 8,
  /** Most reports within so long, in ms: what loops must not fill the card. */
  reports: 60,
  within: 60_000,
};

interface Waiting {
  order: KioskOrder;
  isGiven: boolean;
  settle(answer: KioskAnswer): void;
}

export function createKioskDesk({ site, isSynchronised, clock, onEvent }: KioskDeskParts): KioskDesk {
  const startedAt = clock.monotonic();
  const mayReport = rateLimit(limits.reports, limits.within, clock);
  const waiting = new Map<string, Waiting>();
  const steps: Record<KioskStep, number> = {
    reload: 0,
    'new-renderer': 0,
    'relaunch-without-gpu': 0,
    'last-resort': 0,
  };
  let status: KioskStatus | undefined;
  let heardAt: number | undefined;
  let problem: Problem | undefined;
  let release: () => void = () => {};
  let cancelSilence: Cancel = () => {};

  function tell(kind: string, detail: ShelterEvent['detail'], ago = 0): void {
    onEvent({
      kind: `kiosk.${kind}`,
      source: 'kiosk',
      time: clock.now() - ago,
      // What happened before this boot counts as of its start: a moment of an earlier one means nothing in it.
      monotonic: Math.max(0, clock.monotonic() - ago),
      detail,
    });
  }

  function hear(): void {
    const silentFor = clock.monotonic() - (heardAt ?? startedAt);
    heardAt = clock.monotonic();
    if (problem) tell('heard', { silentFor: Math.round(silentFor / 1_000) });
    problem = undefined;
    awaitWord();
  }

  function awaitWord(): void {
    cancelSilence();
    const { silentAfter } = site().kiosk;
    if (silentAfter !== undefined) cancelSilence = clock.after(silentAfter, () => fallSilent(silentAfter));
  }

  function fallSilent(silentAfter: number): void {
    const since = heardAt === undefined ? 'since the start' : `for ${silentAfter / 1_000} s`;
    const error = new ShelterError('KIOSK_SILENT', `The kiosk has not been heard ${since}.`);
    problem = problemOf(error, clock.now(), problem);
    tell('silent', { silentFor: Math.round((clock.monotonic() - (heardAt ?? startedAt)) / 1_000) });
  }

  function settings(): KioskSettings {
    const { place, timeZone, kiosk } = site();
    return {
      synchronised: isSynchronised(),
      place: { latitude: place.latitude, longitude: place.longitude },
      timeZone,
      quietHours: parseDayHours(kiosk.quietHours),
      withoutService: kiosk.withoutService.map(parseDayHours),
      darkAfter: kiosk.darkAfter,
      brightness: kiosk.brightness,
      memory: kiosk.memory,
      touchDeadAfter: kiosk.touchDeadAfter,
    };
  }

  /** Each order is given once: what is done twice may be seen twice. */
  function newOrders(): KioskOrder[] {
    const fresh = [...waiting.values()].filter(({ isGiven }) => !isGiven);
    for (const each of fresh) each.isGiven = true;
    return fresh.map(({ order }) => order);
  }

  function ordered(wish: KioskWish): KioskOrder {
    const id = randomUUID();
    return wish.kind === 'screenshot' ? { id, ...wish, mostBytes: mostScreenshotBytes } : { id, ...wish };
  }

  function order(wish: KioskWish): Promise<KioskAnswer> {
    if (waiting.size >= limits.waiting) {
      return Promise.reject(failed(`${limits.waiting} orders already wait for it`));
    }
    const given = ordered(wish);
    return new Promise<KioskAnswer>((resolve, reject) => {
      const cancel = clock.after(limits.patience, () => {
        waiting.delete(given.id);
        reject(failed(`it did not answer within ${limits.patience / 1_000} s`));
      });
      waiting.set(given.id, {
        order: given,
        isGiven: false,
        settle(answer) {
          cancel();
          waiting.delete(given.id);
          if (answer.problem === undefined) resolve(answer);
          else reject(failed(answer.problem));
        },
      });
      release();
    });
  }

  return {
    start: awaitWord,
    order,
    report({ kind, detail, ago }) {
      hear();
      const retryAfter = mayReport.take();
      if (retryAfter > 0)
        throw new ShelterError('API_LIMITED', 'the kiosk reports too often', { retryAfter });
      const step = kioskSteps.find((name) => kind === 'step' && name === detail.step);
      if (step) steps[step] += 1;
      tell(kind, detail, ago * 1_000);
    },
    async ask(told, longest) {
      hear();
      status = told;
      release();
      let orders = newOrders();
      if (orders.length === 0 && longest > 0) {
        await new Promise<void>((resolve) => {
          const cancel = clock.after(longest, resolve);
          release = () => {
            cancel();
            resolve();
          };
        });
        orders = newOrders();
      }
      return { settings: settings(), orders };
    },
    answer(answer) {
      hear();
      waiting.get(answer.id)?.settle(answer);
    },
    async screenshot() {
      const { jpeg } = await order({ kind: 'screenshot' });
      if (jpeg === undefined) throw failed('it sent no picture');
      const picture = Buffer.from(jpeg, 'base64');
      tell('screenshot', { bytes: picture.length });
      return picture;
    },
    now: () => ({
      expected: site().kiosk.silentAfter !== undefined,
      heardAgo: heardAt === undefined ? undefined : clock.monotonic() - heardAt,
      status,
      steps: { ...steps },
      problem,
    }),
    stop() {
      cancelSilence();
      release();
      for (const {
        settle,
        order: { id },
      } of [...waiting.values()])
        settle({ id, problem: 'this program ends' });
    },
  };
}

function failed(why: string): ShelterError {
  return new ShelterError('COMMAND_FAILED', `The kiosk could not do it: ${why}.`);
}
