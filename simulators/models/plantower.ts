import type { Air, PoweredTwin, SensedAir, SerialTwin, Surroundings } from '../contract.js';
import { commandWindow } from './command-window.js';
import { repeat } from './repeat.js';
import { seenShare } from './spin-up.js';

/** What the particle sensors of Plantower have in common, after the data manual of the PMS5003, V2.3. */

/** What a sensor tells of the air: as much of it as its model has words for. */
export interface PlantowerReport {
  /** µg/m³ below 1, 2.5 and 10 µm, by the factory's calibration. */
  cf1: readonly [number, number, number];
  /** The same in the open air. */
  atmospheric: readonly [number, number, number];
  /** Particles above 0.3, 0.5, 1, 2.5, 5 and 10 µm in 0.1 L. */
  counts: readonly [number, number, number, number, number, number];
  /** µg/m³. */
  formaldehyde: number;
  /** °C. */
  temperature: number;
  /** %RH. */
  humidity: number;
}

export type PlantowerEncoder = (report: PlantowerReport) => Uint8Array;

/** In µg/m³ of the open air. */
const most = 1_000;

/** After waking, in ms: when the first particle is counted, and when all are. */
const countless = 3_000;
const settled = 20_000;

const noParticles: PlantowerReport['counts'] = [0, 0, 0, 0, 0, 0];

/** A street's usual share; the simulated air knows of none. */
const streetFormaldehyde = 12;

/** A model that reports each second and takes no commands. It starts as one that has run for a while. */
export function reportingTwin(model: string, encode: PlantowerEncoder): SerialTwin {
  return {
    model,
    line: { baudRate: 9_600 },
    powerUp: ({ air, clock, send }) => ({
      receive: () => {},
      powerDown: repeat(clock, 1_000, () => send(encode(sensePlantower(air())))),
    }),
  };
}

/** A model that also takes commands. Without power it forgets its mode. It starts as one that has run for a while. */
export function commandedTwin(model: string, encode: PlantowerEncoder): SerialTwin {
  return {
    model,
    line: { baudRate: 9_600 },
    powerUp: (surroundings) => powerUp(encode, surroundings),
  };
}

function powerUp(encode: PlantowerEncoder, { air, clock, send }: Surroundings): PoweredTwin {
  let awake = true;
  let mode: 'active' | 'passive' = 'active';
  let started = Number.NEGATIVE_INFINITY;

  function report(): Uint8Array {
    const running = clock.monotonic() - started;
    const seen = sensePlantower(dim(air(), seenShare(running, settled)));
    return encode(running < countless ? { ...seen, counts: noParticles } : seen);
  }

  function wake(): void {
    if (!awake) started = clock.monotonic();
    awake = true;
  }

  /** Waking is not acknowledged, and asleep the sensor hears nothing else. */
  function obey(what: number, value: number): Uint8Array | undefined {
    if (what === 0xe4 && value === 1) {
      wake();
      return undefined;
    }
    if (!awake) return undefined;
    switch (what) {
      case 0xe1:
        mode = value === 1 ? 'active' : 'passive';
        return frame([what * 256 + value]);
      case 0xe2:
        return mode === 'passive' ? report() : undefined;
      case 0xe4:
        awake = false;
        return frame([what * 256 + value]);
      default:
        return undefined;
    }
  }

  return {
    receive: commandWindow(7, isCommand, ([, , what = 0, , value = 0]) => {
      const reply = obey(what, value);
      if (reply) send(reply);
    }),
    powerDown: repeat(clock, 1_000, () => {
      if (awake && mode === 'active') send(report());
    }),
  };
}

/** What a sensor whose fan has run for a while makes of the air. */
export function sensePlantower(air: SensedAir): PlantowerReport {
  const pm1 = Math.min(most, air.pm1);
  const pm2_5 = Math.min(most, air.pm2_5);
  const pm10 = Math.min(most, air.pm10);
  return {
    cf1: [factory(pm1), factory(pm2_5), factory(pm10)],
    atmospheric: [pm1, pm2_5, pm10],
    counts: air.countless ? noParticles : countParticles(air),
    formaldehyde: streetFormaldehyde,
    temperature: Math.min(99, Math.max(-20, air.temperature)),
    humidity: Math.min(99.9, Math.max(0, air.humidity)),
  };
}

function dim(air: SensedAir, share: number): SensedAir {
  return { ...air, pm1: air.pm1 * share, pm2_5: air.pm2_5 * share, pm10: air.pm10 * share };
}

/**
 * What the factory's calibration gives where the value for the open air is this: the same up to 30 µg/m³, half as
 * much again from 100 on, and a straight line between the two.
 */
function factory(atmospheric: number): number {
  const [sparse, dense] = [30, 100 / 1.5];
  if (atmospheric <= sparse) return atmospheric;
  if (atmospheric >= dense) return atmospheric * 1.5;
  return sparse + ((atmospheric - sparse) / (dense - sparse)) * (100 - sparse);
}

/** Roughly what a real one counts in air of so much mass; never none where there is any. */
function countParticles({ pm1, pm2_5, pm10 }: Air): PlantowerReport['counts'] {
  const fine = Math.max(0, pm1);
  const middle = Math.max(0, pm2_5 - pm1);
  const coarse = Math.max(0, pm10 - pm2_5);
  const over10 = coarse * 0.05;
  const over5 = over10 + coarse * 0.2;
  const over2_5 = over5 + coarse * 0.5;
  const over1 = over2_5 + middle * 10;
  const over0_5 = over1 + fine * 50 + middle * 5;
  const over0_3 = over0_5 + fine * 130;
  return [Math.ceil(over0_3), over0_5, over1, over2_5, over5, over10];
}

/** The six words of mass that every model's data begin with. */
export function massWords({ cf1, atmospheric }: PlantowerReport): number[] {
  return [...cf1, ...atmospheric].map(unsigned);
}

export function countWords({ counts }: PlantowerReport): number[] {
  return counts.map(unsigned);
}

/** Thousandths of mg/m³. */
export function formaldehydeWord({ formaldehyde }: PlantowerReport): number {
  return unsigned(formaldehyde);
}

/** Tenths of °C, in two's complement, and tenths of %RH. */
export function climateWords({ temperature, humidity }: PlantowerReport): number[] {
  return [
    Math.min(0x7fff, Math.max(-0x8000, Math.round(temperature * 10))) & 0xffff,
    unsigned(humidity * 10),
  ];
}

/** A frame around its words: head, length, checksum. */
export function frame(words: readonly number[]): Uint8Array {
  const bytes = [0x42, 0x4d, ...[2 * words.length + 2, ...words].flatMap(bigEndian)];
  return Uint8Array.from([...bytes, ...bigEndian(sum(bytes))]);
}

function unsigned(value: number): number {
  return Math.min(0xffff, Math.max(0, Math.round(value)));
}

function isCommand(bytes: readonly number[]): boolean {
  const [high, low] = bigEndian(sum(bytes.slice(0, 5)));
  return bytes[0] === 0x42 && bytes[1] === 0x4d && bytes[5] === high && bytes[6] === low;
}

function sum(bytes: readonly number[]): number {
  return bytes.reduce((total, byte) => total + byte, 0);
}

function bigEndian(word: number): [number, number] {
  return [(word >> 8) & 0xff, word & 0xff];
}
