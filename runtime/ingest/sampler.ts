import type { Sample } from '../../drivers/contract.js';
import type { Clock } from '../../drivers/ports.js';
import type { Backoff } from '../backoff.js';
import { interruptible, pause } from '../waiting.js';
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
}

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
  let condition: Condition = { state: 'starting' };
  let stopped = false;
  let running: Promise<void> | undefined;
  let nextDue = 0;

  async function run(): Promise<void> {
    nextDue = clock.monotonic();
    while (!stopped) {
      try {
        await life.wait(link.open());
        await sampleUntilFailure();
      } catch (error) {
        fail(error);
      }
      await link.close();
      await life.wait(pause(clock, backoff.next())).catch(() => {});
    }
  }

  /** Rejects when the device fails, and when the sampler is stopped. */
  async function sampleUntilFailure(): Promise<never> {
    const presence = interruptible();
    const cancel = link.onLost(presence.interrupt);
    tellGapUntil(clock.monotonic() - interval);
    try {
      for (;;) {
        const early = nextDue - link.lead - clock.monotonic();
        if (early > 0) await life.wait(presence.wait(pause(clock, early)));
        const sample = await life.wait(presence.wait(link.sample()));
        backoff.reset();
        become({ state: 'ok' });
        onSample(sample, moment());
        nextDue = dueAfter(nextDue, interval, clock.monotonic() + link.lead);
      }
    } finally {
      cancel();
    }
  }

  function fail(error: unknown): void {
    if (stopped) return;
    become(failing(error, clock.now(), condition));
    tellGapUntil(clock.monotonic());
  }

  /** Tells of each due time that has passed without a sample, as an empty one of that time. */
  function tellGapUntil(monotonic: number): void {
    const now = moment();
    for (; nextDue <= monotonic; nextDue += interval) {
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
  };
}

/** The first due time after `now` that is a whole number of intervals after `due`. */
export function dueAfter(due: number, interval: number, now: number): number {
  return due + interval * Math.max(1, Math.floor((now - due) / interval) + 1);
}
