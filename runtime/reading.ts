import type { PropertyId } from '../config/catalogue/properties.js';
import type { Quality } from '../config/catalogue/quality.js';
import type { UnitId } from '../config/catalogue/units.js';

/** Sensor × property × unit: what a sequence of readings is about. Its id is `sensor/property`. */
export interface Stream {
  id: string;
  sensor: string;
  property: PropertyId;
  unit: UnitId;
}

/** A fact: what a stream gave at a time, and how far to believe it. */
export interface Reading {
  stream: Stream;
  /** Wall time in ms since 1970. */
  time: number;
  /** Milliseconds on the monotonic time of this boot. */
  monotonic: number;
  /** The calibrated value in the stream's unit; null where the sensor gave none (quality `missing`). */
  value: number | null;
  /** What the sensor said, before calibration. */
  raw: number | null;
  quality: Quality;
  /** Present where the wall time is not to be believed: the clock had not been synchronised. */
  unsynchronised?: true;
}

/** A reading that is committed. (device, epoch, seq) is its name for ever. */
export interface StoredReading extends Reading {
  seq: number;
  /**
   * Present where single readings had to give way: then this is the mean of `count` readings of this stream within
   * `width` ms from `time` on, under the seq of the last. (device, epoch, seq, width) is its name for ever.
   */
  mean?: { width: number; count: number };
}

/** Something that happened: a button, a door, a sensor lost. */
export interface ShelterEvent {
  /** What happened, such as `button.pressed` or `sensor.lost`. */
  kind: string;
  /** The id of the sensor, output or part it happened to. */
  source: string;
  time: number;
  monotonic: number;
  /** Plain data for upstream and the log. */
  detail: Readonly<Record<string, string | number | boolean>>;
  /** Present where the wall time is not to be believed: the clock had not been synchronised. */
  unsynchronised?: true;
}

export interface StoredEvent extends ShelterEvent {
  seq: number;
}
