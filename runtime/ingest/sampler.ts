import { DriverError, type Sample } from '../../drivers/contract.js';
import type { Clock } from '../../drivers/ports.js';
import type { Backoff } from '../backoff.js';
import { interruptible } from '../waiting.js';
import { type Condition, failing } from './condition.js';
import type { SensorLink } from './links/link.js';
import type { Moment } from './pipeline.js';

export interface SamplerParts {
  link: SensorLink;
  /** Time between two samples, in ms. */
  interval: number;
  clock: Clock;
  /** How long to wait before a device is opened again. */
  backoff: Backoff;
  /** A sample, or nothing where one was due and none came. */
  onSample: (sample: Sample, moment: Moment) => void;
  onCondition: (condition: Condition) => void;
}

export interface Sampler {
  start(): void;
  /** Lets go of the device; resolves when its port is closed. */
  stop(): Promise<void>;
  /** From now on the time between two samples, in ms: the next is due so long, or a multiple of it, after the last. */
  setCadence(interval: number): void;
  /** Takes a sample out of turn, which alters no due time. Rejects with a DriverError where none can be had. */
  sampleNow(): Promise<Sample>;
  /** Does something else with the device between two samples. Rejects with a DriverError where it is not open. */
  use<T>(work: (link: SensorLink) => Promise<T>): Promise<T>;
  /** Closes the device and opens it at once. Rejects with the DriverError that says why it could not be opened. */
  reopen(): Promise<void>;
}

/** Something that waits to be done between two samples. */
interface Task {
  run(): Promise<void>;
  abandon(reason: unknown): void;
}

/** Somebody who waits for the device to be open. */
interface Opening {
  resolve(): void;
  reject(reason: unknown): void;
}

/** Ends the use of a device that is to be opened anew; it is no failure. */
const reopening = new Error('The device is to be opened anew.');

/**
 * Keeps one sensor sampled: opens it, asks at each due time, and where it fails closes it and tries again, for ever.
 * Due times stand on the monotonic time, a whole number of intervals after the first, whatever goes wrong between.
 * A due time without a sample is told as an empty sample, so that the gap is known.
 */
export function createSampler({
  link,
  interval,
  clock,
  backoff,
  onSample,
  onCondition,
}: SamplerParts): Sampler {
  const life = interruptible();
  let presence = interruptible();
  let condition: Condition = { state: 'starting' };
  let stopped = false;
  let running: Promise<void> | undefined;
  let spacing = interval;
  let nextDue = 0;
  let lastDue: number | undefined;
  let isSampling = false;
  let isOpen = false;
  let tasks: Task[] = [];
  let openings: Opening[] = [];
  let wake: () => void = () => {};

  async function run(): Promise<void> {
    nextDue = clock.monotonic();
    while (!stopped) {
      presence = interruptible();
      try {
        await life.wait(link.open());
        await sampleUntilFailure();
      } catch (error) {
        if (error !== reopening) fail(error);
      }
      await link.close();
      presence = interruptible();
      if (openings.length === 0) await waitFor(backoff.next()).catch(() => {});
    }
    refuseOpenings(notOpen());
  }

  /** Rejects when the device fails or is to be opened anew, and when the sampler is stopped. */
  async function sampleUntilFailure(): Promise<never> {
    const cancel = link.onLost(presence.interrupt);
    isOpen = true;
    welcomeOpenings();
    tellGapUntil(clock.monotonic() - spacing);
    try {
      for (;;) {
        const early = nextDue - link.lead - clock.monotonic();
        const task = tasks.shift();
        if (task) await carryOut(task);
        else if (early > 0) await waitFor(early);
        else await sampleInTurn();
      }
    } catch (error) {
      abandonTasks(error === reopening || stopped ? notOpen() : error);
      throw error;
    } finally {
      cancel();
      isOpen = false;
      isSampling = false;
    }
  }

  function unlessLost<T>(work: Promise<T>): Promise<T> {
    return life.wait(presence.wait(work));
  }

  /** The latest due time that passes meanwhile is made up for; the ones before it are gaps. */
  async function carryOut(task: Task): Promise<void> {
    await task.run();
    tellGapUntil(clock.monotonic() - spacing);
  }

  async function sampleInTurn(): Promise<void> {
    isSampling = true;
    await sample();
    isSampling = false;
    nextTurn();
  }

  async function sample(): Promise<Sample> {
    const taken = await unlessLost(link.sample());
    backoff.reset();
    become({ state: 'ok' });
    onSample(taken, moment());
    return taken;
  }

  function nextTurn(): void {
    lastDue = nextDue;
    nextDue = dueAfter(nextDue, spacing, clock.monotonic() + link.lead);
  }

  /** Waits so long, or until there is something else to do. */
  async function waitFor(ms: number): Promise<void> {
    let cancel = () => {};
    const passed = new Promise<void>((resolve) => {
      wake = resolve;
      cancel = clock.after(ms, resolve);
    });
    await unlessLost(passed).finally(cancel);
  }

  function use<T>(work: (link: SensorLink) => Promise<T>): Promise<T> {
    if (!isOpen) return Promise.reject(notOpen());
    return new Promise((resolve, reject) => {
      tasks.push({ run: () => unlessLost(work(link)).then(resolve, reject), abandon: reject });
      wake();
    });
  }

  function abandonTasks(reason: unknown): void {
    for (const { abandon } of tasks) abandon(reason);
    tasks = [];
  }

  function welcomeOpenings(): void {
    for (const { resolve } of openings) resolve();
    openings = [];
  }

  function refuseOpenings(reason: unknown): void {
    for (const { reject } of openings) reject(reason);
    openings = [];
  }

  function notOpen(): DriverError {
    if (condition.state === 'failing')
      return new DriverError(condition.problem.code, condition.problem.message);
    return new DriverError('DEVICE_LOST', 'the device is not open at present');
  }

  function fail(error: unknown): void {
    if (stopped) return;
    become(failing(error, clock.now(), condition));
    refuseOpenings(error);
    tellGapUntil(clock.monotonic());
  }

  /** Tells of each due time that has passed without a sample, as an empty one of that time. */
  function tellGapUntil(monotonic: number): void {
    const now = moment();
    for (; nextDue <= monotonic; nextDue += spacing) {
      lastDue = nextDue;
      onSample({}, { time: now.time - (now.monotonic - nextDue), monotonic: nextDue });
    }
  }

  function become(next: Condition): void {
    condition = next;
    onCondition(next);
  }

  function moment(): Moment {
    return { time: clock.now(), monotonic: clock.monotonic() };
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopped = true;
      life.interrupt(new Error('The sampler was stopped.'));
      await link.close();
      await running;
    },
    setCadence(next) {
      spacing = next;
      if (lastDue !== undefined && !isSampling) {
        nextDue = dueAfter(lastDue, spacing, clock.monotonic() + link.lead);
      }
      if (link.setCadence) {
        link.setCadence(next);
        presence.interrupt(reopening);
      }
      wake();
    },
    sampleNow: () => use(sample),
    use,
    reopen: () =>
      new Promise((resolve, reject) => {
        if (stopped) return reject(notOpen());
        openings.push({ resolve, reject });
        presence.interrupt(reopening);
        wake();
      }),
  };
}

/** The first due time after `now` that is a whole number of intervals after `due`. */
export function dueAfter(due: number, interval: number, now: number): number {
  return due + interval * Math.max(1, Math.floor((now - due) / interval) + 1);
}
