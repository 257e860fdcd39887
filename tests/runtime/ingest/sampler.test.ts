import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { DriverError, type Sample } from '../../../drivers/contract.js';
import type { Condition } from '../../../runtime/ingest/condition.js';
import type { SensorLink } from '../../../runtime/ingest/links/link.js';
import { createSampler, dueAfter } from '../../../runtime/ingest/sampler.js';
import { type VirtualClock, virtualClock } from '../../../simulators/virtual-clock.js';

/** A sensor at the narrowest port, which does what the test wants next. */
function scripted({ clock, lead = 0, takes = 0 }: { clock: VirtualClock; lead?: number; takes?: number }) {
  const state = { opened: 0, closed: 0, broken: undefined as DriverError | undefined };
  let lose: (error: Error) => void = () => {};
  const link: SensorLink = {
    lead,
    async open() {
      state.opened++;
      if (state.broken?.code.startsWith('PORT')) throw state.broken;
    },
    async sample() {
      if (takes > 0) await new Promise<void>((resolve) => clock.after(takes, resolve));
      if (state.broken) throw state.broken;
      return { temperature: 20 };
    },
    onLost(listener) {
      lose = listener;
      return () => {};
    },
    async close() {
      state.closed++;
    },
  };
  return { link, state, lose: (error: Error) => lose(error) };
}

function sampling(options: { lead?: number; takes?: number; interval?: number; wait?: number } = {}) {
  const clock = virtualClock();
  const sensor = scripted({ clock, ...options });
  const samples: { at: number; sample: Sample }[] = [];
  const conditions: Condition[] = [];
  const sampler = createSampler({
    link: sensor.link,
    interval: options.interval ?? 10_000,
    clock,
    backoff: { next: () => options.wait ?? 1_000, reset: () => {} },
    onSample: (sample, { monotonic }) => samples.push({ at: monotonic, sample }),
    onCondition: (condition) => conditions.push(condition),
  });
  return { clock, sensor, samples, conditions, sampler, times: () => samples.map(({ at }) => at) };
}

describe('a healthy sensor', () => {
  it('is sampled at once and then at each interval', async () => {
    const { clock, sampler, times } = sampling();
    sampler.start();
    await clock.advance(35_000);
    expect(times()).toEqual([0, 10_000, 20_000, 30_000]);
  });

  it('keeps its cadence though each sample takes a while', async () => {
    const { clock, sampler, times } = sampling({ takes: 300 });
    sampler.start();
    await clock.advance(35_000);
    expect(times()).toEqual([300, 10_300, 20_300, 30_300]);
  });

  it('is woken early enough for its warm-up to end when the sample is due', async () => {
    const { clock, sampler, times } = sampling({ lead: 3_000, takes: 3_000 });
    sampler.start();
    await clock.advance(25_000);
    expect(times()).toEqual([3_000, 10_000, 20_000]);
  });

  it('does not notice a step of the wall time', async () => {
    const { clock, sampler, times } = sampling();
    sampler.start();
    await clock.advance(15_000);
    clock.step(-3_600_000);
    await clock.advance(20_000);
    expect(times()).toEqual([0, 10_000, 20_000, 30_000]);
  });
});

describe('a sensor that fails', () => {
  const silent = new DriverError('DEVICE_SILENT', 'no answer');
  const notFound = new DriverError('PORT_NOT_FOUND', 'no such path');

  it('is told as failing, with what to do, and the gap is told as an empty sample', async () => {
    const { clock, sensor, sampler, samples, conditions } = sampling();
    sampler.start();
    await clock.advance(5_000);
    sensor.state.broken = silent;
    await clock.advance(5_000);
    expect(conditions.at(-1)).toMatchObject({
      state: 'failing',
      problem: { code: 'DEVICE_SILENT', hint: silent.hint },
    });
    expect(samples.at(-1)).toEqual({ at: 10_000, sample: {} });
  });

  it('is closed and opened again until it is back, and keeps to its old due times', async () => {
    const { clock, sensor, sampler, samples, times } = sampling();
    sensor.state.broken = notFound;
    sampler.start();
    await clock.advance(12_500);
    expect(sensor.state.opened).toBe(13);
    expect(sensor.state.closed).toBe(sensor.state.opened);
    sensor.state.broken = undefined;
    await clock.advance(10_000);
    expect(times()).toEqual([0, 10_000, 20_000]);
    expect(samples.map(({ sample }) => sample)).toEqual([{}, {}, { temperature: 20 }]);
  });

  it('is told as missing at each due time that went by, however seldom it was tried', async () => {
    const { clock, sensor, sampler, samples } = sampling({ wait: 25_000 });
    sampler.start();
    await clock.advance(5_000);
    sensor.state.broken = notFound;
    await clock.advance(60_000);
    sensor.state.broken = undefined;
    await clock.advance(40_000);
    expect(samples.map(({ at, sample }) => `${at} ${Object.keys(sample).length}`)).toEqual([
      ...['0 1', '10000 0', '20000 0', '30000 0', '40000 0', '50000 0', '60000 0', '70000 0'],
      ...['85000 1', '90000 1', '100000 1'],
    ]);
  });

  it('keeps the time since when the same problem lasts', async () => {
    const { clock, sensor, sampler, conditions } = sampling();
    sensor.state.broken = notFound;
    sampler.start();
    await clock.advance(5_000);
    const since = conditions.map((condition) =>
      condition.state === 'failing' ? condition.problem.since : 0,
    );
    expect(new Set(since).size).toBe(1);
  });

  it('is reopened when it goes away between two samples, without waiting for the next one', async () => {
    const { clock, sensor, sampler, conditions } = sampling();
    sampler.start();
    await clock.advance(4_000);
    sensor.lose(new DriverError('DEVICE_LOST', 'unplugged'));
    await clock.advance(0);
    expect(conditions.at(-1)).toMatchObject({ state: 'failing', problem: { code: 'DEVICE_LOST' } });
    await clock.advance(1_000);
    expect(sensor.state.opened).toBe(2);
  });
});

describe('a change of interval', () => {
  it('makes the next sample due that long after the last one, without a restart', async () => {
    const { clock, sampler, sensor, times } = sampling();
    sampler.start();
    await clock.advance(11_000);
    sampler.setCadence(2_000);
    await clock.advance(5_500);
    sampler.setCadence(20_000);
    await clock.advance(40_000);
    expect(times()).toEqual([0, 10_000, 12_000, 14_000, 16_000, 36_000, 56_000]);
    expect(sensor.state.opened).toBe(1);
  });

  it('never asks for samples that would have been due before', async () => {
    const { clock, sampler, times } = sampling({ interval: 60_000 });
    sampler.start();
    await clock.advance(30_500);
    sampler.setCadence(1_000);
    await clock.advance(2_000);
    expect(times()).toEqual([0, 31_000, 32_000]);
  });

  it('leaves time to warm up', async () => {
    const { clock, sampler, times } = sampling({ lead: 3_000, takes: 3_000, interval: 60_000 });
    sampler.start();
    await clock.advance(20_500);
    sampler.setCadence(10_000);
    await clock.advance(25_000);
    expect(times()).toEqual([3_000, 30_000, 40_000]);
  });

  it('holds from the sample that is under way on', async () => {
    const { clock, sampler, times } = sampling({ takes: 500 });
    sampler.start();
    await clock.advance(10_200);
    sampler.setCadence(3_000);
    await clock.advance(7_000);
    expect(times()).toEqual([500, 10_500, 13_500, 16_500]);
  });

  it('opens anew a device that has to know it', async () => {
    const { clock, sampler, sensor, times, conditions } = sampling();
    const told: number[] = [];
    sensor.link.setCadence = (interval) => told.push(interval);
    sampler.start();
    await clock.advance(1_000);
    sampler.setCadence(4_000);
    await clock.advance(7_500);
    expect(told).toEqual([4_000]);
    expect(sensor.state.opened).toBe(2);
    expect(times()).toEqual([0, 4_000, 8_000]);
    expect(conditions.every(({ state }) => state === 'ok')).toBe(true);
  });
});

describe('a sample out of turn', () => {
  it('is taken at once and alters no due time', async () => {
    const { clock, sampler, times } = sampling();
    sampler.start();
    await clock.advance(4_000);
    const taken = sampler.sampleNow();
    await clock.advance(20_000);
    expect(await taken).toEqual({ temperature: 20 });
    expect(times()).toEqual([0, 4_000, 10_000, 20_000]);
  });

  it('waits for the one that is under way', async () => {
    const { clock, sampler, times } = sampling({ takes: 600 });
    sampler.start();
    await clock.advance(100);
    const taken = sampler.sampleNow();
    await clock.advance(10_700);
    await taken;
    expect(times()).toEqual([600, 1_200, 10_600]);
  });

  it('is refused with what is wrong while the device cannot be opened', async () => {
    const { clock, sensor, sampler } = sampling();
    sensor.state.broken = new DriverError('PORT_NOT_FOUND', 'no such path');
    sampler.start();
    await clock.advance(500);
    await expect(sampler.sampleNow()).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
  });

  it('fails when the device is lost meanwhile, and is then no sample', async () => {
    const { clock, sensor, sampler, samples } = sampling({ takes: 600 });
    sampler.start();
    await clock.advance(4_000);
    const failure = sampler.sampleNow().catch((error) => error);
    await clock.advance(100);
    sensor.lose(new DriverError('DEVICE_LOST', 'unplugged'));
    await clock.advance(700);
    expect(await failure).toMatchObject({ code: 'DEVICE_LOST' });
    expect(samples).toHaveLength(1);
  });
});

describe('reopening', () => {
  it('closes and opens a device that works, which is no failure', async () => {
    const { clock, sensor, sampler, conditions, times } = sampling();
    sampler.start();
    await clock.advance(4_000);
    const reopened = sampler.reopen();
    await clock.advance(0);
    await reopened;
    expect(sensor.state).toMatchObject({ opened: 2, closed: 1 });
    await clock.advance(7_000);
    expect(times()).toEqual([0, 10_000]);
    expect(conditions.every(({ state }) => state === 'ok')).toBe(true);
  });

  it('tries a device that is away at once, and says why where it stays away', async () => {
    const { clock, sensor, sampler } = sampling();
    const gone = new DriverError('PORT_NOT_FOUND', 'no such path');
    sensor.state.broken = gone;
    sampler.start();
    await clock.advance(100);
    const failure = sampler.reopen().catch((error) => error);
    await clock.advance(0);
    expect(await failure).toBe(gone);
    expect(sensor.state.opened).toBe(2);
    sensor.state.broken = undefined;
    const reopened = sampler.reopen();
    await clock.advance(0);
    await reopened;
    expect(sensor.state.opened).toBe(3);
  });

  it('is refused once sampling has stopped', async () => {
    const { clock, sampler } = sampling();
    sampler.start();
    await clock.advance(100);
    await sampler.stop();
    await expect(sampler.reopen()).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    await expect(sampler.sampleNow()).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  });
});

it('nothing is kept of past samples', async () => {
  const clock = virtualClock();
  const taken: WeakRef<Sample>[] = [];
  const sampler = createSampler({
    link: {
      ...scripted({ clock }).link,
      async sample() {
        const sample = { temperature: 20 };
        taken.push(new WeakRef(sample));
        return sample;
      },
    },
    interval: 1_000,
    clock,
    backoff: { next: () => 1_000, reset() {} },
    onSample() {},
    onCondition() {},
  });
  sampler.start();
  await clock.advance(100_000);
  collectGarbage();
  expect(taken.length).toBeGreaterThan(100);
  expect(taken.filter((sample) => sample.deref()).length).toBeLessThan(5);
  await sampler.stop();
});

describe('stopping', () => {
  it('closes the link and takes no further sample', async () => {
    const { clock, sensor, sampler, samples } = sampling();
    sampler.start();
    await clock.advance(1_000);
    await sampler.stop();
    await clock.advance(60_000);
    expect(samples).toHaveLength(1);
    expect(sensor.state.closed).toBeGreaterThan(0);
  });
});

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

it('the next due time is a whole number of intervals after the last, however late it is', () => {
  expect(dueAfter(0, 10, 3)).toBe(10);
  expect(dueAfter(0, 10, 10)).toBe(20);
  expect(dueAfter(0, 10, 57)).toBe(60);
  expect(dueAfter(30, 10, 12)).toBe(40);
});
