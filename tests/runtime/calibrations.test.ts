import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Calibration } from '../../config/site.js';
import { openCalibrations } from '../../runtime/calibrations.js';
import type { ShelterEvent, Stream } from '../../runtime/reading.js';
import { virtualClock } from '../../simulators/virtual-clock.js';
import { failingDisk } from '../rigs/failing-disk.js';

const file = '/data/calibrations.json';
const start = Date.UTC(2026, 2, 1);
const minute = 60_000;

const warmth: Stream = {
  id: 'outdoor/temperature',
  sensor: 'outdoor',
  property: 'temperature',
  unit: 'Cel',
};
const dust: Stream = { id: 'air/pm10', sensor: 'air', property: 'pm10', unit: 'ug/m3' };

const march: Calibration = { offset: -0.4, gain: 1, date: '2026-03-01', by: 'Kim Jiwoo' };
const may: Calibration = { offset: -0.2, gain: 1.01, date: '2026-05-12T09:30:00+09:00', by: 'Lee Minho' };

/** A disk and a clock, on which calibrations may be opened again and again. */
function bench() {
  const disk = failingDisk();
  const clock = virtualClock(start);
  const sync = { is: true };
  const events: ShelterEvent[] = [];
  const warn = vi.fn();
  const open = () =>
    openCalibrations({
      file,
      disk,
      clock,
      isSynchronised: () => sync.is,
      log: { info() {}, warn },
      onEvent: (event) => events.push(event),
    });
  return { disk, clock, sync, events, warn, open };
}

describe('a calibration', () => {
  it('is a version from when it comes into force, and is told as an event', async () => {
    const { open, clock, events } = bench();
    const calibrations = open();
    expect(calibrations.use(warmth, march)).toBe(1);
    await clock.advance(minute);
    expect(calibrations.use(warmth, may)).toBe(2);
    expect(calibrations.versions()).toEqual([
      { stream: warmth.id, version: 2, ...may, from: start + minute },
      { stream: warmth.id, version: 1, ...march, from: start },
    ]);
    expect(events).toEqual([
      {
        kind: 'sensor.calibrated',
        source: 'outdoor',
        time: start,
        monotonic: expect.any(Number),
        detail: { stream: warmth.id, version: 1, ...march },
      },
      expect.objectContaining({ detail: { stream: warmth.id, version: 2, ...may } }),
    ]);
  });

  it('that is as it was keeps its version, over a restart too', async () => {
    const { open, events } = bench();
    const first = open();
    first.use(warmth, march);
    await first.stop();
    const second = open();
    expect(second.use(warmth, { ...march })).toBe(1);
    expect(second.use(warmth, march)).toBe(1);
    expect(events).toHaveLength(1);
  });

  it('of which anything changes is the next version: its numbers, its date or its author', () => {
    const calibrations = bench().open();
    const { date: _, ...undated } = march;
    const { by: __, ...unsigned } = march;
    const all = [march, { ...march, offset: 0.1 }, { ...march, gain: 1.1 }, undated, unsigned, march];
    expect(all.map((each) => calibrations.use(warmth, each))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('counts for each stream on its own', () => {
    const calibrations = bench().open();
    calibrations.use(warmth, march);
    expect(calibrations.use(dust, may)).toBe(1);
    expect(calibrations.use(warmth, may)).toBe(2);
  });

  it('that never was has no version, and one that is taken away leaves a version that changes nothing', () => {
    const { open, events } = bench();
    const calibrations = open();
    expect(calibrations.use(warmth, undefined)).toBeUndefined();
    expect(events).toEqual([]);
    calibrations.use(warmth, march);
    expect(calibrations.use(warmth, undefined)).toBe(2);
    expect(calibrations.use(warmth, undefined)).toBe(2);
    expect(calibrations.versions()[0]).toMatchObject({ version: 2, offset: 0, gain: 1 });
  });

  it('of a run whose clock is set later gets its true time then', async () => {
    const { open, clock, sync } = bench();
    sync.is = false;
    const calibrations = open();
    calibrations.use(warmth, march);
    expect(calibrations.versions()).toMatchObject([{ from: null }]);
    await clock.advance(minute);
    const summer = Date.UTC(2026, 6, 1);
    calibrations.stamp({ time: summer, monotonic: clock.monotonic() });
    expect(calibrations.versions()).toMatchObject([{ from: summer - minute }]);
    await calibrations.stop();
    expect(open().versions()).toMatchObject([{ from: summer - minute }]);
  });

  it('is used although the disk is full, and kept as soon as there is room', async () => {
    const { open, disk, clock, warn } = bench();
    disk.failAt(0);
    const calibrations = open();
    expect(calibrations.use(warmth, march)).toBe(1);
    expect(calibrations.use(dust, may)).toBe(1);
    await clock.advance(0);
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: 'CALIBRATION_UNKEPT' }),
      expect.any(String),
    );
    expect(open().versions()).toEqual([]);
    disk.failAt(Number.POSITIVE_INFINITY);
    await clock.advance(10 * minute);
    expect(open().versions()).toHaveLength(2);
  });

  it('is counted on although the newest file is damaged', async () => {
    const { open, disk } = bench();
    const first = open();
    first.use(warmth, march);
    await first.stop();
    first.use(warmth, may);
    await first.stop();
    disk.damage(file);
    expect(open().use(warmth, may)).toBe(2);
  });

  it('that changes for years does not fill the disk, and its number goes on', () => {
    const calibrations = bench().open();
    calibrations.use(dust, may);
    for (let day = 1; day <= 500; day++) {
      expect(calibrations.use(warmth, { offset: day, gain: 1 })).toBe(day);
    }
    expect(calibrations.versions()).toHaveLength(101);
    expect(calibrations.use(dust, may)).toBe(1);
  });

  it('has a number that tells exactly one calibration, whatever comes and however often it restarts', async () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const calibration = fc.record(
      { offset: number, gain: number, date: fc.constantFrom('2026-01-01', '2026-02-01'), by: fc.string() },
      { requiredKeys: ['offset', 'gain'] },
    );
    const step = fc.oneof(
      fc.record({ use: fc.option(calibration, { nil: undefined }) }),
      fc.constant('restart' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { open } = bench();
        let calibrations = open();
        const said = new Map<number, string>();
        for (const each of steps) {
          if (each === 'restart') {
            await calibrations.stop();
            calibrations = open();
            continue;
          }
          const version = calibrations.use(warmth, each.use);
          if (version === undefined) continue;
          const [newest] = calibrations.versions();
          expect(newest?.version).toBe(version);
          const { from: _, ...told } = newest ?? {};
          expect(said.get(version) ?? JSON.stringify(told)).toBe(JSON.stringify(told));
          said.set(version, JSON.stringify(told));
        }
        expect([...said.keys()]).toEqual([...said.keys()].map((_, index) => index + 1));
      }),
      { numRuns: 60 },
    );
  });
});
