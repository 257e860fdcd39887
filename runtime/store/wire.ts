import {
  fromColumns,
  fromStoredColumns,
  type ReadingColumns,
  type StoredColumns,
  toColumns,
  toStoredColumns,
} from './crossing.js';
import type { Batch } from './database.js';
import type { Request, Response } from './messages.js';
import type { Lease } from './port.js';

/** How messages are written for the other thread, and read there: many readings as columns, all else as it is. */

/** A message, and what of it is handed over instead of being copied. */
export interface Written<Message> {
  message: Message;
  handedOver: ArrayBuffer[];
}

type WrittenBatch = Omit<Batch, 'readings'> & { readings: ReadingColumns };
type ReadingLease = Lease<'readings'>;
type WrittenLease = Pick<ReadingLease, 'log'> & { columns: StoredColumns };

export function writeRequest(request: Request): Written<Request> {
  if (request.operation !== 'commit') return { message: request, handedOver: [] };
  const [batch, ...others] = request.args as [Batch];
  const readings = toColumns(batch.readings);
  const written: WrittenBatch = { ...batch, readings };
  return { message: { ...request, args: [written, ...others] }, handedOver: [readings.facts.buffer] };
}

export function readRequest(message: Request): Request {
  if (message.operation !== 'commit') return message;
  const [written, ...others] = message.args as [WrittenBatch];
  const batch: Batch = { ...written, readings: fromColumns(written.readings) };
  return { ...message, args: [batch, ...others] };
}

export function writeResponse(response: Response): Written<Response> {
  if (response.kind !== 'done' || !isReadingLease(response.result)) {
    return { message: response, handedOver: [] };
  }
  const { log, rows } = response.result;
  const columns = toStoredColumns(rows);
  const result: WrittenLease = { log, columns };
  return { message: { ...response, result }, handedOver: [columns.facts.buffer, columns.names.buffer] };
}

export function readResponse(message: Response): Response {
  if (message.kind !== 'done' || !isWrittenLease(message.result)) return message;
  const { log, columns } = message.result;
  const result: ReadingLease = { log, rows: fromStoredColumns(columns) };
  return { ...message, result };
}

function isReadingLease(result: unknown): result is ReadingLease {
  return isObject(result) && 'rows' in result && 'log' in result && result.log === 'readings';
}

function isWrittenLease(result: unknown): result is WrittenLease {
  return isObject(result) && 'columns' in result;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
