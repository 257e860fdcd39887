import type { Air, PoweredTwin, SerialTwin, Surroundings } from '../contract.js';
import { repeat } from './repeat.js';
import { decodeShdlc, encodeShdlc } from './shdlc.js';
import { seenShare } from './spin-up.js';

/** Sensirion SPS30 on its UART, after its datasheet, version 2.0. */

/** What the sensor tells of the air. */
export interface Sps30Values {
  /** µg/m³ of particles from 0.3 to 1, 2.5, 4 and 10 µm. */
  mass: readonly [number, number, number, number];
  /** Particles from 0.3 to 0.5, 1, 2.5, 4 and 10 µm in 1 cm³. */
  number: readonly [number, number, number, number, number];
  /** µm. */
  typicalSize: number;
}

export interface Sps30Twin extends SerialTwin {
  /** What is heard of its fan. */
  fan(): Fan;
  /** A finger is in the fan from now on, or out of it. */
  block(isBlocked: boolean): void;
}

type Fan = 'still' | 'turning' | 'blowing';

type Mode = 'asleep' | 'idle' | 'measuring';

/** What can be heard and felt from outside, whether it has power or not. */
interface Housing {
  fan: Fan;
  isBlocked: boolean;
}

/** What stays when the power goes. */
interface Memory {
  /** Seconds between two cleanings that begin by themselves; 0 for none. */
  cleanEvery: number;
}

type Reply = { error: number } | { data: readonly number[] };

const errors = { length: 0x01, unknown: 0x02, parameter: 0x04, mode: 0x43 };
const statusBits = { fan: 1 << 4 };
const formats = { float: 0x03, integer: 0x05 };

const productType = '00080000';
const serialNumber = '5D6E7C1A2B3F4D50';
/** Firmware 2.2, hardware 7, SHDLC 2.0. */
const version = [2, 2, 0, 7, 0, 2, 0];

const measuringInterval = 1_000;
const cleaningLasts = 10_000;
const interfaceStaysAwake = 100;
const nothing: Reply = { data: [] };

/** A new sensor as it leaves the factory. Switched on, it is idle. */
export function sps30(): Sps30Twin {
  const memory: Memory = { cleanEvery: 604_800 };
  const housing: Housing = { fan: 'still', isBlocked: false };
  return {
    model: 'sps30',
    line: { baudRate: 115_200 },
    powerUp: (surroundings) => powerUp(memory, housing, surroundings),
    fan: () => (housing.isBlocked ? 'still' : housing.fan),
    block(isBlocked) {
      housing.isBlocked = isBlocked;
    },
  };
}

/** The answer that gives a measurement, as floats. */
export function encodeSps30Values(values: Sps30Values): Uint8Array {
  return encodeShdlc([0x00, 0x03, 0x00, 0x28, ...floats(values)]);
}

/** What a sensor whose fan has run for a while makes of the air. */
export function senseSps30({ pm1, pm2_5, pm10 }: Pick<Air, 'pm1' | 'pm2_5' | 'pm10'>): Sps30Values {
  const coarse = Math.max(0, pm10 - pm2_5);
  const pm4 = pm2_5 + 0.6 * coarse;
  // Roughly as many as a real one counts for so much mass in each class of size.
  const bins = [2.3 * pm1, 3.6 * pm1, 1.1 * Math.max(0, pm2_5 - pm1), 0.15 * coarse, 0.02 * coarse] as const;
  const middles = [0.4, 0.75, 1.75, 3.25, 7];
  const upTo = (count: number) => sum(bins.slice(0, count));
  const total = upTo(bins.length);
  return {
    mass: [pm1, pm2_5, pm4, pm10],
    number: [upTo(1), upTo(2), upTo(3), upTo(4), total],
    typicalSize: total > 0 ? sum(bins.map((bin, index) => bin * (middles[index] ?? 0))) / total : 0,
  };
}

function powerUp(memory: Memory, housing: Housing, { air, clock, send }: Surroundings): PoweredTwin {
  const now = clock.monotonic;
  let mode: Mode = 'idle';
  let format = formats.float;
  let startedAt = 0;
  let lastCleaning = now();
  let cleaningEnds = Number.NEGATIVE_INFINITY;
  let interfaceSleeps = Number.NEGATIVE_INFINITY;
  let status = 0;
  let standstills = 0;
  let unread: Sps30Values | undefined;
  let stopTicking = () => {};

  function enter(next: Mode): void {
    stopTicking();
    mode = next;
    unread = undefined;
    standstills = 0;
    cleaningEnds = Number.NEGATIVE_INFINITY;
    housing.fan = next === 'measuring' ? 'turning' : 'still';
    stopTicking = next === 'measuring' ? repeat(clock, measuringInterval, tick) : () => {};
  }

  function startMeasuring([subcommand, wanted = 0]: readonly number[]): Reply {
    if (mode !== 'idle') return { error: errors.mode };
    if (subcommand !== 0x01 || !Object.values(formats).includes(wanted)) return { error: errors.parameter };
    format = wanted;
    startedAt = now();
    enter('measuring');
    return nothing;
  }

  function startCleaning(): void {
    lastCleaning = now();
    cleaningEnds = now() + cleaningLasts;
    housing.fan = 'blowing';
  }

  function tick(): void {
    standstills = housing.isBlocked ? standstills + 1 : 0;
    if (standstills >= 2) status |= statusBits.fan;
    if (memory.cleanEvery > 0 && now() - lastCleaning >= memory.cleanEvery * 1_000) startCleaning();
    if (now() < cleaningEnds) return;
    housing.fan = 'turning';
    const around = air();
    unread = senseSps30(dim(around, seenShare(now() - startedAt, startUpTime(around))));
  }

  function measurement(): Reply {
    if (mode !== 'measuring') return { error: errors.mode };
    const values = unread;
    unread = undefined;
    if (!values) return nothing;
    return { data: format === formats.float ? floats(values) : integers(values) };
  }

  function whileIn(wanted: Mode, act: () => void): Reply {
    if (mode !== wanted) return { error: errors.mode };
    act();
    return nothing;
  }

  function cleaningInterval([subcommand, ...seconds]: readonly number[]): Reply {
    if (subcommand !== 0x00) return { error: errors.parameter };
    if (seconds.length === 0) return { data: word(memory.cleanEvery) };
    memory.cleanEvery = Buffer.from(seconds).readUInt32BE();
    return nothing;
  }

  function readStatus([clear]: readonly number[]): Reply {
    const data = [...word(status), 0];
    if (clear === 1) status = 0;
    return { data };
  }

  function information([what]: readonly number[]): Reply {
    const text = what === 0x00 ? productType : what === 0x03 ? serialNumber : undefined;
    return text === undefined ? { error: errors.parameter } : { data: [...Buffer.from(`${text}\0`)] };
  }

  function reset(): Reply {
    enter('idle');
    status = 0;
    lastCleaning = now();
    return nothing;
  }

  /** Each command with the lengths of data that it takes. */
  const commands: Readonly<Record<number, [lengths: number[], obey: (data: readonly number[]) => Reply]>> = {
    0: [[2], startMeasuring],
    1: [[0], () => whileIn('measuring', () => enter('idle'))],
    3: [[0], measurement],
    16: [[0], () => whileIn('idle', () => enter('asleep'))],
    17: [[0], () => whileIn('asleep', () => enter('idle'))],
    86: [[0], () => whileIn('measuring', startCleaning)],
    128: [[1, 5], cleaningInterval],
    208: [[1], information],
    209: [[0], () => ({ data: version })],
    210: [[1], readStatus],
    211: [[0], reset],
  };

  function obey(command: number, data: readonly number[]): Reply {
    const known = commands[command];
    if (!known) return { error: errors.unknown };
    const [lengths, act] = known;
    return lengths.includes(data.length) ? act(data) : { error: errors.length };
  }

  /** Asleep it hears nothing but the call to wake. */
  function hears(command: number): boolean {
    return mode !== 'asleep' || command === 0x11;
  }

  const receive = decodeShdlc(([address, command = 0, length, ...data]) => {
    if (address !== 0 || length !== data.length || !hears(command)) return;
    const reply = obey(command, data);
    const isBroken = status & statusBits.fan ? 0x80 : 0;
    const [state, answer] = 'error' in reply ? [reply.error, []] : [0, reply.data];
    send(encodeShdlc([0, command, isBroken | state, answer.length, ...answer]));
  });

  /** Asleep, the first byte only wakes the interface; FF is the one that does not confuse it. */
  function wakeInterface(bytes: Uint8Array): Uint8Array {
    if (mode !== 'asleep' || now() < interfaceSleeps) return bytes;
    interfaceSleeps = now() + interfaceStaysAwake;
    return bytes[0] === 0xff ? bytes.subarray(1) : new Uint8Array();
  }

  return {
    receive: (bytes) => receive(wakeInterface(bytes)),
    powerDown: () => enter('idle'),
  };
}

/** How long after its start, in ms, it gives stable values: the fewer particles there are, the longer. */
function startUpTime(air: Air): number {
  const perCubicCentimetre = senseSps30(air).number[4];
  if (perCubicCentimetre > 200) return 8_000;
  return perCubicCentimetre > 100 ? 16_000 : 30_000;
}

function dim(air: Air, share: number): Air {
  return { ...air, pm1: air.pm1 * share, pm2_5: air.pm2_5 * share, pm10: air.pm10 * share };
}

function floats({ mass, number, typicalSize }: Sps30Values): number[] {
  return [...mass, ...number, typicalSize].flatMap((value) => {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatBE(value);
    return [...bytes];
  });
}

/** The typical size goes in nm. */
function integers({ mass, number, typicalSize }: Sps30Values): number[] {
  return [...mass, ...number, typicalSize * 1_000].flatMap((value) => {
    const whole = Math.min(0xffff, Math.round(value));
    return [whole >> 8, whole & 0xff];
  });
}

function word(value: number): number[] {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return [...bytes];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
