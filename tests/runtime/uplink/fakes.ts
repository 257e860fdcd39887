import { ShelterError } from '../../../config/errors.js';
import type { Clock } from '../../../drivers/ports.js';
import type { Logger } from '../../../runtime/logger.js';
import {
  everything,
  type Log,
  type Logs,
  type Refusal,
  type Span,
  type Store,
} from '../../../runtime/store/port.js';
import type { Dialogue } from '../../../runtime/uplink/codecs/codec.js';
import type { Session, UplinkLink } from '../../../runtime/uplink/link.js';
import type { Message } from '../../../runtime/uplink/message.js';
import { createOutbox } from '../../../runtime/uplink/outbox.js';
import { event, reading } from './rows.js';

export const quiet: Logger = { info() {}, warn() {} };

export const lost = () => new ShelterError('UPLINK_UNREACHABLE', 'The connection was lost.');

const logs = ['readings', 'events'] as const;

/** A store in memory, of the part that the uplink sees. */
export function memoryStore() {
  const rows: { [L in Log]: Logs[L][] } = { readings: [], events: [] };
  const settled: Record<Log, Set<number>> = { readings: new Set(), events: new Set() };
  const quarantined: Record<Log, Map<number, Refusal>> = { readings: new Map(), events: new Map() };
  const listeners = new Set<Parameters<Store['onCommit']>[0]>();
  const failures = { lease: 0, settle: 0, status: 0, quarantine: 0 };

  function mayFail(what: keyof typeof failures) {
    if (failures[what] === 0) return;
    failures[what]--;
    throw new ShelterError('STORE_UNUSABLE', `${what} failed.`);
  }

  const countOf = (of: (log: Log) => number) => ({ readings: of('readings'), events: of('events') });

  /** Up to where every row is settled. */
  function cursor(log: Log): number {
    let seq = 0;
    while (settled[log].has(seq + 1)) seq++;
    return seq;
  }

  return {
    epoch: 'e1',
    rows,
    settled,
    quarantined,
    cursor,
    /** How many of the next calls fail. */
    failures,
    commit(log: Log, count: number) {
      for (let n = 0; n < count; n++) {
        const seq = rows[log].length + 1;
        if (log === 'readings') rows.readings.push(reading(seq));
        else rows.events.push(event(seq));
      }
      const last = countOf((each) => rows[each].length);
      for (const tell of listeners) tell({ readings: 0, events: 0, [log]: count, last, took: 1 });
    },
    async lease<L extends Log>(_uplink: string, log: L, most: number, { first, last }: Span = everything) {
      mayFail('lease');
      const waiting = rows[log].slice(first - 1, last).filter(({ seq }) => !settled[log].has(seq));
      return { log, rows: waiting.slice(0, most) as Logs[L][] };
    },
    async settle(_uplink: string, log: Log, { first, last }: Span) {
      mayFail('settle');
      for (let seq = first; seq <= last; seq++) settled[log].add(seq);
    },
    async quarantine(_uplink: string, log: Log, seq: number, why: Refusal) {
      mayFail('quarantine');
      settled[log].add(seq);
      if (quarantined[log].has(seq)) return false;
      quarantined[log].set(seq, why);
      return true;
    },
    onCommit(listener: Parameters<Store['onCommit']>[0]) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async status() {
      mayFail('status');
      return {
        last: countOf((log) => rows[log].length),
        waiting: { mqtt: countOf((log) => rows[log].length - settled[log].size) },
        quarantined: { mqtt: countOf((log) => quarantined[log].size) },
      };
    },
  };
}

const bytes = (text: string) => new TextEncoder().encode(text);

/** Says just the seqs, so that a message shows what it carries. */
export const seqDialogue: Dialogue = {
  will: { topic: 'status', payload: bytes('offline'), retain: true },
  greeting: () => [{ topic: 'status', payload: bytes('online'), retain: true }],
  farewell: () => [{ topic: 'status', payload: bytes('offline'), retain: true }],
  readings: (rows, age) => [{ ...carrying(rows), topic: `readings/${age}` }],
  events: (rows) => [{ ...carrying(rows), topic: 'events' }],
  listens: [],
  hear: () => [],
};

function carrying(rows: readonly { seq: number }[]) {
  return { payload: bytes(JSON.stringify(rows.map(({ seq }) => seq))), retain: false };
}

/** What a message carries: a log and seqs. */
export function carried({ topic, payload }: Message): { log: Log; age: string; seqs: number[] } {
  const [log, age = ''] = topic.split('/');
  return {
    log: logs.find((each) => each === log) ?? 'readings',
    age,
    seqs: JSON.parse(new TextDecoder().decode(payload)),
  };
}

/** What becomes of a message: how far it gets, or that the link is lost before or after the broker has it. */
export type Fate = 'judged' | 'busy' | 'lost on the way' | 'lost after arrival';

/**
 * A link whose messages meet the fates they are given, one after the other; without one they are judged: refused with
 * an error, or acknowledged.
 */
export function fatefulLink(clock: Clock, { latency = 50, absence = 5_000, width = 20 } = {}) {
  const fates: Fate[] = [];
  const arrived: (Message & { at: number })[] = [];
  const up = new Set<(session: Session) => void>();
  const down = new Set<(reason: ShelterError) => void>();
  let hangUp: (() => void) | undefined;
  let cautious = 0;
  let mostUnderWay = 0;
  const state = {
    judge: (_message: Message): Fate | ShelterError | undefined => undefined,
    dialogue: seqDialogue,
    latency,
  };

  function connect() {
    if (hangUp) return;
    const inFlight = new Set<(error: Error) => void>();
    const outbox = createOutbox({
      connection: { publish },
      width,
      cautious,
      patience: 1e9,
      onSilence() {},
      clock,
    });

    function publish(message: Message): Promise<void> {
      return new Promise((resolve, reject) => {
        inFlight.add(reject);
        mostUnderWay = Math.max(mostUnderWay, inFlight.size);
        clock.after(state.latency, () => {
          if (!inFlight.delete(reject)) return;
          const given = fates.shift() ?? 'judged';
          const fate = given === 'judged' ? state.judge(message) : given;
          if (fate === undefined || fate === 'lost after arrival') {
            arrived.push({ ...message, at: clock.monotonic() });
          }
          if (fate === undefined) return resolve();
          if (fate === 'busy') return reject(new ShelterError('UPLINK_BUSY', 'Not now.'));
          if (fate instanceof ShelterError) return reject(fate);
          inFlight.add(reject);
          disconnect();
          clock.after(absence, connect);
        });
      });
    }

    hangUp = () => {
      outbox.end(lost());
      cautious = outbox.owed() > 0 ? 100 : 0;
      for (const reject of inFlight) reject(lost());
      inFlight.clear();
    };
    const session: Session = { dialogue: state.dialogue, width, publish: outbox.publish };
    for (const tell of up) tell(session);
  }

  function disconnect() {
    if (!hangUp) return;
    hangUp();
    hangUp = undefined;
    for (const tell of down) tell(lost());
  }

  const link: Pick<UplinkLink, 'onConnected' | 'onDisconnected'> = {
    onConnected(listener) {
      up.add(listener);
      return () => up.delete(listener);
    },
    onDisconnected(listener) {
      down.add(listener);
      return () => down.delete(listener);
    },
  };
  return { link, fates, arrived, state, connect, disconnect, mostUnderWay: () => mostUnderWay };
}
