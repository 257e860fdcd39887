import type { CorrectionId } from '../config/catalogue/corrections.js';
import type { PropertyId } from '../config/catalogue/properties.js';
import type { Quality, TestId } from '../config/catalogue/quality.js';
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
  /**
   * In the stream's unit: the calibrated value, or the corrected one where `correction` names one; null where the
   * sensor gave none (quality `missing`).
   */
  value: number | null;
  /** What the sensor said, before calibration and correction. */
  raw: number | null;
  /** Which version of the stream's calibration made it; absent where the stream was never calibrated. */
  calibration?: number;
  /** What corrected the value; absent where nothing did. */
  correction?: CorrectionId;
  /** The calibrated value, which was corrected and which the flag is about; absent where nothing corrected it. */
  calibrated?: number;
  quality: Quality;
  /** The tests that found it suspect or failed; absent where none did. */
  doubts?: readonly TestId[];
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
