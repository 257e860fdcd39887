import { units } from '../../config/catalogue/units.js';
import type { StoredEvent, StoredReading } from '../../runtime/reading.js';
import type { Log } from '../../runtime/store/port.js';
import type { Row } from '../../simulators/reconciler.js';
import { type Resolved, resolve } from '../runtime/uplink/senml.js';

/** A row as the reconciler compares it, and when it was taken. */
export interface TimedRow extends Row {
  /** Wall time in ms. */
  time: number;
}

/** Whose rows they are: with log and seq it names each of them. */
type Origin = Pick<Row, 'device' | 'epoch'>;

export function readingRow({ stream, seq, time, value }: StoredReading, origin: Origin): TimedRow {
  const told = value === null ? 'missing' : plain(value);
  return rowOf('readings', origin, seq, time, [stream.id, told]);
}

export function eventRow({ source, kind, seq, time, detail }: StoredEvent, origin: Origin): TimedRow {
  const details = Object.entries(detail).map(([key, value]) => `${key}=${value}`);
  return rowOf('events', origin, seq, time, [source, kind, ...details.sort()]);
}

/** The rows of a SenML message, whatever the units of its records. */
export function messageRows(log: Log, payload: Uint8Array): TimedRow[] {
  return log === 'readings' ? resolve(payload).map(sentReading) : sentEvents(resolve(payload));
}

function sentReading(record: Resolved): TimedRow {
  const { rest } = partsOf(record);
  const [, missing] = /^(.*)\/missing$/.exec(rest) ?? [];
  if (missing) return sentRow('readings', record, [missing, 'missing']);
  return sentRow('readings', record, [rest, plain(Number(record.value) / factorOf(record))]);
}

function factorOf({ name, unit }: Resolved): number {
  const found = Object.values(units).find(({ senml }) => senml.unit === unit);
  if (!found) throw new Error(`${name} is in ${unit}, which no unit of the catalogue becomes`);
  return found.senml.factor;
}

/** An event is a record for what happened, and one for each detail. */
function sentEvents(records: readonly Resolved[]): TimedRow[] {
  const names = new Set(records.map(({ extras }) => extras.seq));
  return [...names].flatMap((seq) => {
    const [event, ...details] = records.filter(({ extras }) => extras.seq === seq);
    if (!event) return [];
    const source = partsOf(event).rest.replace(/\/event$/, '');
    const told = details.map(({ name, value }) => `${name.replace(`${event.name}/`, '')}=${value}`);
    return [sentRow('events', event, [source, String(event.value), ...told.sort()])];
  });
}

/** Of `ushelter:DEVICE:REST`. */
function partsOf({ name }: Resolved): { device: string; rest: string } {
  const [, device, rest] = /^ushelter:([^:]+):(.+)$/.exec(name) ?? [];
  if (!device || !rest) throw new Error(`${name} is no name of a shelter's row`);
  return { device, rest };
}

function sentRow(log: Log, record: Resolved, told: readonly string[]): TimedRow {
  const { time, extras } = record;
  const origin = { device: partsOf(record).device, epoch: String(extras.bepoch) };
  return rowOf(log, origin, Number(extras.seq), Math.round(time * 1_000), told);
}

function rowOf(
  log: Log,
  { device, epoch }: Origin,
  seq: number,
  time: number,
  told: readonly string[],
): TimedRow {
  return { device, epoch, log, seq, time, content: [log, time, ...told].join(' ') };
}

/** Units of the wire differ by powers of ten, which leaves noise in the last digits. */
function plain(value: number): string {
  return String(Number(value.toPrecision(9)));
}
