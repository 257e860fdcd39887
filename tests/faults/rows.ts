import { units } from '../../config/catalogue/units.js';
import type { StoredEvent, StoredReading } from '../../runtime/reading.js';
import type { Log } from '../../runtime/store/port.js';
import type { Row } from '../../simulators/reconciler.js';
import { type Resolved, resolve } from '../runtime/uplink/senml.js';
import { device } from './field.js';

/** A row as the reconciler compares it, and when it was taken. */
export interface TimedRow extends Row {
  /** Wall time in ms. */
  time: number;
}

type Epoch = { epoch: string };

export function readingRow({ stream, seq, time, value }: StoredReading, { epoch }: Epoch): TimedRow {
  const told = value === null ? 'missing' : plain(value);
  return rowOf('readings', epoch, seq, time, [stream.id, told]);
}

export function eventRow({ source, kind, seq, time, detail }: StoredEvent, { epoch }: Epoch): TimedRow {
  const details = Object.entries(detail).map(([key, value]) => `${key}=${value}`);
  return rowOf('events', epoch, seq, time, [source, kind, ...details.sort()]);
}

/** The rows of a SenML message, whatever the units of its records. */
export function messageRows(log: Log, payload: Uint8Array): TimedRow[] {
  return log === 'readings' ? resolve(payload).map(sentReading) : sentEvents(resolve(payload));
}

function sentReading(record: Resolved): TimedRow {
  const name = record.name.replace(prefix, '');
  const [, missing] = /^(.*)\/missing$/.exec(name) ?? [];
  if (missing) return sentRow('readings', record, [missing, 'missing']);
  return sentRow('readings', record, [name, plain(Number(record.value) / factorOf(record))]);
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
    const source = event.name.replace(prefix, '').replace(/\/event$/, '');
    const told = details.map(({ name, value }) => `${name.replace(`${event.name}/`, '')}=${value}`);
    return [sentRow('events', event, [source, String(event.value), ...told.sort()])];
  });
}

const prefix = `ushelter:${device}:`;

function sentRow(log: Log, { time, extras }: Resolved, told: readonly string[]): TimedRow {
  return rowOf(log, String(extras.bepoch), Number(extras.seq), Math.round(time * 1_000), told);
}

function rowOf(log: Log, epoch: string, seq: number, time: number, told: readonly string[]): TimedRow {
  return { device, epoch, log, seq, time, content: [log, time, ...told].join(' ') };
}

/** Units of the wire differ by powers of ten, which leaves noise in the last digits. */
function plain(value: number): string {
  return String(Number(value.toPrecision(9)));
}
