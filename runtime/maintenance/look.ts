import { properties } from '../../config/catalogue/properties.js';
import { quality, qualityName } from '../../config/catalogue/quality.js';
import { units } from '../../config/catalogue/units.js';
import type { Clock } from '../../drivers/ports.js';
import type { Maintenance, MaintenanceStream } from '../api/maintenance.js';
import type { CalibrationVersion } from '../calibrations.js';
import type { Latest } from '../latest.js';
import { isoTime } from '../view.js';

export interface LookParts {
  latest: readonly Latest[];
  calibrations: readonly CalibrationVersion[];
  clock: Clock;
  /** How far the wall time was set since the start, in ms. */
  clockMoved: number;
}

/** What a technician reads of the sensors and the clock. */
export function lookInside({
  latest,
  calibrations,
  clock,
  clockMoved,
}: LookParts): Omit<Maintenance, 'lasts'> {
  return {
    streams: latest.map((each) => viewStream(each, calibrations, clock.monotonic())),
    clock: { time: isoTime(clock.now()), moved: Math.round(clockMoved) / 1_000 },
  };
}

function viewStream(
  { stream, valued }: Latest,
  calibrations: readonly CalibrationVersion[],
  monotonic: number,
): MaintenanceStream {
  const { unit, digits } = properties[stream.property];
  const made = calibrations.find((each) => each.stream === stream.id && each.version === valued?.calibration);
  return {
    stream: stream.id,
    sensor: stream.sensor,
    property: stream.property,
    symbol: units[unit].symbol,
    digits,
    raw: valued?.raw ?? null,
    value: valued?.value ?? null,
    age: valued ? Math.round(Math.max(0, monotonic - valued.monotonic)) / 1_000 : null,
    flag: qualityName(valued?.quality ?? quality.missing),
    doubts: [...(valued?.doubts ?? [])],
    calibration: made ? { version: made.version, gain: made.gain, offset: made.offset } : null,
    correction: valued?.correction ?? null,
  };
}
