import { type PropertyId, properties } from '../../../config/catalogue/properties.js';
import { quality } from '../../../config/catalogue/quality.js';
import type { StoredEvent, StoredReading, Stream } from '../../../runtime/reading.js';

export function stream(sensor: string, property: PropertyId): Stream {
  return { id: `${sensor}/${property}`, sensor, property, unit: properties[property].unit };
}

export function reading(seq: number, given: Partial<StoredReading> = {}): StoredReading {
  return {
    seq,
    stream: stream('air', 'pm2_5'),
    time: Date.UTC(2026, 2, 1) + seq * 1_000,
    monotonic: seq * 1_000,
    value: 12,
    raw: 'value' in given ? (given.value ?? null) : 12,
    quality: quality.pass,
    ...given,
  };
}

export function event(seq: number, given: Partial<StoredEvent> = {}): StoredEvent {
  return {
    seq,
    kind: 'button.pressed',
    source: 'help',
    time: Date.UTC(2026, 2, 1) + seq * 1_000,
    monotonic: seq * 1_000,
    detail: {},
    ...given,
  };
}
