import { DriverError } from '../../drivers/contract.js';
import type { Clock, DhtReader, DhtTestHook, DhtValues } from '../../drivers/ports.js';
import type { Air, Environment } from '../contract.js';
import { type FaultName, type FaultyAir, faults } from '../faults.js';
import { seededRandom } from '../random.js';

/** DHT sensors on the lines of a machine: what a shelter reads, and the hand that makes them fail. */
export interface SimulatedDhts {
  /** Has a sensor on every line. */
  reader: DhtReader;
  /** What is wrong with the sensor on a line; undefined while it works. */
  faultOf(line: number): FaultName | undefined;
  setFault(line: number, fault: FaultName | undefined): void;
}

export interface DhtSimulation {
  hook: DhtTestHook;
  /** The product's own, which the hook makes read what it is told. */
  reader: DhtReader;
  environment: Environment;
  clock: Clock;
  /** Of the randomness of faults. */
  seed: number;
}

interface ActiveFault {
  name: FaultName;
  /** How the air is to a sensor that measures it wrongly. */
  air: FaultyAir | undefined;
}

/** The native code tries four times, with 450 ms between. */
const timeOfTries = 1_350;

/**
 * There is no wire to stand at: the native code makes its numbers from pulses, and its test hook replaces those for
 * all lines and types at once. So each reading is told to the hook and then read, before the next one may be.
 */
export function simulatedDhts({ hook, reader, environment, clock, seed }: DhtSimulation): SimulatedDhts {
  const random = seededRandom(seed);
  const active = new Map<number, ActiveFault>();
  let last: Promise<unknown> = Promise.resolve();

  async function measure(type: 11 | 22, line: number): Promise<DhtValues> {
    const fault = active.get(line);
    if (fault && !fault.air) await tries(clock);
    if (fault && !fault.air && fault.name !== 'slow') throw noAnswer(type, line, fault.name);
    const air = environment.at(clock.now());
    await hook.fake(encoded[type](fault?.air?.(air) ?? air));
    return reader.read(type, line);
  }

  return {
    reader: {
      read(type, line) {
        const reading = last.then(() => measure(type, line));
        last = reading.catch(() => {});
        return reading;
      },
    },
    faultOf: (line) => active.get(line)?.name,
    setFault(line, name) {
      active.delete(line);
      if (!name) return;
      const fault = faults[name];
      const now = environment.at(clock.now());
      const air = fault.at === 'air' ? fault.begin({ clock, random }, now) : undefined;
      active.set(line, { name, air });
    },
  };
}

/** What the part's two numbers can say: bytes of whole units, or 16 bits of tenths with a sign for the temperature. */
const encoded: Record<11 | 22, (air: Air) => DhtValues> = {
  11: ({ temperature, humidity }) => ({
    temperature: within(0, 255, Math.round(temperature)),
    humidity: within(0, 255, Math.round(humidity)),
  }),
  22: ({ temperature, humidity }) => ({
    temperature: within(-32_767, 32_767, Math.round(temperature * 10)) / 10,
    humidity: within(0, 65_535, Math.round(humidity * 10)) / 10,
  }),
};

function within(least: number, most: number, value: number): number {
  return Math.min(most, Math.max(least, value));
}

function tries(clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    clock.after(timeOfTries, resolve);
  });
}

/** As the product's reader says it: to the native code, no answer and a broken one are the same. */
function noAnswer(type: 11 | 22, line: number, fault: FaultName): DriverError {
  return new DriverError('DEVICE_SILENT', `DHT${type} on GPIO line ${line} gave no valid answer (${fault}).`);
}
