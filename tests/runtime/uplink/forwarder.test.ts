import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShelterError } from '../../../config/errors.js';
import type { ShelterEvent } from '../../../runtime/reading.js';
import type { Log } from '../../../runtime/store/port.js';
import { createForwarder } from '../../../runtime/uplink/forwarder.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { carried, type Fate, fatefulLink, memoryStore, quiet, seqDialogue } from './fakes.js';

const minute = 60_000;

function rig({ batch = 3, backlogRate = 1e6, width = 20, store = memoryStore() } = {}) {
  const clock = virtualClock();
  const link = fatefulLink(clock, { width });
  const told: ShelterEvent[] = [];
  const forwarder = createForwarder({
    uplink: 'mqtt',
    store,
    link: link.link,
    batch,
    backlogRate,
    onEvent: (event) => told.push(event),
    clock,
    random: () => 0.5,
    log: quiet,
  });
  const arrivals = (log: Log) => link.arrived.map(carried).filter((message) => message.log === log);
  const batches = (log: Log) => arrivals(log).map(({ seqs }) => seqs);
  return { clock, store, link, forwarder, told, arrivals, batches };
}

type Rig = ReturnType<typeof rig>;

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const ascending = (seqs: Iterable<number>) => [...new Set(seqs)].sort((a, b) => a - b);
const rejected = () => new ShelterError('UPLINK_REJECTED', 'The broker said no.');

/** The broker refuses every message that carries one of these. */
function refuse({ link }: Rig, poison: Partial<Record<Log, readonly number[]>>): void {
  link.state.judge = (message) => {
    const { log, seqs } = carried(message);
    return seqs.some((seq) => poison[log]?.includes(seq)) ? rejected() : undefined;
  };
}

describe('the forwarder', () => {
  it('sends what was committed before it was connected, in batches', async () => {
    const { clock, store, link, forwarder, batches } = rig();
    store.commit('events', 7);
    forwarder.start();
    await clock.advance(minute);
    expect(link.arrived).toEqual([]);
    link.connect();
    await clock.advance(minute);
    expect(batches('events')).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
    expect(store.cursor('events')).toBe(7);
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

  it('settles only when the broker has acknowledged', async () => {
    const { clock, store, link, forwarder } = rig();
    store.commit('readings', 2);
    forwarder.start();
    link.connect();
    await clock.advance(49);
    expect(store.cursor('readings')).toBe(0);
    await clock.advance(1);
    expect(store.cursor('readings')).toBe(2);
  });

  it('sends again what was not acknowledged when the link comes back', async () => {
    const { clock, store, link, forwarder, batches } = rig();
    link.fates.push('judged', 'lost after arrival');
    store.commit('events', 5);
    forwarder.start();
    link.connect();
    await clock.advance(minute);
    expect(batches('events').flat()).toEqual([1, 2, 3, 4, 5, 4, 5]);
  });

  it('keeps what the broker has no room for, and tries again after a wait that grows', async () => {
    const { clock, store, link, forwarder, batches } = rig();
    link.fates.push('busy', 'busy');
    store.commit('readings', 1);
    forwarder.start();
    link.connect();
    await clock.advance(1_500);
    expect(forwarder.status().problem).toMatchObject({ code: 'UPLINK_BUSY', since: clock.now() - 1_450 });
    expect(batches('readings')).toEqual([]);
    await clock.advance(1_000);
    expect(batches('readings')).toEqual([[1]]);
    expect(forwarder.status().problem).toBeUndefined();
  });

  it('is not hurried by commits while it waits after a failure', async () => {
    const { clock, store, link, forwarder } = rig();
    link.fates.push('busy', 'busy', 'busy', 'busy');
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
    store.failures.status = 2;
    store.commit('readings', 1);
    forwarder.start();
    link.connect();
    await clock.advance(minute);
    expect(batches('readings')).toEqual([[1]]);
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

  it('has no problem left when it has nothing left to send, whichever part had one', async () => {
    const { clock, store, link, forwarder } = rig({ batch: 3 });
    store.commit('readings', 5);
    forwarder.start();
    link.connect();
    await clock.advance(60);
    link.disconnect();
    link.connect();
    await clock.advance(minute);
    expect(store.cursor('readings')).toBe(5);
    expect(forwarder.status().problem).toBeUndefined();
  });

  it('takes a message under way to its end when it stops, and starts no other', async () => {
    const { clock, store, link, forwarder } = rig();
    store.commit('events', 9);
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
    expect(store.cursor('events')).toBe(3);
    await clock.advance(minute);
    expect(link.arrived).toHaveLength(1);
  });

  it('does not wait for ever for an acknowledgement when it stops', async () => {
    const { clock, store, forwarder, link } = rig();
    link.state.latency = 10 * minute;
    forwarder.start();
    link.connect();
    store.commit('readings', 1);
    const stopping = forwarder.stop();
    await clock.advance(2_000);
    await stopping;
    expect(store.cursor('readings')).toBe(0);
  });

  it('sends after a restart only what was not acknowledged', async () => {
    const first = rig();
    first.store.commit('events', 5);
    first.link.fates.push('judged', 'lost on the way');
    first.forwarder.start();
    first.link.connect();
    await first.clock.advance(1_000);
    await first.forwarder.stop();

    const second = rig({ store: first.store });
    second.forwarder.start();
    second.link.connect();
    await second.clock.advance(1_000);
    expect(second.batches('events')).toEqual([[4, 5]]);
  });
});

describe('the forwarder after an outage', () => {
  it('sends the newest readings first, and the others after them, oldest first', async () => {
    const { clock, store, link, forwarder, arrivals } = rig();
    store.commit('readings', 20);
    forwarder.start();
    link.connect();
    await clock.advance(minute);
    const [first, ...others] = arrivals('readings');
    expect(first).toMatchObject({ age: 'live', seqs: [18, 19, 20] });
    expect(others.every(({ age }) => age === 'backlog')).toBe(true);
    expect(others.flatMap(({ seqs }) => seqs)).toEqual(upTo(17));
    expect(store.cursor('readings')).toBe(20);
  });

  it('sends a fresh reading at once while a great backlog drains', async () => {
    const { clock, store, link, forwarder, arrivals } = rig({ batch: 10 });
    store.commit('readings', 20_000);
    forwarder.start();
    link.connect();
    await clock.advance(1_000);
    for (let n = 0; n < 5; n++) {
      const arrived = arrivals('readings').length;
      store.commit('readings', 1);
      await clock.advance(link.state.latency);
      const since = arrivals('readings').slice(arrived);
      expect(since.find(({ age }) => age === 'live')?.seqs).toEqual([20_001 + n]);
      expect(since.length).toBeGreaterThan(10);
    }
    expect(store.cursor('readings')).toBeLessThan(19_000);
  });

  it('sends events past a backlog of readings', async () => {
    const { clock, store, link, forwarder, batches } = rig();
    store.commit('readings', 3_000);
    store.commit('events', 1);
    forwarder.start();
    link.connect();
    await clock.advance(50);
    expect(batches('events')).toEqual([[1]]);
    expect(batches('readings').flat().length).toBeLessThan(100);
  });

  it('holds the backlog to its rate, over reconnections too, and what is new to none', async () => {
    const { clock, store, link, forwarder, arrivals } = rig({ batch: 10, backlogRate: 20 });
    store.commit('readings', 5_000);
    forwarder.start();
    link.connect();
    for (let n = 0; n < 6; n++) {
      await clock.advance(5_000);
      store.commit('readings', 100);
      await clock.advance(5_000);
      link.disconnect();
      link.connect();
    }
    const rows = (age: string) =>
      arrivals('readings')
        .filter((message) => message.age === age)
        .flatMap(({ seqs }) => seqs).length;
    expect(rows('live')).toBe(610);
    expect(rows('backlog')).toBeLessThanOrEqual(60 * 20 + 10);
    expect(rows('backlog')).toBeGreaterThan(60 * 20 - 100);
  });

  it('has no more of the backlog under way than leaves room for what is new', async () => {
    const { clock, store, link, forwarder } = rig({ width: 8 });
    store.commit('readings', 3_000);
    forwarder.start();
    link.connect();
    await clock.advance(2_000);
    expect(link.mostUnderWay()).toBe(5);
  });

  it('has little under way on a slow line, so that nothing new waits behind it', async () => {
    const { clock, store, link, forwarder, arrivals } = rig();
    link.state.latency = 3_000;
    store.commit('readings', 300);
    forwarder.start();
    link.connect();
    await clock.advance(minute);
    expect(link.mostUnderWay()).toBe(2);
    expect(arrivals('readings')).toHaveLength(21);
  });

  it('sends nothing of what is new again after a restart, though the backlog is not through', async () => {
    const first = rig({ backlogRate: 1 });
    first.store.commit('readings', 100);
    first.forwarder.start();
    first.link.connect();
    await first.clock.advance(1_000);
    first.store.commit('readings', 50);
    await first.clock.advance(5_000);
    const stopping = first.forwarder.stop();
    await first.clock.advance(1_000);
    await stopping;
    const before = first.batches('readings').flat();

    const second = rig({ store: first.store });
    second.forwarder.start();
    second.link.connect();
    await second.clock.advance(minute);
    const after = second.batches('readings').flat();
    expect(ascending([...before, ...after])).toEqual(upTo(150));
    expect(before.length + after.length).toBe(150);
  });
});

describe('the forwarder and a row that cannot be sent', () => {
  it('finds it among the others, sets it aside with the reason, tells of it, and sends the rest', async () => {
    const it = rig({ batch: 50 });
    refuse(it, { readings: [17] });
    it.store.commit('readings', 40);
    it.forwarder.start();
    it.link.connect();
    await it.clock.advance(minute);
    expect(ascending(it.batches('readings').flat())).toEqual(upTo(40).filter((seq) => seq !== 17));
    expect(it.store.cursor('readings')).toBe(40);
    expect([...it.store.quarantined.readings.keys()]).toEqual([17]);
    expect(it.store.quarantined.readings.get(17)).toMatchObject({
      code: 'UPLINK_REJECTED',
      reason: 'The broker said no.',
    });
    expect(it.told).toMatchObject([
      { kind: 'uplink.quarantined', source: 'uplink', detail: { log: 'readings', seq: 17 } },
    ]);
    expect(it.forwarder.status().problem).toBeUndefined();
  });

  it('does the same with one that cannot be encoded', async () => {
    const it = rig({ batch: 10 });
    it.link.state.dialogue = {
      ...seqDialogue,
      events(rows) {
        if (rows.some(({ seq }) => seq === 4)) throw new TypeError('no such unit');
        return seqDialogue.events(rows);
      },
    };
    it.store.commit('events', 9);
    it.forwarder.start();
    it.link.connect();
    await it.clock.advance(minute);
    expect(it.store.quarantined.events.get(4)).toMatchObject({ reason: 'no such unit' });
    expect(ascending(it.batches('events').flat())).toEqual([1, 2, 3, 5, 6, 7, 8, 9]);
  });

  it('waits for another row to be taken before it believes that one is poison', async () => {
    const it = rig();
    refuse(it, { readings: [1] });
    it.forwarder.start();
    it.link.connect();
    it.store.commit('readings', 1);
    await it.clock.advance(10 * minute);
    expect(it.store.quarantined.readings.size).toBe(0);
    it.store.commit('readings', 1);
    await it.clock.advance(minute);
    expect([...it.store.quarantined.readings.keys()]).toEqual([1]);
    expect(it.batches('readings')).toEqual([[2]]);
  });

  it('sets nothing aside where the broker refuses everything for a while, and asks it little', async () => {
    const it = rig({ batch: 100 });
    let asked = 0;
    it.link.state.judge = () => {
      asked++;
      return rejected();
    };
    it.store.commit('readings', 500);
    it.store.commit('events', 50);
    it.forwarder.start();
    it.link.connect();
    await it.clock.advance(60 * minute);
    expect(it.forwarder.status().problem).toMatchObject({ code: 'UPLINK_REJECTED' });
    expect(asked).toBeLessThan(3_000);
    it.link.state.judge = () => undefined;
    for (let n = 0; n < 12; n++) {
      it.store.commit('readings', 1);
      await it.clock.advance(minute);
    }
    expect(it.store.quarantined.readings.size + it.store.quarantined.events.size).toBe(0);
    expect(it.store.cursor('readings')).toBe(512);
    expect(it.store.cursor('events')).toBe(50);
  });

  it('sets nothing aside where the device may not use a topic', async () => {
    const it = rig();
    it.link.state.judge = (message) =>
      carried(message).log === 'readings'
        ? new ShelterError('UPLINK_FORBIDDEN', 'not allowed to use readings')
        : undefined;
    it.store.commit('readings', 50);
    it.store.commit('events', 5);
    it.forwarder.start();
    it.link.connect();
    await it.clock.advance(60 * minute);
    expect(it.forwarder.status().problem).toMatchObject({ code: 'UPLINK_FORBIDDEN' });
    expect(it.store.quarantined.readings.size).toBe(0);
    expect(it.store.cursor('readings')).toBe(0);
    expect(it.store.cursor('events')).toBe(5);
  });

  it('gets through a whole stretch of them', async () => {
    const it = rig({ batch: 20 });
    const poison = upTo(60).slice(20, 45);
    refuse(it, { readings: poison });
    it.store.commit('readings', 200);
    it.forwarder.start();
    it.link.connect();
    for (let n = 0; n < 30; n++) {
      await it.clock.advance(10_000);
      it.store.commit('readings', 1);
    }
    await it.clock.advance(minute);
    expect(ascending(it.store.quarantined.readings.keys())).toEqual(poison);
    expect(it.store.cursor('readings')).toBe(230);
  });

  it('tells nothing of what it set aside where the telling is refused too', async () => {
    const it = rig();
    refuse(it, { events: [2] });
    it.store.commit('events', 3);
    it.store.rows.events[1] = { ...(it.store.rows.events[1] ?? never()), kind: 'uplink.quarantined' };
    it.forwarder.start();
    it.link.connect();
    await it.clock.advance(minute);
    expect([...it.store.quarantined.events.keys()]).toEqual([2]);
    expect(it.told).toEqual([]);
  });

  it('finds the one at whose sight the broker hangs up', async () => {
    const it = rig({ batch: 8, width: 1 });
    it.link.state.judge = (message) => (carried(message).seqs.includes(5) ? 'lost on the way' : undefined);
    it.store.commit('readings', 8);
    it.forwarder.start();
    it.link.connect();
    await it.clock.advance(10 * minute);
    it.store.commit('readings', 8);
    await it.clock.advance(10 * minute);
    expect([...it.store.quarantined.readings]).toMatchObject([
      [5, { reason: 'The broker closes the connection whenever row 5 is sent.' }],
    ]);
    expect(ascending(it.batches('readings').flat())).toEqual(upTo(16).filter((seq) => seq !== 5));
  });
});

describe('the forwarder and a message that is too large', () => {
  it('sends its rows in smaller ones, and soon in no others', async () => {
    const it = rig({ batch: 100 });
    let refused = 0;
    it.link.state.judge = (message) => {
      if (carried(message).seqs.length <= 10) return undefined;
      refused++;
      return new ShelterError('UPLINK_TOO_LARGE', 'too large');
    };
    it.store.commit('readings', 5_000);
    it.forwarder.start();
    it.link.connect();
    await it.clock.advance(10 * minute);
    expect(it.store.cursor('readings')).toBe(5_000);
    expect(refused).toBeLessThan(100);
    expect(it.store.quarantined.readings.size).toBe(0);
  });

  it('learns its size from a broker that hangs up without a word', async () => {
    const it = rig({ batch: 100, width: 1 });
    let hungUp = 0;
    it.link.state.judge = (message) => {
      if (carried(message).seqs.length <= 10) return undefined;
      hungUp++;
      return 'lost on the way';
    };
    it.store.commit('readings', 1_000);
    it.forwarder.start();
    it.link.connect();
    await it.clock.advance(20 * minute);
    expect(it.store.cursor('readings')).toBe(1_000);
    expect(hungUp).toBeLessThan(15);
    expect(it.store.quarantined.readings.size).toBe(0);
  });
});

describe('the forwarder, whatever happens to messages, link and store,', () => {
  const fate = fc.constantFrom<Fate>('judged', 'busy', 'lost on the way', 'lost after arrival');
  const step = fc.oneof(
    fc.record({
      do: fc.constantFrom('readings' as const, 'events' as const),
      many: fc.integer({ min: 1, max: 25 }),
    }),
    fc.record({ do: fc.constantFrom('connect' as const, 'disconnect' as const), many: fc.constant(1) }),
    fc.record({ do: fc.constantFrom('refuse' as const, 'relent' as const), many: fc.constant(1) }),
    fc.record({
      do: fc.constantFrom('lease' as const, 'settle' as const, 'status' as const, 'quarantine' as const),
      many: fc.integer({ min: 1, max: 2 }),
    }),
  );
  const script = fc.array(fc.tuple(step, fc.nat(400)), { maxLength: 25 });
  const poison = fc.record({
    readings: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 4 }),
    events: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 2 }),
  });

  it('delivers every row, or sets it aside and tells so once; settles no other; and never exceeds the width', async () => {
    const input = [
      fc.array(fate, { maxLength: 15 }),
      script,
      poison,
      fc.integer({ min: 1, max: 9 }),
    ] as const;
    await fc.assert(
      fc.asyncProperty(...input, async (fates, steps, poisonous, width) => {
        const it = rig({ width });
        const { clock, store, link, forwarder, batches } = it;
        const settle = store.settle;
        store.settle = async (uplink, log, span) => {
          const arrived = new Set(batches(log).flat());
          const settled = store.rows[log].slice(span.first - 1, span.last).map(({ seq }) => seq);
          const open = settled.filter((seq) => !store.settled[log].has(seq));
          expect([...arrived], 'a settled row has arrived').toEqual(expect.arrayContaining(open));
          await settle(uplink, log, span);
        };
        refuse(it, poisonous);
        const fussy = link.state.judge;
        link.fates.push(...fates);
        forwarder.start();
        for (const [{ do: what, many }, pause] of steps) {
          if (what === 'connect') link.connect();
          else if (what === 'disconnect') link.disconnect();
          else if (what === 'refuse') link.state.judge = rejected;
          else if (what === 'relent') link.state.judge = fussy;
          else if (what === 'readings' || what === 'events') store.commit(what, many);
          else store.failures[what] = many;
          await clock.advance(pause);
        }
        link.state.judge = fussy;
        for (let n = 0; n < 20; n++) {
          link.connect();
          store.commit('readings', 5);
          store.commit('events', 5);
          await clock.advance(2 * minute);
        }

        for (const log of ['readings', 'events'] as const) {
          const rows = upTo(store.rows[log].length);
          const aside = [...store.quarantined[log].keys()];
          expect(ascending([...batches(log).flat(), ...aside])).toEqual(rows);
          expect(store.cursor(log)).toBe(rows.length);
          expect(aside).toEqual(expect.arrayContaining(rows.filter((seq) => poisonous[log].includes(seq))));
          expect(it.told.filter(({ detail }) => detail.log === log)).toHaveLength(aside.length);
          for (const batch of batches(log)) expect(batch).toEqual(ascending(batch));
        }
        expect(link.mostUnderWay()).toBeLessThanOrEqual(width);
      }),
      { numRuns: 100 },
    );
  });
});

function never(): never {
  throw new Error('There is no such row.');
}
