import type { PropertyId } from '../../config/catalogue/properties.js';
import type { Channel, Decoded, Frame, Framing, Sample, SerialDriver } from '../contract.js';
import { sum, view } from '../framing/bytes.js';

/**
 * What all particle sensors of Plantower share: frames of 16-bit words, high byte first, behind `42 4D` and a length.
 * A model is the list of its words.
 */

/** A word of a data frame, in the order of the frame. */
export interface Word extends Channel {
  property: PropertyId;
  /** How many of the word's units make one unit of the property. */
  divisor: 1 | 10;
  signed: boolean;
}

const whole = (property: PropertyId, most: number): Word => ({
  property,
  divisor: 1,
  signed: false,
  range: [0, most],
  resolution: 1,
});

/** PM by the factory's calibration (CF=1), then as it is in the open air: in dense smoke two thirds of that. */
export const masses: readonly Word[] = [
  whole('pm1_cf1', 1_500),
  whole('pm2_5_cf1', 1_500),
  whole('pm10_cf1', 1_500),
  whole('pm1', 1_000),
  whole('pm2_5', 1_000),
  whole('pm10', 1_000),
];

/** Particles larger than 0.3, 0.5, 1 and 2.5 µm. */
export const fineCounts: readonly Word[] = [
  whole('particles_0_3', 65_535),
  whole('particles_0_5', 65_535),
  whole('particles_1_0', 65_535),
  whole('particles_2_5', 65_535),
];

/** Particles larger than 0.3, 0.5, 1, 2.5, 5 and 10 µm. */
export const counts: readonly Word[] = [
  ...fineCounts,
  whole('particles_5_0', 65_535),
  whole('particles_10', 65_535),
];

/** In thousandths of mg/m³, which are µg/m³. */
export const formaldehyde = whole('formaldehyde', 2_000);

export const climate: readonly Word[] = [
  { property: 'temperature', divisor: 10, signed: true, range: [-20, 99], resolution: 0.1 },
  { property: 'humidity', divisor: 10, signed: false, range: [0, 100], resolution: 0.1 },
];

/** What tells one model from another. */
export interface PlantowerModel {
  model: string;
  title: string;
  datasheet: string;
  /** Length of a data frame in bytes. */
  frameLength: number;
  /** The words of a data frame from byte 4 on, as far as they say something. */
  words: readonly Word[];
}

/** All of a driver but how the sensor is asked. */
export function plantower({ frameLength, words, ...names }: PlantowerModel) {
  return {
    link: 'serial',
    ...names,
    channels: Object.fromEntries(
      words.map(({ property, range, resolution }) => [property, { range, resolution }]),
    ),
    interval: { default: 10_000, least: 1_000 },
    line: { baudRate: 9_600 },
    framing: framing(frameLength),
    decode: (frame: Frame) => decode(frame, words),
  } satisfies Partial<SerialDriver>;
}

/** Length in bytes of what answers a command, in every model that takes any. */
export const acknowledgementLength = 8;

function framing(frameLength: number): Framing {
  return {
    head: [0x42, 0x4d],
    needs: 4,
    length(start) {
      const length = view(start).getUint16(2) + 4;
      return length === frameLength || length === acknowledgementLength ? length : undefined;
    },
    valid: (frame) => view(frame).getUint16(frame.length - 2) === (sum(frame.subarray(0, -2)) & 0xffff),
  };
}

function decode(frame: Frame, words: readonly Word[]): Decoded {
  if (frame.length === acknowledgementLength) return { kind: 'acknowledgement' };
  const data = view(frame.subarray(4));
  const sample: Sample = Object.fromEntries(
    words.map(({ property, divisor, signed }, index) => {
      const value = signed ? data.getInt16(2 * index) : data.getUint16(2 * index);
      return [property, value / divisor];
    }),
  );
  return { kind: 'sample', sample };
}
