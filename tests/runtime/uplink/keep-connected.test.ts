import { describe, expect, it } from 'vitest';
import { ShelterError } from '../../../config/errors.js';
import { createBackoff } from '../../../runtime/backoff.js';
import { keepConnected } from '../../../runtime/uplink/keep-connected.js';
import type { Broker, Connection, Message } from '../../../runtime/uplink/link.js';
import { availability, uplinkTopics } from '../../../runtime/uplink/topics.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { lost } from './fakes.js';

const presence = availability(uplinkTopics('city', 'a'));
const topic = 'city/a/readings';
const aReading: Message = { topic, payload: new Uint8Array([1]), retain: false };

/** A broker in memory: refuses while `refusal` is set, acknowledges while `answers`. */
function fakeBroker() {
  const state = {
    refusal: undefined as ShelterError | undefined,
    answers: true,
    tries: 0,
    hungUp: 0,
    received: [] as string[],
    lose: (_reason: ShelterError) => {},
    stuck: false,
  };
  const broker: Broker = {
    url: 'mqtt://broker',
    async connect(signal) {
      state.tries++;
      if (state.stuck) await new Promise((_, reject) => signal.addEventListener('abort', reject));
      if (state.refusal) throw state.refusal;
      return connection();
    },
  };
  function connection(): Connection {
    return {
      publish({ topic, payload }) {
        state.received.push(`${topic} ${new TextDecoder().decode(payload)}`);
        return state.answers ? Promise.resolve() : new Promise(() => {});
      },
      onLost(listener) {
        state.lose = listener;
        return () => {};
      },
      async close() {
        state.hungUp++;
      },
    };
  }
  return { broker, state };
}

function rig() {
  const clock = virtualClock();
  const { broker, state } = fakeBroker();
  const told: string[] = [];
  const warnings: string[] = [];
  const link = keepConnected({
    broker,
    availability: presence,
    clock,
    backoff: createBackoff({ base: 1_000, cap: 60_000 }, () => 0.999),
    log: { info() {}, warn: (_, message) => warnings.push(message) },
  });
  link.onConnected(() => told.push('up'));
  link.onDisconnected((reason) => told.push(reason.code));
  return { clock, state, told, warnings, link };
}

const refused = (message = 'no') => new ShelterError('UPLINK_REFUSED', message);

describe('a link that comes back by itself', () => {
  it('says that the device is online before it counts as connected', async () => {
    const { clock, state, told, link } = rig();
    state.answers = false;
    link.start();
    await clock.advance(1_000);
    expect(state.received).toEqual(['city/a/status online']);
    expect(told).toEqual([]);
    state.answers = true;
    state.lose(lost());
    await clock.advance(1_000);
    expect(told).toEqual(['UPLINK_UNREACHABLE', 'up']);
  });

  it('tries again, ever less often, while the broker refuses, and tells why', async () => {
    const { clock, state, told, link } = rig();
    state.refusal = refused();
    link.start();
    await clock.advance(16_000);
    expect(state.tries).toBe(5);
    await clock.advance(600_000);
    expect(state.tries).toBe(16);
    expect(new Set(told)).toEqual(new Set(['UPLINK_REFUSED']));
    state.refusal = undefined;
    await clock.advance(60_000);
    expect(told.at(-1)).toBe('up');
  });

  it('logs a lasting trouble once, and another one anew', async () => {
    const { clock, state, warnings, link } = rig();
    state.refusal = refused('wrong password');
    link.start();
    await clock.advance(600_000);
    state.refusal = refused('no right');
    await clock.advance(600_000);
    expect(warnings).toEqual(['wrong password', 'no right']);
  });

  it('connects again after a loss', async () => {
    const { clock, state, told, link } = rig();
    link.start();
    await clock.advance(1);
    state.lose(lost());
    await clock.advance(1_000);
    expect(told).toEqual(['up', 'UPLINK_UNREACHABLE', 'up']);
    expect(state.hungUp).toBe(1);
  });

  it('backs off from a broker that drops each connection soon', async () => {
    const { clock, state, told, link } = rig();
    link.onConnected(() => state.lose(lost()));
    link.start();
    await clock.advance(60_000);
    expect(told.filter((word) => word === 'up')).toHaveLength(6);
    expect(state.tries).toBe(6);
  });

  it('comes back soon after a connection that lasted', async () => {
    const { clock, state, link } = rig();
    state.refusal = refused();
    link.start();
    await clock.advance(300_000);
    state.refusal = undefined;
    await clock.advance(60_000 + 60_000);
    const tries = state.tries;
    state.lose(lost());
    await clock.advance(1_000);
    expect(state.tries).toBe(tries + 1);
  });

  it('takes a broker that does not acknowledge for dead after half a minute', async () => {
    const { clock, state, told, link } = rig();
    link.start();
    await clock.advance(1);
    state.answers = false;
    const outcome = link.publish(aReading).catch((error) => error);
    await clock.advance(29_999);
    expect(told).toEqual(['up']);
    await clock.advance(1);
    expect(await outcome).toMatchObject({ code: 'UPLINK_UNREACHABLE' });
    expect(told).toEqual(['up', 'UPLINK_UNREACHABLE']);
    expect(state.hungUp).toBe(1);
  });

  it('rejects a message at once while there is no connection', async () => {
    const { link } = rig();
    await expect(link.publish(aReading)).rejects.toMatchObject({ code: 'UPLINK_UNREACHABLE' });
  });

  it('tells a late listener that it is connected', async () => {
    const { clock, link } = rig();
    link.start();
    await clock.advance(1);
    let told = false;
    link.onConnected(() => {
      told = true;
    });
    expect(told).toBe(true);
  });

  it('says that the device is offline before it closes, and stays away', async () => {
    const { clock, state, told, link } = rig();
    link.start();
    await clock.advance(1);
    await link.close();
    expect(state.received).toEqual(['city/a/status online', 'city/a/status offline']);
    expect(state.hungUp).toBe(1);
    await clock.advance(600_000);
    expect(state.tries).toBe(1);
    expect(told).toEqual(['up']);
  });

  it('closes within two seconds of a broker that has gone silent', async () => {
    const { clock, state, link } = rig();
    link.start();
    await clock.advance(1);
    state.answers = false;
    const closing = link.close();
    await clock.advance(2_000);
    await closing;
    expect(state.hungUp).toBe(1);
  });

  it.each([
    ['while it waits for the next try', { refusal: refused() }],
    ['in the middle of a try', { stuck: true }],
    ['before the broker has answered', { answers: false }],
  ])('closes at once %s', async (_, trouble) => {
    const { clock, state, link } = rig();
    Object.assign(state, trouble);
    link.start();
    await clock.advance(100);
    await link.close();
    const tries = state.tries;
    await clock.advance(600_000);
    expect(state.tries).toBe(tries);
  });

  it('can be closed without having been started', async () => {
    await rig().link.close();
  });
});
