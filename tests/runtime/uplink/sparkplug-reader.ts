/** A reader of Sparkplug B payloads written from `sparkplug_b.proto` of Eclipse Tahu alone. */

export interface SparkplugPayload {
  timestamp: number;
  seq?: number;
  metrics: SparkplugMetric[];
}

export interface SparkplugMetric {
  name: string;
  timestamp: number;
  datatype: number;
  is_historical?: boolean;
  is_null?: boolean;
  properties?: Record<string, unknown>;
  value?: unknown;
}

type Kind = 'uint' | 'bool' | 'double' | 'float' | 'string' | 'bytes' | Schema;
interface Schema {
  [field: number]: { name: string; kind: Kind; repeated?: true };
}

const propertyValue: Schema = {
  1: { name: 'type', kind: 'uint' },
  2: { name: 'is_null', kind: 'bool' },
  3: { name: 'int_value', kind: 'uint' },
  4: { name: 'long_value', kind: 'uint' },
  5: { name: 'float_value', kind: 'float' },
  6: { name: 'double_value', kind: 'double' },
  7: { name: 'boolean_value', kind: 'bool' },
  8: { name: 'string_value', kind: 'string' },
};

const propertySet: Schema = {
  1: { name: 'keys', kind: 'string', repeated: true },
  2: { name: 'values', kind: propertyValue, repeated: true },
};

const metric: Schema = {
  1: { name: 'name', kind: 'string' },
  2: { name: 'alias', kind: 'uint' },
  3: { name: 'timestamp', kind: 'uint' },
  4: { name: 'datatype', kind: 'uint' },
  5: { name: 'is_historical', kind: 'bool' },
  6: { name: 'is_transient', kind: 'bool' },
  7: { name: 'is_null', kind: 'bool' },
  9: { name: 'properties', kind: propertySet },
  10: { name: 'int_value', kind: 'uint' },
  11: { name: 'long_value', kind: 'uint' },
  12: { name: 'float_value', kind: 'float' },
  13: { name: 'double_value', kind: 'double' },
  14: { name: 'boolean_value', kind: 'bool' },
  15: { name: 'string_value', kind: 'string' },
  16: { name: 'bytes_value', kind: 'bytes' },
};

const payload: Schema = {
  1: { name: 'timestamp', kind: 'uint' },
  2: { name: 'metrics', kind: metric, repeated: true },
  3: { name: 'seq', kind: 'uint' },
  4: { name: 'uuid', kind: 'string' },
  5: { name: 'body', kind: 'bytes' },
};

/** The field that holds the value of each data type, by the index of the type. */
const valueFields: Record<number, string> = {
  3: 'int_value',
  4: 'long_value',
  8: 'long_value',
  10: 'double_value',
  11: 'boolean_value',
  12: 'string_value',
};

export function readSparkplug(bytes: Uint8Array): SparkplugPayload {
  const { metrics = [], ...rest } = decode(bytes, payload);
  return { ...rest, metrics: (metrics as Decoded[]).map(plainMetric) } as SparkplugPayload;
}

type Decoded = Record<string, unknown>;

function plainMetric(decoded: Decoded): SparkplugMetric {
  const { name, timestamp, datatype, is_historical, is_null, properties } = decoded;
  return {
    name,
    timestamp,
    datatype,
    ...(is_historical !== undefined && { is_historical }),
    ...(is_null !== undefined && { is_null }),
    ...(properties !== undefined && { properties: plainProperties(properties as Decoded) }),
    ...onlyValue(decoded, Number(datatype)),
  } as SparkplugMetric;
}

function plainProperties({ keys = [], values = [] }: Decoded): Record<string, unknown> {
  const names = keys as string[];
  const each = values as Decoded[];
  if (names.length !== each.length) throw new Error(`${names.length} keys for ${each.length} values`);
  return Object.fromEntries(
    names.map((name, index) => {
      const value = each[index] ?? {};
      return [name, onlyValue(value, Number(value.type)).value];
    }),
  );
}

/** The value in the field that its type wants, and in no other; none where it is null. */
function onlyValue(decoded: Decoded, type: number): { value?: unknown } {
  const present = Object.keys(decoded).filter((field) => field.endsWith('_value'));
  const wanted = valueFields[type];
  if (!wanted) throw new Error(`${type} is no data type that a shelter uses`);
  if (decoded.is_null === true) {
    if (present.length > 0) throw new Error(`null has ${present}`);
    return {};
  }
  if (present.length !== 1 || present[0] !== wanted) throw new Error(`type ${type} has ${present}`);
  return { value: decoded[wanted] };
}

function decode(bytes: Uint8Array, schema: Schema): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Decoded = {};
  let at = 0;

  function varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(at++);
      value |= BigInt(byte & 127) << shift;
      if ((byte & 128) === 0) return value;
    }
  }

  function bytesOf(wire: number): Uint8Array {
    const length = wire === 2 ? Number(varint()) : wire === 1 ? 8 : wire === 5 ? 4 : Number.NaN;
    if (!(at + length <= bytes.length)) throw new Error(`wire type ${wire} at ${at}`);
    at += length;
    return bytes.subarray(at - length, at);
  }

  while (at < bytes.length) {
    const tag = Number(varint());
    const field = schema[tag >> 3];
    if (!field) throw new Error(`field ${tag >> 3} is not in the schema`);
    const { name, kind, repeated } = field;
    const wire = tag & 7;
    const value = wire === 0 ? number(varint(), kind) : content(bytesOf(wire), wire, kind);
    if (repeated) found[name] = [...((found[name] as unknown[]) ?? []), value];
    else found[name] = value;
  }
  return found;
}

function number(value: bigint, kind: Kind): number | boolean {
  if (kind === 'bool') return value !== 0n;
  if (kind !== 'uint') throw new Error('no integer was expected');
  return Number(value);
}

function content(bytes: Uint8Array, wire: number, kind: Kind): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (kind === 'double' && wire === 1) return view.getFloat64(0, true);
  if (kind === 'float' && wire === 5) return view.getFloat32(0, true);
  if (wire !== 2) throw new Error(`wire type ${wire} was not expected`);
  if (kind === 'string') return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  if (kind === 'bytes') return bytes;
  if (typeof kind === 'object') return decode(bytes, kind);
  throw new Error(`${kind} was expected`);
}
