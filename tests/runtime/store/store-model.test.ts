import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StoredEvent, StoredReading } from '../../../runtime/reading.js';
import type { Log, Store } from '../../../runtime/store/port.js';
import { openStore } from '../../../runtime/store/store.js';
import { type VirtualClock, virtualClock } from '../../../simulators/virtual-clock.js';
import { eventAt, readingAt } from '../../suites/store-suite.js';

const start = Date.UTC(2026, 0, 1);

/** A store as anyone would write it who had no card and no power cuts to think of. */
interface Model {
  readings: StoredReading[];
  events: StoredEvent[];
  /** By uplink and log. */
  settled: Map<string, Set<number>>;
}

interface Real {
  store: Store;
  epoch: string;
  open(): Promise<Store>;
  clock: VirtualClock;
}

type Step = fc.AsyncCommand<Model, Real>;

const step = (name: string, run: (model: Model, real: Real) => Promise<void>): Step => ({
  check: () => true,
  run,
  toString: () => name,
});

const uplink = fc.constantFrom('city', 'archive');
const log = fc.constantFrom<Log>('readings', 'events');
const value = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0));

const append = fc.array(fc.record({ value, raw: value }), { maxLength: 20 }).map((cells) =>
  step(`append ${cells.length}`, async (model, { store, clock }) => {
    const readings = cells.map(({ value, raw }) => readingAt(clock.now(), value, { raw }));
    store.append(readings);
    for (const reading of readings) model.readings.push({ ...reading, seq: model.readings.length + 1 });
  }),
);

const record = fc.constant(
  step('record', async (model, { store, clock }) => {
    const event = { ...eventAt(clock.now()), seq: model.events.length + 1 };
    expect(await store.record(event)).toBe(event.seq);
    model.events.push(event);
  }),
);

const seq = fc.integer({ min: 1, max: 60 });
const span = fc.oneof(fc.record({ first: fc.constant(1), last: seq }), fc.record({ first: seq, last: seq }));

function settledBy(model: Model, uplink: string, log: Log): Set<number> {
  const name = `${uplink} ${log}`;
  const settled = model.settled.get(name) ?? new Set();
  model.settled.set(name, settled);
  return settled;
}

const lease = fc
  .record({ uplink, log, most: fc.integer({ min: 0, max: 30 }), span })
  .map(({ uplink, log, most, span }) =>
    step(`lease ${uplink} ${log} ${most} of ${span.first}-${span.last}`, async (model, { store }) => {
      await store.flush();
      const settled = settledBy(model, uplink, log);
      const waiting = model[log]
        .slice(span.first - 1, Math.max(0, span.last))
        .filter((row) => !settled.has(row.seq));
      expect((await store.lease(uplink, log, most, span)).rows).toEqual(waiting.slice(0, most));
    }),
  );

const settle = fc.record({ uplink, log, span }).map(({ uplink, log, span }) =>
  step(`settle ${uplink} ${log} ${span.first}-${span.last}`, async (model, { store }) => {
    await store.flush();
    await store.settle(uplink, log, span);
    const settled = settledBy(model, uplink, log);
    for (const row of model[log].slice(span.first - 1, span.last)) settled.add(row.seq);
    const { waiting } = await store.status();
    expect(waiting[uplink]?.[log]).toBe(model[log].length - settled.size);
  }),
);

const wait = fc
  .integer({ min: 1, max: 20_000 })
  .map((ms) => step(`wait ${ms}`, async (_, { clock }) => clock.advance(ms)));

const reopen = fc.constant(
  step('reopen', async (model, real) => {
    await real.store.close();
    real.store = await real.open();
    expect(real.store.epoch).toBe(real.epoch);
    const { last } = await real.store.status();
    expect(last).toEqual({ readings: model.readings.length, events: model.events.length });
  }),
);

it('does what a store without a disk would do, in whatever order it is used', async () => {
  const steps = fc.commands<Model, Real, false>([append, append, record, lease, settle, wait, reopen], {
    maxCommands: 40,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (commands) => {
      const folder = await mkdtemp(join(tmpdir(), 'ushelter-store-'));
      const clock = virtualClock(start);
      const open = () =>
        openStore({ file: join(folder, 'readings.db'), device: 'shelter-1', commitInterval: 10_000, clock });
      const store = await open();
      const real: Real = { store, epoch: store.epoch, open, clock };
      const model: Model = { readings: [], events: [], settled: new Map() };
      try {
        await fc.asyncModelRun(() => ({ model, real }), commands);
        await real.store.flush();
        expect((await real.store.lease('reader', 'readings', 1e6)).rows).toEqual(model.readings);
        expect((await real.store.lease('reader', 'events', 1e6)).rows).toEqual(model.events);
      } finally {
        await real.store.close();
        await rm(folder, { recursive: true });
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);
