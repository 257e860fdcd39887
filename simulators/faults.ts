import type { Cancel, Clock } from '../drivers/ports.js';
import type { Air, SensedAir } from './contract.js';
import { type Random, wholeNumber } from './random.js';

/**
 * The ways a device fails. Each acts at one place: on the air that it measures, on the wire that it talks on, or on
 * its plug; so any device can have it.
 */
export type Fault =
  | { at: 'plug'; about: string }
  | { at: 'wire'; about: string; begin(circumstances: Circumstances): FaultyWire }
  | { at: 'air'; about: string; begin(circumstances: Circumstances, now: Air): FaultyAir };

/** What a fault may use. */
export interface Circumstances {
  clock: Clock;
  random: Random;
}

export interface FaultyWire {
  /** Takes one message of the device and hands on, at once or later, what becomes of it. */
  carry(message: Uint8Array, handOn: (bytes: Uint8Array) => void): void;
  /** Forgets what was to come later. */
  end(): void;
}

/** What the device measures where there is this air. */
export type FaultyAir = (air: Air) => SensedAir;

/** No weather has it, and it is beyond what any of the sensors is made for. */
const impossible: Air = {
  temperature: 128,
  humidity: 120,
  pressure: 1_200,
  pm1: 6_000,
  pm2_5: 7_000,
  pm10: 8_000,
};

/** How far each value wanders in an hour: fast enough to see, slow enough to pass for weather. */
const driftPerHour: Air = { temperature: 6, humidity: -20, pressure: 6, pm1: 60, pm2_5: 80, pm10: 120 };

/** Sensors that were reset and not set up again, or that nothing answers for. */
const nothing: Air = { temperature: 0, humidity: 0, pressure: 0, pm1: 0, pm2_5: 0, pm10: 0 };

const msPerSlowByte = 50;

const catalogue = {
  unplugged: {
    at: 'plug',
    about: 'the cable is pulled and the port vanishes; the device starts anew when it is cleared',
  },
  silent: {
    at: 'wire',
    about: 'the port stays, but nothing comes from it',
    begin: () => eachMessage(() => undefined),
  },
  truncated: {
    at: 'wire',
    about: 'the end of every message is missing',
    begin: ({ random }) =>
      eachMessage((message) => message.slice(0, wholeNumber(random, 0, message.length - 1))),
  },
  'bad-checksum': {
    at: 'wire',
    about: 'one bit in the second half of every message is wrong, so that no checksum is right',
    begin: ({ random }) => eachMessage((message) => withWrongBit(message, random)),
  },
  garbage: {
    at: 'wire',
    about: 'random bytes come instead of messages, as at a wrong baud rate',
    begin: ({ random }) => eachMessage((message) => message.map(() => wholeNumber(random, 0, 255))),
  },
  slow: {
    at: 'wire',
    about: `messages trickle out, ${1_000 / msPerSlowByte} bytes a second; what is due meanwhile is lost`,
    begin: ({ clock }) => trickle(clock),
  },
  stuck: {
    at: 'air',
    about: 'the values stay as they were when the fault began',
    begin: (_, now) => () => now,
  },
  drifting: {
    at: 'air',
    about: 'the values wander away from the truth, by 6 °C and 80 µg/m³ of PM2.5 an hour',
    begin: ({ clock }) => {
      const start = clock.monotonic();
      return (air) => drifted(air, (clock.monotonic() - start) / 3_600_000);
    },
  },
  'out-of-range': {
    at: 'air',
    about: 'the values are ones that no air can have',
    begin: () => () => impossible,
  },
  'bit-shift': {
    at: 'air',
    about: 'every message is read one bit early or late: temperature and humidity are doubled or halved',
    begin: ({ random }) => {
      const times = random() < 0.5 ? 2 : 0.5;
      return (air) => ({ ...air, temperature: air.temperature * times, humidity: air.humidity * times });
    },
  },
  ones: {
    at: 'air',
    about: 'temperature and humidity are 1, as a disturbed DHT22 says with a right checksum',
    begin: () => (air) => ({ ...air, temperature: 1, humidity: 1 }),
  },
  'sign-overflow': {
    at: 'air',
    about:
      'a temperature just below zero is read in the wrong notation: some −3276 °C, as from clones of the DHT22',
    begin: () => (air) => ({ ...air, temperature: -3276.8 + Math.abs(air.temperature % 1) }),
  },
  zero: {
    at: 'air',
    about: 'every value is 0, as from a chip that lost its set-up',
    begin: () => () => nothing,
  },
  scorching: {
    at: 'air',
    about: 'the temperature is 215 °C, as a BME280 says whose registers were read before they were there',
    begin: () => (air) => ({ ...air, temperature: 215 }),
  },
  countless: {
    at: 'air',
    about: 'a particle sensor names a mass and counts not one particle, as while its fan draws no air',
    begin: () => (air) => ({ ...air, countless: true }),
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof catalogue;

export const faults: Readonly<Record<FaultName, Fault>> = catalogue;

export const faultNames = Object.keys(catalogue) as readonly FaultName[];

/** True for a name of a fault. */
export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(catalogue, name);
}

/** A wire that alters each message on its own, or swallows it. */
function eachMessage(alter: (message: Uint8Array) => Uint8Array | undefined): FaultyWire {
  return {
    carry(message, handOn) {
      const altered = alter(message);
      if (altered && altered.length > 0) handOn(altered);
    },
    end() {},
  };
}

/** The second half holds the checksum or what it covers, and the head that frames are found by is not in it. */
function withWrongBit(message: Uint8Array, random: Random): Uint8Array {
  const wrong = wholeNumber(random, Math.floor(message.length / 2), Math.max(0, message.length - 2));
  return message.map((byte, index) => (index === wrong ? byte ^ 1 : byte));
}

function trickle(clock: Clock): FaultyWire {
  let next: Cancel | undefined;
  return {
    carry(message, handOn) {
      if (next) return;
      let sent = 0;
      const sendByte = () => {
        handOn(message.subarray(sent, sent + 1));
        sent += 1;
        next = sent < message.length ? clock.after(msPerSlowByte, sendByte) : undefined;
      };
      if (message.length > 0) next = clock.after(msPerSlowByte, sendByte);
    },
    end() {
      next?.();
      next = undefined;
    },
  };
}

function drifted(air: Air, hours: number): Air {
  const off = (field: keyof Air) => air[field] + driftPerHour[field] * hours;
  return {
    temperature: off('temperature'),
    humidity: Math.min(100, Math.max(0, off('humidity'))),
    pressure: off('pressure'),
    pm1: off('pm1'),
    pm2_5: off('pm2_5'),
    pm10: off('pm10'),
  };
}
