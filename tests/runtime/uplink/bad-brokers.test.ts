import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { startProxy } from '../../rigs/cuttable-proxy.js';
import { mosquitto, startMosquitto } from '../../rigs/mosquitto.js';
import { startRudeBroker } from '../../rigs/rude-broker.js';
import { listenAt, uplinkTo } from './rig.js';
import { event } from './rows.js';
import { resolve } from './senml.js';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function onCleanUp<T extends { close(): unknown }>(thing: T): T {
  cleanUps.push(() => thing.close());
  return thing;
}

async function uplinkAt(
  port: number,
  ...more: Parameters<typeof uplinkTo> extends [string, ...infer R] ? R : never
) {
  const rig = await uplinkTo(`mqtt://127.0.0.1:${port}`, ...more);
  cleanUps.push(() => rig.uplink.stop());
  return rig;
}

/** Hears which readings arrive. */
async function seqsAt(port: number): Promise<number[]> {
  const seqs: number[] = [];
  const listener = await listenAt(port, (topic, payload) => {
    if (topic === 'city/a/readings') seqs.push(...resolve(payload).map(({ extras }) => Number(extras.seq)));
  });
  cleanUps.push(() => listener.endAsync(true));
  return seqs;
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const ascending = (seqs: Iterable<number>) => [...new Set(seqs)].sort((a, b) => a - b);
const open = 'allow_anonymous true';
const patient = { timeout: 15_000 };

describe.runIf(mosquitto)('the uplink and a strict Mosquitto', () => {
  it('has no more than five messages under way where that is its Receive Maximum', async () => {
    const broker = onCleanUp(await startMosquitto([open, 'max_inflight_messages 5']));
    const proxy = onCleanUp(await startProxy(broker.port));
    const heard: string[] = [];
    const listener = await listenAt(broker.port, (topic) => heard.push(topic));
    cleanUps.push(() => listener.endAsync(true));
    const { uplink } = await uplinkAt(proxy.port);
    uplink.start();
    await vi.waitFor(() => expect(heard).toEqual(['city/a/status']));
    await vi.waitFor(async () => expect((await uplink.status()).connected).toBe(true));

    proxy.muffle();
    const notice = { topic: 'city/a/notice', payload: new Uint8Array(1), retain: false };
    const outcomes = Promise.allSettled(upTo(30).map(() => uplink.link.publish(notice)));
    await vi.waitFor(() => expect(heard.filter((topic) => topic === notice.topic)).toHaveLength(5));
    await listener.publishAsync('city/a/end', '', { qos: 1 });
    await vi.waitFor(() => expect(heard.at(-1)).toBe('city/a/end'));
    proxy.cut();
    expect((await outcomes).every(({ status }) => status === 'rejected')).toBe(true);
    expect(heard.filter((topic) => topic === notice.topic)).toHaveLength(5);
  });

  it.each(['max_packet_size', 'message_size_limit'])('sends smaller messages than its %s', async (limit) => {
    const broker = onCleanUp(await startMosquitto([open, `${limit} 1500`]));
    const seqs = await seqsAt(broker.port);
    const { store, uplink } = await uplinkAt(broker.port);
    store.commit('readings', 400);
    uplink.start();
    await vi.waitFor(() => expect(store.cursor('readings')).toBe(400), patient);
    await vi.waitFor(() => expect(ascending(seqs)).toEqual(upTo(400)));
    expect(store.quarantined.readings.size).toBe(0);
  });

  it('sets aside the one row that is larger than its message_size_limit, and sends the rest', async () => {
    const broker = onCleanUp(await startMosquitto([open, 'message_size_limit 1500']));
    const { store, uplink, told } = await uplinkAt(broker.port);
    store.commit('events', 9);
    store.rows.events[4] = event(5, { detail: { story: 'x'.repeat(2_000) } });
    uplink.start();
    await vi.waitFor(() => expect(store.cursor('events')).toBe(9), patient);
    expect([...store.quarantined.events]).toMatchObject([[5, { code: 'UPLINK_TOO_LARGE' }]]);
    expect((await uplink.status()).quarantined).toEqual({ readings: 0, events: 1 });
    expect(told).toMatchObject([{ kind: 'uplink.quarantined', detail: { log: 'events', seq: 5 } }]);
  });

  it('keeps everything while its rules forbid a topic, says which, and sends it when they allow it', async () => {
    const rules = join(tmpdir(), `ushelter-acl-${randomUUID()}`);
    cleanUps.push(() => rmSync(rules));
    writeFileSync(rules, 'topic readwrite city/a/status\n');
    const broker = onCleanUp(await startMosquitto([open, `acl_file ${rules}`]));
    const { store, uplink, warnings } = await uplinkAt(broker.port);
    store.commit('readings', 200);
    uplink.start();
    await vi.waitFor(async () =>
      expect(await uplink.status()).toMatchObject({
        connected: true,
        waiting: { readings: 200 },
        problem: {
          code: 'UPLINK_FORBIDDEN',
          message: `mqtt://127.0.0.1:${broker.port} does not allow this device to use city/a/readings.`,
          hint: expect.stringContaining('access rules'),
        },
      }),
    );
    await broker.kill();
    writeFileSync(rules, 'topic readwrite city/a/#\n');
    await broker.start();
    await vi.waitFor(() => expect(store.cursor('readings')).toBe(200), patient);
    expect(store.quarantined.readings.size).toBe(0);
    expect(warnings).toContainEqual(expect.stringContaining('city/a/readings'));
  });

  it('does not count as connected, and says why, where its rules forbid the greeting', async () => {
    const rules = join(tmpdir(), `ushelter-acl-${randomUUID()}`);
    cleanUps.push(() => rmSync(rules));
    writeFileSync(rules, 'topic readwrite elsewhere\n');
    const broker = onCleanUp(await startMosquitto([open, `acl_file ${rules}`]));
    const { store, uplink } = await uplinkAt(broker.port);
    store.commit('readings', 3);
    uplink.start();
    await vi.waitFor(async () =>
      expect(await uplink.status()).toMatchObject({
        connected: false,
        problem: {
          code: 'UPLINK_FORBIDDEN',
          message: `mqtt://127.0.0.1:${broker.port} does not allow this device to use city/a/status.`,
        },
      }),
    );
    expect(store.settled.readings.size).toBe(0);
  });
});

describe.runIf(mosquitto)('the uplink and a line that is half open', () => {
  it('gives the connection up after half a minute, tries again, and loses nothing', async () => {
    const broker = onCleanUp(await startMosquitto());
    const proxy = onCleanUp(await startProxy(broker.port));
    const seqs = await seqsAt(broker.port);
    const clock = virtualClock();
    const { store, uplink } = await uplinkAt(proxy.port, {}, { clock });
    uplink.start();
    await vi.waitFor(async () => expect((await uplink.status()).connected).toBe(true));
    proxy.muffle();
    store.commit('readings', 10);
    await vi.waitFor(() => expect(seqs).toHaveLength(10));
    await clock.advance(29_000);
    expect(await uplink.status()).toMatchObject({ connected: true, waiting: { readings: 10 } });
    await clock.advance(1_000);
    expect(await uplink.status()).toMatchObject({
      connected: false,
      problem: {
        code: 'UPLINK_UNREACHABLE',
        message: `mqtt://127.0.0.1:${proxy.port} did not acknowledge a message to city/a/readings within 30 s.`,
      },
    });
    proxy.cut();
    await vi.waitFor(async () => {
      await clock.advance(1_000);
      expect(store.cursor('readings')).toBe(10);
    });
    expect(ascending(seqs)).toEqual(upTo(10));
  });
});

/** No real broker behaves so, so that a small server on TCP stands in for one. */
describe('the uplink and a rude broker', () => {
  it('waits half a minute for one that accepts the connection and says nothing', async () => {
    const broker = onCleanUp(await startRudeBroker('says nothing'));
    const clock = virtualClock();
    const { uplink } = await uplinkAt(broker.port, {}, { clock });
    uplink.start();
    await vi.waitFor(() => expect(broker.visits).toBe(1));
    await clock.advance(29_999);
    expect((await uplink.status()).problem).toBeUndefined();
    await clock.advance(1);
    expect((await uplink.status()).problem).toMatchObject({
      code: 'UPLINK_UNREACHABLE',
      message: `mqtt://127.0.0.1:${broker.port} does not answer.`,
      hint: expect.stringContaining('MQTT broker'),
    });
  });

  it.each(['hangs up', 'accepts and hangs up'] as const)(
    'tries on and on where it %s, and says so once',
    async (manner) => {
      const broker = onCleanUp(await startRudeBroker(manner));
      const { store, uplink, warnings } = await uplinkAt(broker.port);
      store.commit('readings', 5);
      uplink.start();
      await vi.waitFor(() => expect(broker.visits).toBeGreaterThan(5), patient);
      expect(warnings).toEqual([`mqtt://127.0.0.1:${broker.port} closed the connection.`]);
      expect(await uplink.status()).toMatchObject({ connected: false, waiting: { readings: 5 } });
    },
  );
});
