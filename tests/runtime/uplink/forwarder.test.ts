import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../../runtime/store/port.js';
import type { Codec } from '../../../runtime/uplink/codecs/codec.js';
import { createForwarder } from '../../../runtime/uplink/forwarder.js';
import type { Message } from '../../../runtime/uplink/link.js';
import { uplinkTopics } from '../../../runtime/uplink/topics.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { type Fate, fatefulLink, memoryStore, quiet } from './fakes.js';

const topics = uplinkTopics('city', 'a');
const minute = 60_000;

/** Writes just the seqs, so that a message shows what it carries. */
const seqs = (rows: readonly { seq: number }[]) =>
  new TextEncoder().encode(JSON.stringify(rows.map(({ seq }) => seq)));
const seqCodec: Codec = {
  name: 'seqs',
  contentType: 'application/json',
  encode: { readings: seqs, events: seqs },
};

function rig({ batch = 3, codec = seqCodec, store = memoryStore() } = {}) {
  const clock = virtualClock();
  const link = fatefulLink(clock);
  const forwarder = createForwarder({
    uplink: 'mqtt',
    store,
    link: link.link,
    codec,
    device: { id: 'a', epoch: 'e' },
    topics,
    batch,
    clock,
    random: () => 0.5,
    log: quiet,
  });
  const batches = (log: Log) =>
    link.arrived.filter(({ topic }) => topic === topics[log]).map(({ payload }) => carried(payload));
  return { clock, store, link, forwarder, batches };
}

const carried = (payload: Message['payload']): number[] => JSON.parse(new TextDecoder().decode(payload));
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('the forwarder', () => {
  it('sends what was committed before it was connected, oldest first, in batches', async () => {
    const { clock, store, link, forwarder, batches } = rig();
    store.commit('readings', 7);
    forwarder.start();
    await clock.advance(minute);
    expect(link.arrived).toEqual([]);
    link.connect();
    await clock.advance(minute);
    expect(batches('readings')).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
    expect(store.cursors.readings).toBe(7);
  });

  it('sends each commit as it comes', async () => {
    const { clock, store, link, forwarder, batches } = rig();
    forwarder.start();
    link.connect();
    store.commit('readings', 2);
    await clock.advance(1_000);
    store.commit('readings', 1);
    await clock.advance(1_000);
    expect(batches('readings')).toEqual([[1, 2], [3]]);
  });

  it('misses no commit that comes while a message is under way', async () => {
    const { clock, store, link, forwarder, batches } = rig();
    forwarder.start();
    link.connect();
    store.commit('readings', 1);
    await clock.advance(20);
    store.commit('readings', 1);
    await clock.advance(1_000);
    expect(batches('readings')).toEqual([[1], [2]]);
  });

  it('lets events pass a backlog of readings', async () => {
    const { clock, store, link, forwarder, batches } = rig();
    store.commit('readings', 300);
    store.commit('events', 1);
    forwarder.start();
    link.connect();
    await clock.advance(50);
    expect(batches('events')).toEqual([[1]]);
    expect(batches('readings')).toEqual([[1, 2, 3]]);
  });

  it('moves the cursor only when the broker has acknowledged', async () => {
    const { clock, store, link, forwarder } = rig();
    store.commit('readings', 2);
    forwarder.start();
    link.connect();
    await clock.advance(49);
    expect(store.cursors.readings).toBe(0);
    await clock.advance(1);
    expect(store.cursors.readings).toBe(2);
  });

  it('sends again what was not acknowledged when the link comes back', async () => {
    const { clock, store, link, forwarder, batches } = rig();
    link.fates.push('acknowledged', 'lost after arrival');
    store.commit('readings', 5);
    forwarder.start();
    link.connect();
    await clock.advance(minute);
    expect(batches('readings')).toEqual([
      [1, 2, 3],
      [4, 5],
      [4, 5],
    ]);
  });

  it('keeps what the broker rejects, and tries again after a wait that grows', async () => {
    const { clock, store, link, forwarder, batches } = rig();
    link.fates.push('rejected', 'rejected');
    store.commit('readings', 1);
    forwarder.start();
    link.connect();
    await clock.advance(1_500);
    expect(forwarder.status().problem).toMatchObject({ code: 'UPLINK_REJECTED', since: clock.now() - 1_450 });
    expect(batches('readings')).toEqual([]);
    await clock.advance(1_000);
    expect(batches('readings')).toEqual([[1]]);
    expect(forwarder.status().problem).toBeUndefined();
  });

  it('is not hurried by commits while it waits after a failure', async () => {
    const { clock, store, link, forwarder } = rig();
    link.fates.push('rejected', 'rejected', 'rejected', 'rejected');
    forwarder.start();
    link.connect();
    store.commit('readings', 1);
    for (let n = 0; n < 10; n++) {
      await clock.advance(40);
      store.commit('readings', 1);
    }
    expect(link.fates).toHaveLength(3);
  });

  it('sends again where the store could not take the acknowledgement', async () => {
    const { clock, store, link, forwarder, batches } = rig();
    store.failures.settle = 1;
    store.commit('readings', 1);
    forwarder.start();
    link.connect();
    await clock.advance(100);
    expect(forwarder.status().problem?.code).toBe('STORE_UNUSABLE');
    await clock.advance(minute);
    expect(batches('readings')).toEqual([[1], [1]]);
    expect(forwarder.status().problem).toBeUndefined();
  });

  it('outlives a store that cannot be read for a while', async () => {
    const { clock, store, link, forwarder, batches } = rig();
    store.failures.lease = 4;
    store.commit('readings', 1);
    forwarder.start();
    link.connect();
    await clock.advance(minute);
    expect(batches('readings')).toEqual([[1]]);
  });

  it('keeps rows that cannot be encoded, says so, and sends the events all the same', async () => {
    const encode = {
      ...seqCodec.encode,
      readings: () => {
        throw new TypeError('no such unit');
      },
    };
    const { clock, store, link, forwarder, batches } = rig({ codec: { ...seqCodec, encode } });
    store.commit('readings', 1);
    store.commit('events', 1);
    forwarder.start();
    link.connect();
    await clock.advance(minute);
    expect(forwarder.status().problem).toMatchObject({ code: 'UPLINK_REJECTED', message: 'no such unit' });
    expect(store.cursors).toEqual({ readings: 0, events: 1 });
    expect(batches('events')).toEqual([[1]]);
  });

  it('tells how it stands', async () => {
    const { clock, store, link, forwarder } = rig();
    forwarder.start();
    expect(forwarder.status()).toEqual({
      connected: false,
      sent: { readings: 0, events: 0 },
      problem: undefined,
    });
    link.connect();
    store.commit('readings', 4);
    await clock.advance(1_000);
    expect(forwarder.status()).toMatchObject({ connected: true, sent: { readings: 4, events: 0 } });
    link.disconnect();
    expect(forwarder.status()).toMatchObject({
      connected: false,
      problem: { code: 'UPLINK_UNREACHABLE', since: clock.now() },
    });
    link.connect();
    expect(forwarder.status()).toMatchObject({ connected: true, problem: undefined });
  });

  it('takes a message under way to its end when it stops, and starts no other', async () => {
    const { clock, store, link, forwarder } = rig();
    store.commit('readings', 9);
    forwarder.start();
    link.connect();
    await clock.advance(10);
    let stopped = false;
    const stopping = forwarder.stop().then(() => {
      stopped = true;
    });
    await clock.advance(10);
    expect(stopped).toBe(false);
    await clock.advance(50);
    await stopping;
    expect(store.cursors.readings).toBe(3);
    await clock.advance(minute);
    expect(link.arrived).toHaveLength(1);
  });

  it('does not wait for ever for an acknowledgement when it stops', async () => {
    const { clock, store, forwarder, link } = rig();
    forwarder.start();
    link.connect();
    store.commit('readings', 1);
    link.link.publish = () => new Promise(() => {});
    const stopping = forwarder.stop();
    await clock.advance(2_000);
    await stopping;
    expect(store.cursors.readings).toBe(0);
  });

  it('sends after a restart only what was not acknowledged', async () => {
    const first = rig();
    first.store.commit('readings', 5);
    first.link.fates.push('acknowledged', 'lost on the way');
    first.forwarder.start();
    first.link.connect();
    await first.clock.advance(1_000);
    await first.forwarder.stop();

    const second = rig({ store: first.store });
    second.forwarder.start();
    second.link.connect();
    await second.clock.advance(1_000);
    expect(second.batches('readings')).toEqual([[4, 5]]);
  });

  it('delivers every row at least once and in order, whatever happens to messages, link and store', async () => {
    const fate = fc.constantFrom<Fate>('acknowledged', 'rejected', 'lost on the way', 'lost after arrival');
    const step = fc.oneof(
      fc.record({
        do: fc.constantFrom('readings' as const, 'events' as const),
        many: fc.integer({ min: 1, max: 9 }),
      }),
      fc.record({ do: fc.constantFrom('connect' as const, 'disconnect' as const), many: fc.constant(1) }),
      fc.record({
        do: fc.constantFrom('lease' as const, 'settle' as const),
        many: fc.integer({ min: 1, max: 2 }),
      }),
    );
    const script = fc.array(fc.tuple(step, fc.nat(400)), { maxLength: 25 });

    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 15 }), script, async (fates, steps) => {
        const { clock, store, link, forwarder, batches } = rig();
        const settle = store.settle;
        store.settle = async (uplink, log, seq) => {
          expect(batches(log).flat(), 'an acknowledged row has arrived').toContain(seq);
          await settle(uplink, log, seq);
        };
        link.fates.push(...fates);
        forwarder.start();
        for (const [{ do: what, many }, pause] of steps) {
          if (what === 'connect') link.connect();
          else if (what === 'disconnect') link.disconnect();
          else if (what === 'lease' || what === 'settle') store.failures[what] = many;
          else store.commit(what, many);
          await clock.advance(pause);
        }
        link.connect();
        await clock.advance(30 * minute);

        for (const log of ['readings', 'events'] as const) {
          const rows = upTo(store.rows[log].length);
          expect([...new Set(batches(log).flat())]).toEqual(rows);
          expect(store.cursors[log]).toBe(rows.length);
          for (const batch of batches(log)) {
            expect(batch).toEqual(batch.map((_, index) => (batch[0] ?? 0) + index));
          }
        }
        expect(link.mostUnderWay()).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });
});
