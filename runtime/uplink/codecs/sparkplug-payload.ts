import { bool, bytes, double, message, readMessage, uint } from './protobuf.js';

/**
 * The payload of Sparkplug B messages: the part of `sparkplug_b.proto` (Eclipse Tahu) that a shelter says and hears.
 */
export interface Payload {
  /** When the message was made: wall time in ms. */
  timestamp: number;
  /** 0 to 255; a death certificate has none. */
  seq?: number;
  metrics: readonly Metric[];
}

/** A named value; null is said by `is_null`. */
export type Metric = Value & {
  name: string;
  /** When the value was taken: wall time in ms. */
  timestamp: number;
  /** Tells what was at its time and not what is: a host keeps it, and shows the newer value. */
  historical?: true;
  properties?: Readonly<Record<string, Value>>;
};

export type Value =
  | { type: 'Int32' | 'Int64' | 'UInt64' | 'Double'; value: number | null }
  | { type: 'Boolean'; value: boolean | null }
  | { type: 'String'; value: string | null };

/** Field numbers. */
const inPayload = { timestamp: 1, metrics: 2, seq: 3 } as const;
const inMetric = { name: 1, timestamp: 3, datatype: 4, historical: 5, isNull: 7, properties: 9 } as const;
const inPropertySet = { keys: 1, values: 2 } as const;
const inProperty = { type: 1, isNull: 2 } as const;

/** Of each data type its index, and the field of its value in a metric and in a property. */
const datatypes = {
  Int32: { index: 3, metric: 10, property: 3 },
  Int64: { index: 4, metric: 11, property: 4 },
  UInt64: { index: 8, metric: 11, property: 4 },
  Double: { index: 10, metric: 13, property: 6 },
  Boolean: { index: 11, metric: 14, property: 7 },
  String: { index: 12, metric: 15, property: 8 },
} as const;

/** Throws a ShelterError (UPLINK_REJECTED) where something that counts is no whole number. */
export function writePayload({ timestamp, seq, metrics }: Payload): Uint8Array {
  return message([
    uint(inPayload.timestamp, whole(timestamp)),
    ...metrics.map((metric) => bytes(inPayload.metrics, writeMetric(metric))),
    ...(seq === undefined ? [] : [uint(inPayload.seq, seq)]),
  ]);
}

function writeMetric(metric: Metric): Uint8Array {
  return message([
    bytes(inMetric.name, metric.name),
    uint(inMetric.timestamp, whole(metric.timestamp)),
    uint(inMetric.datatype, datatypes[metric.type].index),
    ...(metric.historical ? [bool(inMetric.historical, true)] : []),
    ...(metric.value === null ? [bool(inMetric.isNull, true)] : []),
    ...(metric.properties ? [bytes(inMetric.properties, writeProperties(metric.properties))] : []),
    ...(metric.value === null ? [] : [writeValue(datatypes[metric.type].metric, metric)]),
  ]);
}

function writeProperties(properties: Readonly<Record<string, Value>>): Uint8Array {
  const entries = Object.entries(properties);
  return message([
    ...entries.map(([key]) => bytes(inPropertySet.keys, key)),
    ...entries.map(([, value]) => bytes(inPropertySet.values, writeProperty(value))),
  ]);
}

function writeProperty(property: Value): Uint8Array {
  const { index, property: field } = datatypes[property.type];
  return message([
    uint(inProperty.type, index),
    property.value === null ? bool(inProperty.isNull, true) : writeValue(field, property),
  ]);
}

function writeValue(field: number, { type, value }: Value): Uint8Array {
  if (typeof value === 'string') return bytes(field, value);
  if (typeof value === 'boolean') return bool(field, value);
  const number = value ?? Number.NaN;
  return type === 'Double' ? double(field, number) : uint(field, number);
}

/** Sparkplug counts whole milliseconds from 1970 on; 0 stands for a time that it cannot say. */
function whole(time: number): number {
  const rounded = Math.round(time);
  return Number.isSafeInteger(rounded) && rounded > 0 ? rounded : 0;
}

/** True for a payload from anywhere that sets the boolean metric of that name to true. */
export function commands(payload: Uint8Array, name: string): boolean {
  const metrics = readMessage(payload)?.filter(({ field }) => field === inPayload.metrics) ?? [];
  return metrics.some(({ value }) => typeof value !== 'number' && isTrue(value, name));
}

function isTrue(metric: Uint8Array, name: string): boolean {
  const fields = readMessage(metric) ?? [];
  const named = fields.some(
    ({ field, value }) =>
      field === inMetric.name && typeof value !== 'number' && Buffer.from(value).toString() === name,
  );
  return named && fields.some(({ field, value }) => field === datatypes.Boolean.metric && value === 1);
}
