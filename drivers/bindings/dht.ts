import { DriverError } from '../contract.js';
import type { DhtReader, DhtTestHook } from '../ports.js';
import { checkDhtGpio } from './dht-gpio.js';
import { oneAtATime } from './one-at-a-time.js';

/** The native code keeps its last values in an array of 32 and looks no further; the header has lines 0 to 27. */
const lines = { least: 0, most: 27 };

/** The package has one state for the whole process, and so has this. */
const inTurn = oneAtATime();
let mayRun = false;

/** DHT sensors through node-dht-sensor, one at a time: a reading takes its thread for up to 1.35 s. */
export const dhtReader: DhtReader = {
  async read(type, line) {
    if (!Number.isInteger(line) || line < lines.least || line > lines.most) {
      throw new DriverError(
        'GPIO_UNAVAILABLE',
        `There is no GPIO line ${line} for a DHT${type}: the header has lines ${lines.least} to ${lines.most}.`,
        { hint: 'Correct the line under gpio.lines in the site file; it is the BCM number.' },
      );
    }
    const dht = await load();
    return inTurn(async () => {
      if (!mayRun) await checkDhtGpio();
      mayRun = true;
      return dht.promises.read(type, line).catch((cause) => {
        throw readFailure(`DHT${type} on GPIO line ${line}`, cause);
      });
    });
  },
};

/** Rejects with a DriverError NATIVE_PACKAGE_MISSING. */
export const dhtTestHook: DhtTestHook = {
  async fake({ temperature, humidity }) {
    const dht = await load();
    await inTurn(async () => {
      dht.initialize({ test: { fake: { temperature, humidity } } });
      mayRun = true;
    });
  },
};

async function load() {
  try {
    return (await import('node-dht-sensor')).default;
  } catch (cause) {
    throw new DriverError('NATIVE_PACKAGE_MISSING', 'The package node-dht-sensor does not load.', { cause });
  }
}

function readFailure(sensor: string, cause: unknown): DriverError {
  return String(cause).includes('initialize')
    ? new DriverError('GPIO_UNAVAILABLE', `${sensor}: the GPIO lines could not be set up.`, { cause })
    : new DriverError('DEVICE_SILENT', `${sensor} gave no valid answer in four tries.`, {
        cause,
        hint: 'Check power, the data wire and its pull-up resistor of 4.7 to 10 kΩ, and that the model is right.',
      });
}
