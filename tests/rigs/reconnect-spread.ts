import { ShelterError } from '../../config/errors.js';
import { createBackoff } from '../../runtime/backoff.js';
import type { Dialogue } from '../../runtime/uplink/codecs/codec.js';
import { keepConnected } from '../../runtime/uplink/keep-connected.js';
import type { Broker, Connection } from '../../runtime/uplink/link.js';
import { reconnecting } from '../../runtime/uplink/uplink.js';
import { seededRandom } from '../../simulators/random.js';
import { virtualClock } from '../../simulators/virtual-clock.js';

/** How devices come back to a broker that was away. */
export interface Spread {
  /** Connections in each second after the broker's return. */
  perSecond: number[];
  busiestSecond: number;
  /** Seconds after the return until half of them, 95 % of them, and all are there. */
  half: number;
  most: number;
  all: number;
}

const silent: Dialogue = {
  will: { topic: 'status', payload: new Uint8Array(), retain: true },
  greeting: () => [],
  farewell: () => [],
  readings: () => [],
  events: () => [],
  listens: [],
  hear: () => [],
};

/**
 * Lets the devices' own code reconnect in virtual time. All lose the broker at the same moment.
 *
 * @param outage in ms
 */
export async function reconnectSpread(devices: number, outage: number, seed = 1): Promise<Spread> {
  const clock = virtualClock();
  const random = seededRandom(seed);
  const losing: ((reason: ShelterError) => void)[] = [];
  const returns: number[] = [];
  let away = false;
  let backAt = Number.POSITIVE_INFINITY;

  const broker: Broker = {
    url: 'mqtt://broker',
    async connect() {
      if (away) throw gone();
      if (clock.monotonic() >= backAt) returns.push((clock.monotonic() - backAt) / 1_000);
      return connection;
    },
  };
  const connection: Connection = {
    abilities: { version: '5', receiveMaximum: 20 },
    publish: async () => {},
    subscribe: async () => {},
    onMessage: () => () => {},
    onLost(listener) {
      losing.push(listener);
      return () => {};
    },
    close: async () => {},
  };
  const links = Array.from({ length: devices }, () =>
    keepConnected({
      broker,
      begin: () => silent,
      clock,
      backoff: createBackoff(reconnecting, random),
      log: { info() {}, warn() {} },
    }),
  );
  for (const link of links) link.start();
  await clock.advance(120_000);
  away = true;
  for (const lose of losing) lose(gone());
  await clock.advance(outage);
  away = false;
  backAt = clock.monotonic();
  await clock.advance(reconnecting.cap);
  for (const link of links) await link.close();

  const sorted = returns.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * devices) - 1] ?? Number.POSITIVE_INFINITY;
  const perSecond = Array.from(
    { length: Math.ceil(at(1)) || 1 },
    (_, second) => returns.filter((time) => Math.floor(time) === second).length,
  );
  return { perSecond, busiestSecond: Math.max(...perSecond), half: at(0.5), most: at(0.95), all: at(1) };
}

function gone(): ShelterError {
  return new ShelterError('UPLINK_UNREACHABLE', 'The broker is away.');
}
