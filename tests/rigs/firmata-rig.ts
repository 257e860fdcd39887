import { firmataBoards } from '../../drivers/bindings/johnny-five.js';
import type { Clock, FirmataBoard, FirmataSensor, SerialPort } from '../../drivers/ports.js';
import { memoryWires } from '../../simulators/buses/memory.js';
import type { Air } from '../../simulators/contract.js';
import { type SimulatedDevice, simulateDevice } from '../../simulators/device.js';
import { firmataBoard } from '../../simulators/models/firmata-board.js';
import type { I2cPart } from '../../simulators/models/i2c.js';

export type Reading = Readonly<Record<string, number>>;

/** A simulated board on a wire in memory, in air that a test chooses. */
export interface FirmataRig {
  device: SimulatedDevice;
  air: Air;
  openPort(): Promise<SerialPort>;
  open(): Promise<FirmataBoard>;
  /** Bytes on the wire that the board never sent. */
  inject(bytes: readonly number[]): void;
}

export const springDay: Air = {
  temperature: 18.4,
  humidity: 52,
  pressure: 1_013.2,
  pm1: 8,
  pm2_5: 14,
  pm10: 27,
};

export async function firmataRig(clock: Clock, parts: readonly I2cPart[]): Promise<FirmataRig> {
  const wires = memoryWires();
  const bus = wires.bus('/dev/board');
  const air = { ...springDay };
  const device = await simulateDevice({
    twin: firmataBoard('board', parts),
    bus,
    environment: { at: () => ({ ...air }) },
    clock,
    seed: 1,
  });
  const openPort = () => wires.ports.open(bus.path, { baudRate: 57_600 });
  return {
    device,
    air,
    openPort,
    open: async () => firmataBoards(clock).open(await openPort()),
    inject: (bytes) => bus.send(Uint8Array.from(bytes)),
  };
}

/** False for the reading of a sensor whose answer was no measurement. */
export const isComplete = (reading: Reading): boolean => Object.keys(reading).length > 0;

/** The next reading that fits. */
export function nextReading(sensor: FirmataSensor, fits = isComplete): Promise<Reading> {
  return new Promise((resolve) => {
    const cancel = sensor.onReading((reading) => {
      if (!fits(reading)) return;
      cancel();
      resolve(reading);
    });
  });
}

/** A reading that was begun after now: the next one may be under way already. */
export async function newReading(sensor: FirmataSensor): Promise<Reading> {
  await nextReading(sensor);
  return nextReading(sensor);
}
