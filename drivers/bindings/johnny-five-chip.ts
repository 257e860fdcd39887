import { EventEmitter } from 'node:events';
import type { Chip, ChipDefinition, ChipIo } from 'johnny-five';
import { DriverError } from '../contract.js';
import type { Cancel, Clock, FirmataComponent } from '../ports.js';
import type { I2cBus, I2cRead } from './firmata-i2c.js';
import { spacedRequests } from './spaced-requests.js';

type Bytes = readonly number[];

/** johnny-five begins with a reset and goes on at once; the chips need up to 2 ms to come back. */
const resetTime = 5;

/** johnny-five discards what a BME280 says within a second of its start. */
const settlingTime = 1_050;

/** What johnny-five does not look at: is this answer a measurement? */
const isMeasurement: Record<FirmataComponent['controller'], (bytes: Bytes) => boolean> = {
  BME280: (bytes) => !isAsAfterReset(bytes),
  SHT31D: (bytes) => hasChecksum(bytes.slice(0, 3)) && hasChecksum(bytes.slice(3)),
};

export interface ChipRun {
  definition: ChipDefinition;
  component: FirmataComponent;
  bus: I2cBus;
  clock: Clock;
  /** Gets what the chip driver computed, and an empty reading where an answer was no measurement. */
  report: (reading: Readonly<Record<string, number>>) => void;
}

/**
 * Runs one of johnny-five's chip drivers until it is cancelled. A chip that fails is begun anew: it may have lost
 * its power, and with it its settings.
 */
export function runChip(run: ChipRun): Cancel {
  const report = onceReady(run.report);
  let end = begin();

  function begin(): Cancel {
    return runOnce({ ...run, report }, () => {
      end = run.clock.after(run.component.every, () => {
        end = begin();
      });
    });
  }

  return () => end();
}

/** Passes readings on, but for a first one that is empty: the chip may not have been ready when it was first asked. */
function onceReady(report: ChipRun['report']): ChipRun['report'] {
  let isFirst = true;
  return (reading) => {
    const isEmpty = Object.keys(reading).length === 0;
    if (!isFirst || !isEmpty) report(reading);
    isFirst = false;
  };
}

/**
 * Lets the chip driver work on an `io` that can be taken away from it. One that reads on is asked every `every` ms
 * for as long as that works. One that starts over by itself, forty times a second, ends with its first reading.
 */
function runOnce({ definition, component, bus, clock, report }: ChipRun, onEnd: () => void): Cancel {
  const { controller, address, every } = component;
  const requests = spacedRequests(clock, resetTime);
  let cancelNextReading = () => {};
  let isRunning = true;
  let readsOn = false;

  const chip = Object.defineProperties(new EventEmitter() as Chip, definition);
  chip.on('data', (computed: Record<string, number>) => {
    report({ ...computed });
    if (!readsOn) finish();
  });

  const io: ChipIo = {
    i2cConfig: () => {},
    i2cWrite: (_address, ...bytes) => request(() => bus.write(address, bytes.flat())),
    i2cReadOnce: (_address, ...what) =>
      request(() =>
        what.length === 2
          ? read({ length: what[0] }, what[1])
          : read({ register: what[0], length: what[1] }, what[2]),
      ),
    i2cRead(_address, register, length, take) {
      readsOn = true;
      const readAgain = () => read({ register, length }, take).then(() => after(every, readAgain));
      after(settlingTime, readAgain);
    },
  };
  chip.initialize({ io }, { address });

  async function read(what: Omit<I2cRead, 'address'>, take: (bytes: Bytes) => void): Promise<void> {
    try {
      const bytes = await bus.read({ address, ...what });
      if (!isRunning) return;
      if (isMeasurement[controller](bytes)) take(bytes);
      else fail();
    } catch (error) {
      if (!isRunning) return;
      if (error instanceof DriverError && error.code === 'DEVICE_NONSENSE') fail();
      else finish();
    }
  }

  function request(make: () => void): void {
    if (isRunning) requests.add(make);
  }

  function after(ms: number, act: () => void): void {
    if (isRunning) cancelNextReading = clock.after(ms, act);
  }

  function fail(): void {
    report({});
    finish();
  }

  function finish(): void {
    stop();
    onEnd();
  }

  function stop(): void {
    isRunning = false;
    requests.stop();
    cancelNextReading();
  }

  return stop;
}

/** The data registers of a BME280 that has measured nothing since its reset. */
const afterReset: Bytes = [0x80, 0, 0, 0x80, 0, 0, 0x80, 0];

function isAsAfterReset(bytes: Bytes): boolean {
  return bytes.length === afterReset.length && afterReset.every((byte, index) => bytes[index] === byte);
}

/** Two bytes and their CRC-8, as Sensirion sends them: polynomial 31, start FF. */
function hasChecksum([high = 0, low = 0, checksum]: Bytes): boolean {
  let crc = 0xff;
  for (const byte of [high, low]) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x31) & 0xff : crc << 1;
  }
  return crc === checksum;
}
