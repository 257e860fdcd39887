import { type Quality, quality } from '../../../config/catalogue/quality.js';
import { units } from '../../../config/catalogue/units.js';
import type { Reading, StoredEvent, StoredReading, Stream } from '../../reading.js';
import type { Message } from '../message.js';
import type { Codec, Device, Dialogue, Speaker } from './codec.js';
import { isDated, isMeasured } from './known.js';
import { isOldEvent } from './old-events.js';
import { provenance } from './provenance.js';
import { commands, type Metric, type Value, writePayload } from './sparkplug-payload.js';

/**
 * Sparkplug B 3.0: the shelter is an edge node without devices, in a group named as the topic prefix.
 *
 * Each stream is a metric of doubles named `sensor/property`, in the unit of the catalogue. A reading without a number
 * is null. Each source of events is a metric of strings, `Events/SOURCE`, whose value is what happened. Rows of an
 * outage are historical. What the standard has no word for stands in properties:
 * - `epoch` and `seq`: (node, epoch, seq) names a row, so that one sent twice is counted once;
 * - `flag`, the quality flag (QARTOD: 1 pass, 2 not evaluated, 3 suspect, 4 fail, 9 missing), as `Quality` only knows
 *   good, bad and stale; what is suspect is good there, for a rare value may well be true;
 * - `raw`, where calibration or correction changed what the sensor said;
 * - `calibration`, where the stream was ever calibrated: the version, of which the event `sensor.calibrated` tells;
 * - `correction`, where one was made: its name;
 * - `doubts`, where it is suspect or failed: the quality tests that say so, separated by spaces;
 * - `count` and `width`, where single readings had to give way: the value is the mean of so many within `width` ms from
 *   its time on, and the width belongs to its name;
 * - `clockSet`, false where the time of the row is that of a clock that was not set;
 * - `detail` of an event, as JSON.
 *
 * One MUST of the standard is not obeyed: births and data go out at QoS 1, not 0. A row is only settled when the
 * broker has acknowledged it, and QoS 0 acknowledges nothing, so a row would be lost whenever a connection breaks. To
 * a host that makes no difference: it gets each message in order, and once in a session, as sessions are clean and
 * nothing is repeated in one; with a subscription of QoS 0 it even gets it at QoS 0. A row repeated in a later session
 * carries the same `seq`. A message that the broker refuses leaves a gap in the payloads' own `seq`, at which a host
 * asks for a rebirth.
 */
export function createSparkplugB(): Codec {
  let connections = 0;
  return { name: 'sparkplug-b', begin: (speaker) => converse(speaker, connections++ % 256) };
}

const rebirth = 'Node Control/Rebirth';

/** The values of `Quality` that the standard knows. */
const goodness = { bad: 0, good: 192, stale: 500 } as const;

/** @param bdSeq tells this connection's birth and death from those of other connections */
function converse(speaker: Speaker, bdSeq: number): Dialogue {
  const { device, now } = speaker;
  const group = speaker.prefix.replaceAll('/', '-');
  const topicOf = (verb: string) => `spBv1.0/${group}/${verb}/${device.id}`;
  const connection = (): Metric => ({ name: 'bdSeq', timestamp: now(), type: 'Int64', value: bdSeq });
  const will = {
    topic: topicOf('NDEATH'),
    payload: writePayload({ timestamp: now(), metrics: [connection()] }),
    retain: false,
  };
  /** What was met in rows, beyond the streams and inputs that the shelter has now. */
  const metStreams = new Map<string, Stream>();
  const metSources = new Set(speaker.inputs.map(({ id }) => id));
  let declared = new Set<string>();
  let seq = 0;

  function say(verb: 'NBIRTH' | 'NDATA', metrics: readonly Metric[]): Message {
    const payload = writePayload({ timestamp: now(), seq, metrics });
    seq = (seq + 1) % 256;
    return { topic: topicOf(verb), payload, retain: false };
  }

  /** Declares every metric there is, with its present value. */
  function birth(): Message {
    const latest = new Map(speaker.latest().map((reading) => [reading.stream.id, reading]));
    const streams = new Map(
      [...metStreams.values(), ...speaker.streams()].map((stream) => [stream.id, stream]),
    );
    const metrics = [
      connection(),
      ...aboutNode(speaker),
      ...[...streams.values()].map((stream) => presentMetric(stream, latest.get(stream.id), speaker)),
      ...[...metSources].map((source) => eventMetric(source, now(), null)),
    ];
    declared = new Set(metrics.map(({ name }) => name));
    seq = 0;
    return say('NBIRTH', metrics.toSorted(inTime));
  }

  /** Says metrics, after a new birth where one of them was not in the last: the standard lets no other follow it. */
  function tell(metrics: readonly Metric[]): Message[] {
    const births = metrics.every(({ name }) => declared.has(name)) ? [] : [birth()];
    return [...births, say('NDATA', metrics.toSorted(inTime))];
  }

  return {
    will,
    greeting: () => [birth()],
    farewell: () => [will],
    readings(rows, age) {
      for (const { stream } of rows) metStreams.set(stream.id, stream);
      return tell(
        rows.map((row) => ({ ...storedMetric(row, device), ...(age === 'backlog' && historical) })),
      );
    },
    events(rows) {
      for (const { source } of rows) metSources.add(source);
      return tell(
        rows.map((row) => ({ ...storedEvent(row, device), ...(isOldEvent(row, now()) && historical) })),
      );
    },
    listens: [topicOf('NCMD')],
    hear: ({ topic, payload }) => (topic === topicOf('NCMD') && commands(payload, rebirth) ? [birth()] : []),
  };
}

const historical = { historical: true } as const;

function inTime(a: Metric, b: Metric): number {
  return a.timestamp - b.timestamp;
}

function aboutNode({ device, name, version, now }: Speaker): Metric[] {
  const timestamp = now();
  const text = (label: string, value: string): Metric => ({ name: label, timestamp, type: 'String', value });
  return [
    { name: rebirth, timestamp, type: 'Boolean', value: false },
    text('Properties/Version', version),
    text('Properties/Epoch', device.epoch),
    ...Object.entries(name).map(([language, value]) => text(`Properties/Name/${language}`, value)),
  ];
}

/** What a stream gave last; null where that is nothing yet. */
function presentMetric(stream: Stream, latest: Reading | undefined, { now, staleAfter }: Speaker): Metric {
  const time = now();
  const unit = { engUnit: { type: 'String', value: units[stream.unit].symbol } } as const;
  if (!latest) {
    const properties = { ...unit, Quality: { type: 'Int32', value: goodness.stale } } as const;
    return { name: stream.id, timestamp: time, type: 'Double', value: null, properties };
  }
  const metric = readingMetric(latest);
  const stale = time - latest.time >= staleAfter(stream) && {
    Quality: { type: 'Int32', value: goodness.stale } as const,
  };
  return { ...metric, properties: { ...metric.properties, ...unit, ...stale } };
}

function storedMetric(row: StoredReading, device: Device): Metric {
  const metric = readingMetric(row);
  return { ...metric, properties: { ...metric.properties, ...nameOf(row.seq, device), ...spanOf(row) } };
}

function spanOf({ mean }: StoredReading): Record<string, Value> {
  if (!mean) return {};
  return { width: { type: 'UInt64', value: mean.width }, count: { type: 'UInt64', value: mean.count } };
}

function readingMetric(reading: Reading): Metric {
  const { stream, time, value, raw, quality: flag } = reading;
  const { calibration, correction, doubts } = provenance(reading);
  const properties: Record<string, Value> = {
    Quality: { type: 'Int32', value: isMeasured(value) ? goodnessOf(flag) : goodness.bad },
    flag: { type: 'Int32', value: flag },
    ...(isMeasured(raw) && raw !== value && { raw: { type: 'Double', value: raw } }),
    ...(calibration !== undefined && { calibration: { type: 'UInt64', value: calibration } }),
    ...(correction !== undefined && { correction: { type: 'String', value: correction } }),
    ...(doubts !== undefined && { doubts: { type: 'String', value: doubts } }),
    ...clock(reading),
  };
  return {
    name: stream.id,
    timestamp: time,
    type: 'Double',
    value: isMeasured(value) ? value : null,
    properties,
  };
}

function goodnessOf(flag: Quality): number {
  return flag === quality.fail || flag === quality.missing ? goodness.bad : goodness.good;
}

function storedEvent(event: StoredEvent, device: Device): Metric {
  const { source, time, kind, detail, seq } = event;
  const properties: Record<string, Value> = {
    ...(Object.keys(detail).length > 0 && { detail: { type: 'String', value: JSON.stringify(detail) } }),
    ...clock(event),
    ...nameOf(seq, device),
  };
  return { ...eventMetric(source, time, kind), properties };
}

function eventMetric(source: string, timestamp: number, kind: string | null): Metric {
  return { name: `Events/${source}`, timestamp, type: 'String', value: kind };
}

function clock(row: Reading | StoredEvent): Record<string, Value> {
  return isDated(row) ? {} : { clockSet: { type: 'Boolean', value: false } };
}

function nameOf(seq: number, { epoch }: Device): Record<string, Value> {
  return { epoch: { type: 'String', value: epoch }, seq: { type: 'UInt64', value: seq } };
}
