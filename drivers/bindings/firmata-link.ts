import { EventEmitter } from 'node:events';
import type { Firmata, Transport } from 'firmata-io';
import { DriverError } from '../contract.js';
import type { Cancel, Clock, SerialPort } from '../ports.js';

/** A board that has said who it is, over a port that belongs to it. */
export interface FirmataLink {
  io: Firmata;
  /** Ends the use of the board as if it had gone away. */
  lose(error: Error): void;
  /** Called once when the board goes away for any reason but `close()`. */
  onLost(listener: (error: Error) => void): Cancel;
  close(): Promise<void>;
}

/** Asks for version and firmware. A board that resets when it is opened tells both by itself, seconds later. */
const whoAreYou = Uint8Array.of(0xf9, 0xf0, 0x79, 0xf7);
const askEvery = 1_000;
const bootTime = 10_000;

/** More than the capabilities of a board with 128 pins take. */
const longestMessage = 8_192;

/**
 * Waits until firmata-io is ready on the port. Rejects with a DriverError: DEVICE_SILENT where nothing comes,
 * BOARD_INCOMPATIBLE where what comes is not Firmata with I2C, DEVICE_LOST where the port goes away meanwhile.
 */
export async function openFirmata(
  port: SerialPort,
  clock: Clock,
  FirmataIo: typeof Firmata,
): Promise<FirmataLink> {
  const link = linkOver(port, FirmataIo);
  try {
    await ready(link.io, port, clock, link.onLost);
  } catch (error) {
    await link.close();
    throw error;
  }
  return link;
}

function linkOver(port: SerialPort, FirmataIo: typeof Firmata): FirmataLink {
  const lossListeners = new Set<(error: Error) => void>();
  let isInUse = true;

  function lose(error: Error): void {
    if (!isInUse) return;
    isInUse = false;
    for (const tell of [...lossListeners]) tell(error);
  }

  const transport: Transport = Object.assign(new EventEmitter(), {
    write(bytes: Uint8Array, written?: () => void) {
      if (isInUse) port.write(bytes).then(written, (cause) => lose(goneAway(cause)));
    },
  });
  // With 0 firmata-io asks at once, and keeps no timer that outlives an opening that fails.
  const io = new FirmataIo(transport, { reportVersionTimeout: 0 });
  const cancels = [
    port.onData((chunk) => feed(io, transport, chunk)),
    port.onLost((cause) => lose(goneAway(cause))),
  ];

  return {
    io,
    lose,
    onLost(listener) {
      lossListeners.add(listener);
      return () => lossListeners.delete(listener);
    },
    async close() {
      isInUse = false;
      lossListeners.clear();
      for (const cancel of cancels) cancel();
      transport.removeAllListeners();
      io.removeAllListeners();
      await port.close();
    },
  };
}

/** Hands bytes on one by one: firmata-io throws at messages that contradict themselves, and the next may be good. */
function feed(io: Firmata, transport: Transport, chunk: Uint8Array): void {
  for (const byte of chunk) {
    try {
      transport.emit('data', [byte]);
    } catch {
      io.buffer.length = 0;
    }
    if (io.buffer.length > longestMessage) io.buffer.length = 0;
  }
}

function ready(io: Firmata, port: SerialPort, clock: Clock, onLost: FirmataLink['onLost']): Promise<void> {
  const cancels: Cancel[] = [];
  const outcome = new Promise<void>((resolve, reject) => {
    let isHeard = false;
    let cancelAsking: Cancel = () => {};
    const askAgain = () => {
      port.write(whoAreYou).catch(reject);
      cancelAsking = clock.after(askEvery, askAgain);
    };
    cancelAsking = clock.after(askEvery, askAgain);

    io.once('ready', () => (hasI2c(io) ? resolve() : reject(incompatible('has no pins for I2C'))));
    cancels.push(
      () => cancelAsking(),
      onLost(reject),
      port.onData(() => {
        isHeard = true;
      }),
      clock.after(bootTime, () =>
        reject(isHeard ? incompatible('sends bytes, but none that make sense as Firmata') : silent()),
      ),
    );
  });
  return outcome.finally(() => {
    for (const cancel of cancels) cancel();
  });
}

function hasI2c(io: Firmata): boolean {
  return io.pins.some(({ supportedModes }) => supportedModes.includes(io.MODES.I2C));
}

function incompatible(problem: string): DriverError {
  return new DriverError('BOARD_INCOMPATIBLE', `The board ${problem}.`);
}

function silent(): DriverError {
  return new DriverError('DEVICE_SILENT', `No Firmata board answered within ${bootTime / 1_000} s.`, {
    hint: 'Check the cable, and that the board has StandardFirmata on it at 57600 baud.',
  });
}

function goneAway(cause: unknown): DriverError {
  return new DriverError('DEVICE_LOST', 'The Firmata board went away.', { cause });
}
