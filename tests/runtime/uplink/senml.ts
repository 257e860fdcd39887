/** A reader of SenML written from RFC 8428 alone, strict where the RFC says MUST. */

export interface Resolved {
  name: string;
  unit?: string;
  value: number | string | boolean;
  /** Seconds since 1970; 0 where the sender did not know the time. */
  time: number;
  extras: Record<string, unknown>;
}

const known = new Set([
  'bn',
  'bt',
  'bu',
  'bv',
  'bs',
  'bver',
  'n',
  'u',
  'v',
  'vs',
  'vb',
  'vd',
  's',
  't',
  'ut',
]);
const values = ['v', 'vs', 'vb', 'vd'];

export function resolve(bytes: Uint8Array): Resolved[] {
  return resolvePack(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
}

/** A pack whose labels are text, whatever it was written in. */
export function resolvePack(pack: unknown): Resolved[] {
  if (!Array.isArray(pack)) throw new Error('a pack is an array');
  const bases: Record<string, unknown> = {};
  const records = pack.map((record: Record<string, unknown>) => {
    for (const [label, value] of Object.entries(record)) {
      if (label.endsWith('_')) throw new Error(`${label} must be understood, and is not`);
      if (label.startsWith('b')) bases[label] = value;
    }
    return resolveOne(record, bases);
  });
  for (const [index, { time }] of records.entries()) {
    if (time < (records[index - 1]?.time ?? 0))
      throw new Error(`record ${index} is older than the one before`);
  }
  return records;
}

function resolveOne(record: Record<string, unknown>, bases: Record<string, unknown>): Resolved {
  const name = `${bases.bn ?? ''}${record.n ?? ''}`;
  if (!/^[A-Za-z0-9][A-Za-z0-9\-:./_]*$/.test(name)) throw new Error(`${name} is no name`);
  const [label, ...more] = values.filter((value) => value in record);
  if (!label || more.length > 0) throw new Error(`${name} has ${label ? 'several values' : 'no value'}`);
  const value = record[label] as Resolved['value'];
  if (typeof value !== { v: 'number', vs: 'string', vb: 'boolean', vd: 'string' }[label]) {
    throw new Error(`${name} has a ${typeof value} as ${label}`);
  }
  const time = Number(bases.bt ?? 0) + Number(record.t ?? 0);
  const unit = record.u ?? bases.bu;
  const inherited = Object.entries(bases).filter(([base]) => !known.has(base));
  const own = Object.entries(record).filter(([field]) => !known.has(field));
  return {
    name,
    ...(typeof unit === 'string' && { unit }),
    value,
    time: Math.round(time * 1_000) / 1_000,
    extras: Object.fromEntries([...inherited, ...own]),
  };
}
