import type { Message } from '../../../runtime/uplink/message.js';
import { readSenmlCbor } from './cbor-reader.js';
import { type Resolved, resolve, resolvePack } from './senml.js';
import { readSparkplug, type SparkplugMetric } from './sparkplug-reader.js';

/** What a city understands of a shelter, by a program of its own that knows the standards and not our code. */
export interface Receiver {
  hear(message: Message): void;
  readings: ReadingFact[];
  events: EventFact[];
  /** Whether the shelter is there; undefined where nothing was said of it. */
  online: boolean | undefined;
}

/** A reading under its name. */
export interface ReadingFact {
  device: string;
  epoch: string;
  seq: number;
  stream: string;
  /** Wall time in ms; null where the clock was not set. */
  time: number | null;
  value: number | null;
  raw: number | null;
  quality: number;
  calibration?: number;
  correction?: string;
  doubts?: readonly string[];
  /** Where it is a mean. The width is in ms. */
  mean?: { width: number; count: number };
}

export interface EventFact {
  device: string;
  epoch: string;
  seq: number;
  source: string;
  kind: string;
  time: number | null;
  detail: Record<string, unknown>;
}

/** Twelve digits: more than a sensor has, and less than a factor of a unit blurs. */
export function rounded(value: number): number {
  return Number(value.toPrecision(12)) + 0;
}

const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
const orNull = (value: unknown) => (value === undefined || value === null ? null : rounded(Number(value)));

export const senmlJsonReceiver = () => senmlReceiver(resolve);
export const senmlCborReceiver = () => senmlReceiver((bytes) => resolvePack(readSenmlCbor(bytes)));

function senmlReceiver(parse: (bytes: Uint8Array) => Resolved[]): Receiver {
  const known: Receiver = {
    readings: [],
    events: [],
    online: undefined,
    hear({ topic, payload }) {
      if (topic.endsWith('/status')) known.online = presence(payload);
      else takePack(parse(payload), known);
    },
  };
  return known;
}

function presence(payload: Uint8Array): boolean {
  const said = text(payload);
  if (said !== 'online' && said !== 'offline') throw new Error(`${said} is no presence`);
  return said === 'online';
}

/** From the units of the RFC to those of the catalogue. */
const scale: Record<string, number> = { 'kg/m3': 1e9, Pa: 0.01, Cel: 1, '%RH': 1, count: 1 };

function takePack(records: readonly Resolved[], known: Receiver): void {
  for (const { name, unit, value, time, extras } of records) {
    const [, device = '', path = ''] = /^ushelter:([^:]+):(.*)$/.exec(name) ?? [];
    const [source = '', property = '', ...more] = path.split('/');
    const row = {
      device,
      epoch: String(extras.bepoch),
      seq: Number(extras.seq),
      time: time === 0 ? null : Math.round(time * 1_000),
    };
    const inOurs = (given: unknown) =>
      given === undefined ? null : rounded(Number(given) * (scale[unit ?? ''] ?? Number.NaN));
    if (property !== 'event') {
      const missing = more[0] === 'missing';
      const stream = `${source}/${property}`;
      const number = missing ? null : inOurs(value);
      const raw = inOurs(extras.raw) ?? number;
      const mean = meanOf(Number(extras.width) * 1_000, extras.count);
      const made = madeOf(extras);
      known.readings.push({
        ...row,
        stream,
        value: number,
        raw,
        quality: Number(extras.q),
        ...made,
        ...mean,
      });
    } else if (more.length === 0) {
      known.events.push({ ...row, source, kind: String(value), detail: {} });
    } else {
      const event = known.events.find(({ seq }) => seq === row.seq);
      if (!event) throw new Error(`${name} is a detail of nothing`);
      event.detail[more.join('/')] = value;
    }
  }
}

function meanOf(width: number, count: unknown): Pick<ReadingFact, 'mean'> {
  return count === undefined ? {} : { mean: { width: rounded(width), count: Number(count) } };
}

function madeOf({
  calibration,
  correction,
  doubts,
}: Record<string, unknown>): Pick<ReadingFact, 'calibration' | 'correction' | 'doubts'> {
  return {
    ...(calibration !== undefined && { calibration: Number(calibration) }),
    ...(correction !== undefined && { correction: String(correction) }),
    ...(doubts !== undefined && { doubts: String(doubts).split(' ') }),
  };
}

const quality: Record<string, number> = { pass: 1, notEvaluated: 2, suspect: 3, fail: 4, missing: 9 };

/** Home Assistant, and the program beside it that keeps the backlog. */
export function homeReceiver(): Receiver {
  const known: Receiver = {
    readings: [],
    events: [],
    online: undefined,
    hear({ topic, payload }) {
      const [, device = '', what = '', ...levels] =
        /^city\/shelters\/([^/]+)\/([^/]+)\/?(.*)$/.exec(topic) ?? [];
      if (topic.startsWith('homeassistant/')) JSON.parse(text(payload));
      else if (what === 'status') known.online = presence(payload);
      else if (what === 'backlog') takePack(resolve(payload), known);
      else {
        const said = JSON.parse(text(payload));
        const { epoch, seq, source, kind, detail } = said;
        const row = { device, epoch, seq, time: said.time === null ? null : Date.parse(said.time) };
        if (seq === undefined) return;
        if (what === 'state') {
          const raw = orNull('raw' in said ? said.raw : said.value);
          const facts = { stream: levels.join('/'), value: orNull(said.value), raw };
          const made = madeOf(said);
          known.readings.push({ ...row, ...facts, ...made, quality: quality[said.quality] ?? Number.NaN });
        } else known.events.push({ ...row, source, kind, detail });
      }
    },
  };
  return known;
}

/** A Sparkplug host that takes nothing which the standard does not allow. */
export function sparkplugReceiver(): Receiver {
  const declared = new Map<string, number>();
  let bdSeq: unknown;
  let next = Number.NaN;
  const known: Receiver = { readings: [], events: [], online: undefined, hear };

  function hear({ topic, payload, retain }: Message): void {
    const [, verb = '', node = ''] =
      /^spBv1\.0\/[^/+#]+\/(NBIRTH|NDATA|NDEATH)\/([^/+#]+)$/.exec(topic) ?? [];
    const { seq, metrics } = readSparkplug(payload);
    if (retain) throw new Error(`${topic} is retained`);
    if (verb === 'NDEATH') {
      if (seq !== undefined) throw new Error('a death has a seq');
      if (known.online && metrics[0]?.value !== bdSeq) throw new Error('the death of another connection');
      known.online = false;
      return;
    }
    for (const metric of metrics) checkMetric(metric);
    checkOrder(metrics);
    if (verb === 'NBIRTH') {
      takeBirth(metrics);
      next = 0;
    }
    if (seq !== next) throw new Error(`seq ${seq} where ${next} was due`);
    next = (next + 1) % 256;
    if (verb === 'NDATA') for (const metric of metrics) takeData(metric, node);
  }

  function takeBirth(metrics: readonly SparkplugMetric[]): void {
    declared.clear();
    for (const { name, datatype } of metrics) {
      if (declared.has(name)) throw new Error(`${name} is declared twice`);
      declared.set(name, datatype);
    }
    const rebirth = metrics.find(({ name }) => name === 'Node Control/Rebirth');
    if (rebirth?.value !== false || rebirth.datatype !== 11) throw new Error('no control of rebirth');
    const birth = metrics.find(({ name }) => name === 'bdSeq');
    if (birth?.datatype !== 4) throw new Error('no bdSeq');
    bdSeq = birth.value;
    known.online = true;
  }

  function takeData(metric: SparkplugMetric, device: string): void {
    const { name, timestamp, value, datatype, properties = {} } = metric;
    if (declared.get(name) !== datatype) throw new Error(`${name} was not declared so`);
    const { epoch, seq, clockSet = true, detail, raw, flag, width, count } = properties;
    const row = { device, epoch: String(epoch), seq: Number(seq), time: clockSet ? timestamp : null };
    const [, source] = /^Events\/(.+)$/.exec(name) ?? [];
    if (source !== undefined) {
      known.events.push({ ...row, source, kind: String(value), detail: JSON.parse(String(detail ?? '{}')) });
    } else {
      const number = orNull(value);
      const before = raw === undefined ? number : orNull(raw);
      const mean = meanOf(Number(width), count);
      known.readings.push({
        ...row,
        stream: name,
        value: number,
        raw: before,
        quality: Number(flag),
        ...madeOf(properties),
        ...mean,
      });
    }
  }

  return known;
}

function checkMetric({ name, timestamp, datatype, properties }: SparkplugMetric): void {
  if (!name || timestamp === undefined || !datatype) throw new Error(`${name} lacks time or type`);
  const { Quality } = properties ?? {};
  if (Quality !== undefined && ![0, 192, 500].includes(Number(Quality)))
    throw new Error(`Quality ${Quality}`);
}

function checkOrder(metrics: readonly SparkplugMetric[]): void {
  const times = metrics.filter((metric) => !metric.is_historical).map(({ timestamp }) => timestamp);
  if (times.some((time, index) => time < (times[index - 1] ?? 0)))
    throw new Error('not in the order of time');
}
