import { describe, expect, it } from 'vitest';
import { ShelterError } from '../../../config/errors.js';
import { createBackoff } from '../../../runtime/backoff.js';
import type { Dialogue } from '../../../runtime/uplink/codecs/codec.js';
import { keepConnected } from '../../../runtime/uplink/keep-connected.js';
import type { Broker, Connection } from '../../../runtime/uplink/link.js';
import type { Message, Received } from '../../../runtime/uplink/message.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { lost } from './fakes.js';

const topic = 'city/a/readings';
const aReading: Message = { topic, payload: new Uint8Array([1]), retain: false };
const plain = (topic: string, text: string): Message => ({
  topic,
  payload: new TextEncoder().encode(text),
  retain: false,
});

/** Each connection has a number of its own, as births and deaths of some codecs have. */
function numbered() {
  let tries = 0;
  return (): Dialogue => {
    const number = ++tries;
    return {
      will: plain('city/a/status', `gone ${number}`),
      greeting: () => [plain('city/a/status', `there ${number}`), plain('city/a/about', 'a shelter')],
      farewell: () => [plain('city/a/status', `leaving ${number}`)],
      readings: () => [],
      events: () => [],
      listens: ['city/a/ask'],
      hear: ({ payload }) => [plain('city/a/answer', `to ${new TextDecoder().decode(payload)}`)],
    };
  };
}

/** A broker in memory: refuses while `refusal` is set, acknowledges while `answers`. */
function fakeBroker(receiveMaximum: number) {
  const state = {
    refusal: undefined as ShelterError | undefined,
    forbidden: '',
    answers: true,
    tries: 0,
    hungUp: 0,
    received: [] as string[],
    wills: [] as string[],
    filters: [] as string[],
    owed: 0,
    mostOwed: 0,
    acknowledge: () => {},
    lose: (_reason: ShelterError) => {},
    say: (_message: Received) => {},
    stuck: false,
  };
  const text = ({ topic, payload }: Message) => `${topic} ${new TextDecoder().decode(payload)}`;
  const broker: Broker = {
    url: 'mqtt://broker',
    async connect(will, signal) {
      state.tries++;
      state.wills.push(text(will));
      if (state.stuck) await new Promise((_, reject) => signal.addEventListener('abort', reject));
      if (state.refusal) throw state.refusal;
      return connection();
    },
  };
  function connection(): Connection {
    const owing = new Set<{ resolve(): void; reject(error: Error): void }>();
    state.acknowledge = () => {
      for (const { resolve } of owing) resolve();
      owing.clear();
    };
    return {
      abilities: { version: '5', receiveMaximum },
      publish(message) {
        state.received.push(text(message));
        if (state.answers) return Promise.resolve();
        return new Promise((resolve, reject) => {
          owing.add({ resolve, reject });
          state.mostOwed = Math.max(state.mostOwed, owing.size);
        });
      },
      async subscribe(filter) {
        if (filter === state.forbidden) throw new ShelterError('UPLINK_FORBIDDEN', `not allowed: ${filter}`);
        state.filters.push(filter);
      },
      onMessage(listener) {
        state.say = listener;
        return () => {};
      },
      onLost(listener) {
        state.lose = (reason) => {
          listener(reason);
          for (const { reject } of owing) reject(reason);
        };
        return () => {};
      },
      async close() {
        state.hungUp++;
        for (const { reject } of owing) reject(lost());
      },
    };
  }
  return { broker, state };
}

function rig({ receiveMaximum = 65_535 } = {}) {
  const clock = virtualClock();
  const { broker, state } = fakeBroker(receiveMaximum);
  const told: string[] = [];
  const warnings: string[] = [];
  const link = keepConnected({
    broker,
    begin: numbered(),
    clock,
    backoff: createBackoff({ base: 1_000, cap: 60_000 }, () => 0.999),
    log: { info() {}, warn: (_, message) => warnings.push(message) },
  });
  link.onConnected(() => told.push('up'));
  link.onDisconnected((reason) => told.push(reason.code));
  return { clock, state, told, warnings, link };
}

const refused = (message = 'no') => new ShelterError('UPLINK_REFUSED', message);
const message = (topic: string, text: string): Received => ({ ...plain(topic, text), retained: false });

describe('a link that comes back by itself', () => {
  it('listens and greets before it counts as connected', async () => {
    const { clock, state, told, link } = rig();
    state.answers = false;
    link.start();
    await clock.advance(1_000);
    expect(state.filters).toEqual(['city/a/ask']);
    expect(state.received).toEqual(['city/a/status there 1']);
    state.acknowledge();
    await clock.advance(1);
    expect(state.received).toEqual(['city/a/status there 1', 'city/a/about a shelter']);
    expect(told).toEqual([]);
    state.acknowledge();
    await clock.advance(1);
    expect(told).toEqual(['up']);
  });

  it('begins a dialogue anew for each try', async () => {
    const { clock, state, link } = rig();
    state.refusal = refused();
    link.start();
    await clock.advance(1);
    state.refusal = undefined;
    await clock.advance(1_000);
    expect(state.wills).toEqual(['city/a/status gone 1', 'city/a/status gone 2']);
    expect(state.received[0]).toBe('city/a/status there 2');
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
    expect(await outcome).toMatchObject({
      code: 'UPLINK_UNREACHABLE',
      message: 'mqtt://broker did not acknowledge a message to city/a/readings within 30 s.',
    });
    expect(told).toEqual(['up', 'UPLINK_UNREACHABLE']);
    expect(state.hungUp).toBe(1);
  });

  it('rejects a message at once while there is no connection', async () => {
    const { link } = rig();
    await expect(link.publish(aReading)).rejects.toMatchObject({ code: 'UPLINK_UNREACHABLE' });
  });

  it('publishes nothing of an old session in a new one', async () => {
    const { clock, state, link } = rig();
    const sessions: ((message: Message) => Promise<void>)[] = [];
    link.onConnected(({ publish }) => sessions.push(publish));
    link.start();
    await clock.advance(1);
    state.lose(lost());
    await clock.advance(1_000);
    await expect(sessions[0]?.(aReading)).rejects.toMatchObject({ code: 'UPLINK_UNREACHABLE' });
    await expect(sessions[1]?.(aReading)).resolves.toBeUndefined();
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

  it('takes leave before it closes, and stays away', async () => {
    const { clock, state, told, link } = rig();
    link.start();
    await clock.advance(1);
    await link.close();
    expect(state.received.at(-1)).toBe('city/a/status leaving 1');
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

describe('the messages of a link', () => {
  it('are under way so many at a time as the broker takes, and leave in order', async () => {
    const { clock, state, link } = rig({ receiveMaximum: 5 });
    link.start();
    await clock.advance(1);
    state.answers = false;
    const texts = Array.from({ length: 12 }, (_, index) => `${index}`);
    const sent = Promise.all(texts.map((text) => link.publish(plain(topic, text))));
    for (const count of [5, 10, 12]) {
      await clock.advance(1);
      expect(state.received.filter((line) => line.startsWith(topic))).toEqual(
        texts.slice(0, count).map((text) => `${topic} ${text}`),
      );
      state.acknowledge();
    }
    await sent;
    expect(state.mostOwed).toBe(5);
  });

  it('go one by one after a connection that ended with some under way, until a hundred are through', async () => {
    const { clock, state, link } = rig();
    link.start();
    await clock.advance(1);
    state.answers = false;
    const outcomes = Promise.allSettled([link.publish(aReading), link.publish(aReading)]);
    state.lose(lost());
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    state.answers = true;
    await clock.advance(2_000);
    state.answers = false;
    state.mostOwed = 0;
    const sent = Promise.all(Array.from({ length: 150 }, () => link.publish(aReading)));
    for (let n = 0; n < 98; n++) {
      await clock.advance(1);
      state.acknowledge();
    }
    expect(state.mostOwed).toBe(1);
    await clock.advance(1);
    expect(state.mostOwed).toBe(20);
    for (let n = 0; n < 4; n++) {
      state.acknowledge();
      await clock.advance(1);
    }
    await sent;
  });
});

describe('what a link hears', () => {
  it('goes to who listens on a filter of its topic, on each connection', async () => {
    const { clock, state, link } = rig();
    const heard: string[] = [];
    link.listen('city/a/do/#', ({ topic }) => heard.push(topic));
    const stop = link.listen('city/+/notice', ({ topic }) => heard.push(topic));
    link.start();
    for (let round = 0; round < 2; round++) {
      await clock.advance(1_000);
      state.say(message('city/a/do/sample', ''));
      state.say(message('city/a/notice', ''));
      state.say(message('city/a/other', ''));
      state.lose(lost());
      stop();
      await clock.advance(1_000);
    }
    expect(heard).toEqual(['city/a/do/sample', 'city/a/notice', 'city/a/do/sample']);
    expect(state.filters.slice(0, 3)).toEqual(['city/a/ask', 'city/a/do/#', 'city/+/notice']);
  });

  it('is subscribed to at once where there is a connection', async () => {
    const { clock, state, link } = rig();
    link.start();
    await clock.advance(1);
    link.listen('late', () => {});
    await clock.advance(1);
    expect(state.filters).toContain('late');
  });

  it('is answered as the dialogue says', async () => {
    const { clock, state, link } = rig();
    link.start();
    await clock.advance(1);
    state.say(message('city/a/ask', 'who is there?'));
    await clock.advance(1);
    expect(state.received.at(-1)).toBe('city/a/answer to who is there?');
  });

  it('ends nothing where a listener fails', async () => {
    const { clock, state, told, warnings, link } = rig();
    link.listen('city/#', () => {
      throw new Error('what is this?');
    });
    link.start();
    await clock.advance(1);
    state.say(message('city/a/notice', ''));
    expect(told).toEqual(['up']);
    expect(warnings).toEqual(['A message to city/a/notice was not understood: what is this?']);
  });

  it('is said in the log where the broker does not allow it, and all else goes on', async () => {
    const { clock, state, told, warnings, link } = rig();
    state.forbidden = 'city/a/ask';
    link.start();
    await clock.advance(1);
    expect(told).toEqual(['up']);
    expect(warnings).toEqual(['not allowed: city/a/ask']);
  });
});
