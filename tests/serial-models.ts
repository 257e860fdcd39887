import fc from 'fast-check';
import type { PropertyId } from '../config/catalogue/properties.js';
import type { Sample, SerialDriver } from '../drivers/contract.js';
import { findDriver } from '../drivers/index.js';
import type { PlantowerEncoder, PlantowerReport } from '../simulators/models/plantower.js';
import { encodePms3003 } from '../simulators/models/pms3003.js';
import { encodePms5003 } from '../simulators/models/pms5003.js';
import { encodePms5003st } from '../simulators/models/pms5003st.js';
import { encodePms5003t } from '../simulators/models/pms5003t.js';
import { encodePms7003 } from '../simulators/models/pms7003.js';
import { encodePmsa003 } from '../simulators/models/pmsa003.js';
import { encodeSds011Report } from '../simulators/models/sds011.js';
import { encodeSps30Values, type Sps30Values } from '../simulators/models/sps30.js';

/** Each serial sensor as its driver sees it, with frames that its twin can send and what those say. */
export interface SerialModel {
  driver: SerialDriver;
  messages: fc.Arbitrary<Message>;
  /** Of its frames, in bytes; 40 where it is not said. */
  longest?: number;
}

export interface Message {
  frame: Uint8Array;
  says: Sample;
}

const word = fc.nat(0xffff);
const signedWord = fc.integer({ min: -0x8000, max: 0x7fff });

/** Every report that a Plantower can make without contradicting itself. */
export const plantowerReports: fc.Arbitrary<PlantowerReport> = fc.record({
  cf1: fc.tuple(word, word, word),
  atmospheric: fc.tuple(word, word, word),
  counts: fc.tuple(fc.integer({ min: 1, max: 0xffff }), word, word, word, word, word),
  formaldehyde: word,
  temperature: signedWord.map((tenths) => tenths / 10),
  humidity: word.map((tenths) => tenths / 10),
});

/** What a report says, by the names of the catalogue. */
export function plantowerSample(report: PlantowerReport): Sample {
  const [pm1_cf1, pm2_5_cf1, pm10_cf1] = report.cf1;
  const [pm1, pm2_5, pm10] = report.atmospheric;
  const [particles_0_3, particles_0_5, particles_1_0, particles_2_5, particles_5_0, particles_10] =
    report.counts;
  const { formaldehyde, temperature, humidity } = report;
  return {
    ...{ pm1_cf1, pm2_5_cf1, pm10_cf1, pm1, pm2_5, pm10 },
    ...{ particles_0_3, particles_0_5, particles_1_0, particles_2_5, particles_5_0, particles_10 },
    ...{ formaldehyde, temperature, humidity },
  };
}

/** The sample a driver must make of a report, by the channels that its model has. */
export function sampleOf(report: PlantowerReport, channels: SerialDriver['channels']): Sample {
  return Object.fromEntries(
    Object.entries(plantowerSample(report)).filter(([property]) => property in channels),
  );
}

/** What a measurement says, as far as the driver gives it. */
export function sps30Sample({ mass, number, typicalSize }: Sps30Values): Sample {
  const [pm1, pm2_5, pm4, pm10] = mass;
  const [particles_to_0_5, particles_to_1_0, particles_to_2_5, particles_to_4_0, particles_to_10] = number;
  return {
    ...{ pm1, pm2_5, pm4, pm10 },
    ...{ particles_to_0_5, particles_to_1_0, particles_to_2_5, particles_to_4_0, particles_to_10 },
    typical_particle_size: typicalSize,
  };
}

const tenths = fc.nat(100_000).map((whole) => whole / 10);

const sps30Values: fc.Arbitrary<Sps30Values> = fc.record({
  mass: fc.tuple(tenths, tenths, tenths, tenths),
  number: fc.tuple(tenths, tenths, tenths, tenths, tenths),
  typicalSize: fc.nat(1_000).map((whole) => whole / 100),
});

export const plantowerEncoders: Readonly<Record<string, PlantowerEncoder>> = {
  pms3003: encodePms3003,
  pms5003: encodePms5003,
  pms7003: encodePms7003,
  pmsa003: encodePmsa003,
  pms5003t: encodePms5003t,
  pms5003st: encodePms5003st,
};

export function serialDriver(model: string): SerialDriver {
  const driver = findDriver(model);
  if (driver?.link !== 'serial') throw new Error(`${model} has no serial driver`);
  return driver;
}

export const serialModels: readonly SerialModel[] = [
  {
    driver: serialDriver('sds011'),
    messages: fc.record({ pm2_5: word, pm10: word }).map((tenths) => {
      const says = { pm2_5: tenths.pm2_5 / 10, pm10: tenths.pm10 / 10 };
      return { frame: encodeSds011Report(says), says };
    }),
  },
  {
    driver: serialDriver('sps30'),
    messages: sps30Values.map((values) => ({ frame: encodeSps30Values(values), says: sps30Sample(values) })),
    longest: 92,
  },
  ...Object.entries(plantowerEncoders).map(([model, encode]) => {
    const driver = serialDriver(model);
    return {
      driver,
      messages: plantowerReports.map((report) => ({
        frame: encode(report),
        says: sampleOf(report, driver.channels),
      })),
    };
  }),
];

/**
 * Models whose data frames nothing in them tells apart: the same head, length and checksum. Which of them is wired can
 * only be known from the site file.
 */
const sameFrames = [['pms5003', 'pms7003', 'pmsa003', 'pms5003t']];

export function haveSameFrames(model: string, other: string): boolean {
  return model === other || sameFrames.some((group) => group.includes(model) && group.includes(other));
}

/** The properties that a driver gives. */
export function channelNames(driver: SerialDriver): PropertyId[] {
  return Object.keys(driver.channels) as PropertyId[];
}
