import type { z } from 'zod';
import type { PropertyId, Range } from '../config/catalogue/properties.js';
import { ShelterError, type ShelterErrorCode } from '../config/errors.js';
import type { FirmataComponent, SerialLine } from './ports.js';

/** What a driver returns: one value per channel, in the unit the catalogue gives for the channel's property. */
export type Sample = Readonly<Partial<Record<PropertyId, number>>>;

/** One output of a driver. A driver has at most one channel per observed property. */
export interface Channel {
  /** What the sensor can measure, in the property's unit. */
  range: Range;
  /** The smallest step between two values. */
  resolution: number;
  /** Present where the end of the range stands for whatever lies beyond, and so for no measurement. */
  saturates?: true;
}

export type Channels = Readonly<Partial<Record<PropertyId, Channel>>>;

/** A failure of a device or of the way to it. */
export class DriverError extends ShelterError {
  override readonly name = 'DriverError';
}

export type DriverErrorCode = ShelterErrorCode;

interface Model<Options> {
  /** The name in site files and commands: lower case, as on the part. */
  model: string;
  /** The name people know it by, with its maker. */
  title: string;
  /** Where its facts come from. */
  datasheet: string;
  /** The strict schema of its `options` in a site file, every option with a default. */
  options: z.ZodType<Options>;
}

interface Sampled {
  channels: Channels;
  interval: {
    /** Used where the site file gives none, in ms. */
    default: number;
    /** The shortest the part bears, in ms. */
    least: number;
  };
}

/** A run of bytes that is one message of a device's protocol. */
export type Frame = Uint8Array;

/** How frames stand out from a byte stream. */
export interface Framing {
  /** The bytes every frame starts with. */
  head: readonly number[];
  /** The fewest bytes from the first of a frame on that `length` looks at. */
  needs: number;
  /**
   * The whole length of the frame that starts so, told from as many bytes as there are: `open` where its end is yet to
   * come, undefined where no frame can start so.
   */
  length(start: Uint8Array): number | 'open' | undefined;
  /** True when checksum and tail of a whole frame are right. */
  valid(frame: Frame): boolean;
}

/**
 * What a valid frame says: a measurement, that there is none since the last one, the answer to a command, or nothing
 * for us.
 */
export type Decoded =
  | { kind: 'sample'; sample: Sample }
  | { kind: 'unready' }
  | { kind: 'acknowledgement' }
  | { kind: 'other' };

/** Bytes to send and how to know that they were understood. */
export interface Command {
  /** What it does, for messages. */
  name: string;
  bytes: Uint8Array;
  /** True for the frame that acknowledges it; absent where the device never does. */
  acknowledgedBy?: (frame: Frame) => boolean;
}

/** How a serial sensor is asked for samples; the sampler carries it out. */
export interface SerialPlan {
  /** Sent in order after each opening of the port. */
  prepare: readonly Command[];
  /** How long after it was prepared, in ms, no sample counts: its fan has just started. Absent where it never stops. */
  settling?: number;
  /** Sent for each sample; absent where the device reports by itself. */
  request?: Command;
  /** Between two samples the sensor sleeps; after waking, frames within `warmUp` ms are discarded. */
  rest?: { sleep: Command; wake: Command; warmUp: number };
  /** Has the fan blow itself clean, which takes `lasts` ms; absent where the sensor cannot. */
  cleanFan?: { command: Command; lasts: number };
  /** Without a valid frame for so long, in ms, after one was due, the device counts as silent. */
  patience: number;
}

/** A sensor on a serial line, decoded frame by frame. */
export interface SerialDriver<Options = unknown> extends Model<Options>, Sampled {
  link: 'serial';
  line: SerialLine;
  framing: Framing;
  /** Decodes a valid frame. Throws a DriverError where the frame contradicts itself or tells of a failure. */
  decode(frame: Frame): Decoded;
  plan(options: Options): SerialPlan;
}

/** A sensor of the DHT family on one GPIO line. */
export interface DhtDriver<Options = unknown> extends Model<Options>, Sampled {
  link: 'dht';
  type: 11 | 22;
  decode(raw: { temperature: number; humidity: number }): Sample;
}

/** A sensor on the I2C bus of a Firmata board. */
export interface FirmataDriver<Options = unknown> extends Model<Options>, Sampled {
  link: 'firmata';
  component(options: Options, interval: number): FirmataComponent;
  /** Turns johnny-five's reading into a sample. */
  decode(reading: Readonly<Record<string, number>>): Sample;
  /** Without a reading for so long, in ms, after one was due, the device counts as silent. */
  patience: number;
}

/** A contact or detector on a GPIO line that reports changes. */
export interface InputDriver<Options = unknown> extends Model<Options> {
  link: 'input';
  settings(options: Options): { activeLow: boolean; debounce: number };
  /** What the two levels mean, such as `released` and `pressed`. */
  states: readonly [inactive: string, active: string];
}

/** A lamp or a relay on a GPIO line. */
export interface OutputDriver<Options = unknown> extends Model<Options> {
  link: 'output';
  settings(options: Options): { activeLow: boolean };
  /** Whether it may blink so that somebody finds the shelter; nothing that moves or heats may. */
  mayBlink: boolean;
  states: readonly [off: string, on: string];
}

export type SensorDriver = SerialDriver | DhtDriver | FirmataDriver;
export type Driver = SensorDriver | InputDriver | OutputDriver;

/** Declares a driver, with its functions checked against the type of its options. */
export function defineDriver<Options>(driver: SerialDriver<Options>): SerialDriver<Options>;
export function defineDriver<Options>(driver: DhtDriver<Options>): DhtDriver<Options>;
export function defineDriver<Options>(driver: FirmataDriver<Options>): FirmataDriver<Options>;
export function defineDriver<Options>(driver: InputDriver<Options>): InputDriver<Options>;
export function defineDriver<Options>(driver: OutputDriver<Options>): OutputDriver<Options>;
export function defineDriver(driver: Driver): Driver {
  return Object.freeze(driver);
}
