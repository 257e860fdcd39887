import type { Sample } from '../../../drivers/contract.js';
import type { Cancel } from '../../../drivers/ports.js';

/** The way to one sensor, whatever carries it. Opened, asked and closed by the sampler alone. */
export interface SensorLink {
  /** How long before the measurement `sample` has to begin, in ms: the warm-up of a sensor that sleeps. */
  readonly lead: number;
  /** Makes the sensor ready; rejects with a DriverError. */
  open(): Promise<void>;
  /** Takes one sample; rejects with a DriverError where none comes in time. */
  sample(): Promise<Sample>;
  /** Called when the sensor goes away between two samples. */
  onLost(listener: (error: Error) => void): Cancel;
  /** The time between two samples, in ms, for a link whose device has to know it; it holds from the next `open`. */
  setCadence?(interval: number): void;
  /** Has the sensor blow its fan clean; absent where it cannot. Rejects with a DriverError. */
  cleanFan?(): Promise<void>;
  /** Gives the port back; never rejects. */
  close(): Promise<void>;
}
