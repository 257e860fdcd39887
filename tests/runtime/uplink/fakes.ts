import { ShelterError } from '../../../config/errors.js';
import type { Clock } from '../../../drivers/ports.js';
import type { Logger } from '../../../runtime/logger.js';
import type { Log, Logs, Store } from '../../../runtime/store/port.js';
import type { Message, UplinkLink } from '../../../runtime/uplink/link.js';
import { event, reading } from './rows.js';

export const quiet: Logger = { info() {}, warn() {} };

export const lost = () => new ShelterError('UPLINK_UNREACHABLE', 'The connection was lost.');

/** A store in memory, of the part that the forwarder sees. */
export function memoryStore() {
  const rows: { [L in Log]: Logs[L][] } = { readings: [], events: [] };
  const cursors: Record<Log, number> = { readings: 0, events: 0 };
  const listeners = new Set<Parameters<Store['onCommit']>[0]>();
  const failures: Record<'lease' | 'settle', number> = { lease: 0, settle: 0 };

  function mayFail(what: 'lease' | 'settle') {
    if (failures[what] === 0) return;
    failures[what]--;
    throw new ShelterError('STORE_UNUSABLE', `${what} failed.`);
  }

  return {
    cursors,
    rows,
    /** How many of the next calls fail. */
    failures,
    commit(log: Log, count: number) {
      for (let n = 0; n < count; n++) {
        const seq = rows[log].length + 1;
        if (log === 'readings') rows.readings.push(reading(seq));
        else rows.events.push(event(seq));
      }
      const last = { readings: rows.readings.length, events: rows.events.length };
      for (const tell of listeners) tell({ readings: 0, events: 0, [log]: count, last, took: 1 });
    },
    async lease<L extends Log>(_uplink: string, log: L, most: number) {
      mayFail('lease');
      return { log, rows: rows[log].filter(({ seq }) => seq > cursors[log]).slice(0, most) };
    },
    async settle(_uplink: string, log: Log, seq: number) {
      mayFail('settle');
      cursors[log] = Math.max(cursors[log], seq);
    },
    onCommit(listener: Parameters<Store['onCommit']>[0]) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What becomes of a message: how far it gets, or that the link is lost before or after the broker has it. */
export type Fate = 'acknowledged' | 'rejected' | 'lost on the way' | 'lost after arrival';

/** A link whose messages meet the fates they are given, one after the other; without one they are acknowledged. */
export function fatefulLink(clock: Clock, { latency = 50, absence = 5_000 } = {}) {
  const fates: Fate[] = [];
  const arrived: Message[] = [];
  const up = new Set<() => void>();
  const down = new Set<(reason: ShelterError) => void>();
  const underWay = new Map<string, number>();
  const inFlight = new Set<(error: Error) => void>();
  let connected = false;
  let mostUnderWay = 0;

  function connect() {
    connected = true;
    for (const tell of up) tell();
  }

  function disconnect() {
    if (!connected) return;
    connected = false;
    for (const reject of inFlight) reject(lost());
    inFlight.clear();
    for (const tell of down) tell(lost());
  }

  const link: Pick<UplinkLink, 'publish' | 'onConnected' | 'onDisconnected'> = {
    publish(message) {
      if (!connected) return Promise.reject(lost());
      const fate = fates.shift() ?? 'acknowledged';
      const now = (underWay.get(message.topic) ?? 0) + 1;
      underWay.set(message.topic, now);
      mostUnderWay = Math.max(mostUnderWay, now);
      return new Promise<void>((resolve, reject) => {
        inFlight.add(reject);
        clock.after(latency, () => {
          if (!inFlight.delete(reject)) return;
          if (fate !== 'lost on the way' && fate !== 'rejected') arrived.push(message);
          if (fate === 'acknowledged') resolve();
          else if (fate === 'rejected') reject(new ShelterError('UPLINK_REJECTED', 'The broker said no.'));
          else {
            reject(lost());
            disconnect();
            clock.after(absence, connect);
          }
        });
      }).finally(() => underWay.set(message.topic, (underWay.get(message.topic) ?? 1) - 1));
    },
    onConnected(listener) {
      up.add(listener);
      return () => up.delete(listener);
    },
    onDisconnected(listener) {
      down.add(listener);
      return () => down.delete(listener);
    },
  };
  return { link, fates, arrived, connect, disconnect, mostUnderWay: () => mostUnderWay };
}
