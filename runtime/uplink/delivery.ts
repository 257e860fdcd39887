import { ShelterError, type ShelterErrorCode } from '../../config/errors.js';
import type { Clock } from '../../drivers/ports.js';
import { asShelterError } from '../problem.js';
import type { Span } from '../store/port.js';
import { Unacknowledged } from './outbox.js';
import type { Sizing } from './sizing.js';
import { createSuspects, type Suspects } from './suspects.js';

interface Row {
  seq: number;
}

export interface DeliveryParts<R extends Row> {
  /** Throws where the store has refused something before. */
  settle(span: Span): void;
  /** Sets a row aside for good. */
  quarantine(row: R, reason: ShelterError): Promise<void>;
  sizing: Sizing;
  clock: Pick<Clock, 'monotonic'>;
}

/** Sends rows; resolves when the broker has acknowledged all that was said of them. */
export type Say<R> = (rows: readonly R[]) => Promise<void>;

/** Brings the rows of one log to the broker, whatever it thinks of some of them. */
export interface Delivery<R extends Row> {
  /**
   * Resolves when each row is to be settled, or under suspicion. Rejects where the rows have to wait, because of the
   * connection, of the broker, or of the device's rights there.
   */
  deliver(rows: readonly R[], say: Say<R>): Promise<void>;
}

/** What to do with rows after an error that is about them. With any other they are kept as they are. */
const verdicts: Partial<Record<ShelterErrorCode, 'reject' | 'shrink'>> = {
  UPLINK_REJECTED: 'reject',
  UPLINK_TOO_LARGE: 'shrink',
};

/** So many connections ended while a row was alone under way: the row is the reason. */
const fatal = 3;

/**
 * Rows that are refused together are halved until the poison among them is alone. A row that is refused alone is under
 * suspicion: it is poison where the broker then takes another and refuses it once more, so that a broker that refuses
 * everything for a while costs no row.
 */
export function createDelivery<R extends Row>(parts: DeliveryParts<R>): Delivery<R> {
  const { settle, quarantine, sizing, clock } = parts;
  const suspects: Suspects<R> = createSuspects(clock);
  /** How many connections have ended with a row alone under way. */
  const losses = new Map<number, number>();

  async function deliver(rows: readonly R[], say: Say<R>): Promise<void> {
    for (const run of suspects.between(rows)) await send(run, say);
  }

  async function send(rows: readonly R[], say: Say<R>): Promise<void> {
    const [first, second] = rows;
    if (!first) return;
    if (!second && isFatal(first)) return suspects.add(first, endsConnections(first));
    try {
      await say(rows);
    } catch (error) {
      const reason = asShelterError(error, 'UPLINK_REJECTED');
      noteLoss(rows, reason);
      const verdict = verdicts[reason.code];
      if (!verdict) throw reason;
      if (!second) return suspects.add(first, reason);
      if (verdict === 'shrink') sizing.halve(rows.length);
      const middle = Math.ceil(rows.length / 2);
      await send(rows.slice(0, middle), say);
      return send(rows.slice(middle), say);
    }
    settle({ first: first.seq, last: rows.at(-1)?.seq ?? first.seq });
    suspects.clear(rows);
    for (const suspect of suspects.takeAll()) await tryAgain(suspect, say);
  }

  /** The broker has just taken another row. */
  async function tryAgain(suspect: R, say: Say<R>): Promise<void> {
    try {
      await say([suspect]);
      settle({ first: suspect.seq, last: suspect.seq });
    } catch (error) {
      const reason = asShelterError(error, 'UPLINK_REJECTED');
      noteLoss([suspect], reason);
      if (verdicts[reason.code]) await quarantine(suspect, reason);
      else if (isFatal(suspect) && reason instanceof Unacknowledged) {
        await quarantine(suspect, endsConnections(suspect));
        sizing.restore();
      } else throw reason;
    }
    losses.delete(suspect.seq);
  }

  /** Learns from a connection that ended while nothing else was under way. */
  function noteLoss(rows: readonly R[], reason: ShelterError): void {
    const [first] = rows;
    if (!first || !(reason instanceof Unacknowledged) || !reason.alone) return;
    if (rows.length > 1) sizing.halve(rows.length);
    else losses.set(first.seq, (losses.get(first.seq) ?? 0) + 1);
  }

  function isFatal({ seq }: R): boolean {
    return (losses.get(seq) ?? 0) >= fatal;
  }

  return { deliver };
}

function endsConnections({ seq }: Row): ShelterError {
  return new ShelterError('UPLINK_REJECTED', `The broker closes the connection whenever row ${seq} is sent.`);
}
