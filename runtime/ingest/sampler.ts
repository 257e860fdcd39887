import type { Sample } from '../../drivers/contract.js';
import type { Clock } from '../../drivers/ports.js';
import type { Backoff } from '../backoff.js';
import { pause } from '../waiting.js';
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
  let condition: Condition = { state: 'starting' };
  let stopped = false;
  let stop: () => void = () => {};
  const stopping = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let running: Promise<void> | undefined;
  let nextDue = 0;

  async function run(): Promise<void> {
    nextDue = clock.monotonic();
    while (!stopped) {
      try {
        await untilStopped(link.open());
        await untilStopped(sampleUntilFailure());
      } catch (error) {
        fail(error);
      }
      await link.close();
      if (!stopped) await waitFor(backoff.next());
    }
  }

  async function sampleUntilFailure(): Promise<void> {
    let cancel = () => {};
    const lost = new Promise<never>((_, reject) => {
      cancel = link.onLost(reject);
    });
    lost.catch(() => {});
    try {
      while (!stopped) {
        await Promise.race([waitFor(nextDue - link.lead - clock.monotonic()), lost]);
        if (stopped) return;
        const sample = await Promise.race([link.sample(), lost]);
        backoff.reset();
        become({ state: 'ok' });
        onSample(sample, moment());
        nextDue = dueAfter(nextDue, interval, clock.monotonic() + link.lead);
      }
    } finally {
      cancel();
    }
  }

  /** Waits, and meanwhile tells of each due time that passes without a sample. */
  async function waitFor(ms: number): Promise<void> {
    if (ms > 0) await Promise.race([pause(clock, ms), stopping]);
  }

  function fail(error: unknown): void {
    if (stopped) return;
    become(failing(error, clock.now(), condition));
    if (clock.monotonic() >= nextDue) {
      onSample({}, moment());
      nextDue = dueAfter(nextDue, interval, clock.monotonic() + link.lead);
    }
  }

  function become(next: Condition): void {
    condition = next;
    onCondition(next);
  }

  function moment(): Moment {
    return { time: clock.now(), monotonic: clock.monotonic() };
  }

  async function untilStopped(work: Promise<void>): Promise<void> {
    await Promise.race([work, stopping]);
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopped = true;
      stop();
      await link.close();
      await running;
    },
  };
}

/** The first due time after `now` that is a whole number of intervals after `due`. */
export function dueAfter(due: number, interval: number, now: number): number {
  return due + interval * Math.max(1, Math.floor((now - due) / interval) + 1);
}
