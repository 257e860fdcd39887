import { execFile } from 'node:child_process';
import type { SerialPort as Library } from 'serialport';
import type { ShelterErrorCode } from '../../config/errors.js';
import { DriverError } from '../contract.js';
import type { SerialLine, SerialPorts } from '../ports.js';
import { serialSession } from './serial-session.js';

/** What the system's words for a failed opening mean; what none of them fits is PORT_FAILED. */
const openFailures: readonly (readonly [words: RegExp, code: ShelterErrorCode])[] = [
  [/no such (file|device)|not a directory/i, 'PORT_NOT_FOUND'],
  [/permission denied|not permitted/i, 'PORT_DENIED'],
  [/cannot lock port|resource busy/i, 'PORT_BUSY'],
];

/** The serial ports of this machine by device path, through serialport. */
export const serialDevices: SerialPorts = {
  async open(path, line) {
    const library = await openLibrary(path, line);
    await keepUpOnClose(path);
    return carry(path, library);
  },
};

async function openLibrary(path: string, { baudRate }: SerialLine): Promise<Library> {
  const { SerialPort } = await loadSerialPort();
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(openFailure(path, cause));
    try {
      const library = new SerialPort({ path, baudRate, hupcl: false, autoOpen: false });
      library.open((cause) => (cause ? fail(cause) : resolve(library)));
    } catch (cause) {
      fail(cause);
    }
  });
}

function carry(path: string, library: Library) {
  const session = serialSession(path, {
    send: (bytes) =>
      new Promise((resolve, reject) => {
        library.write(Buffer.from(bytes), (cause?: Error | null) => (cause ? reject(cause) : resolve()));
      }),
    release: () => new Promise((resolve) => library.close(() => resolve())),
  });
  library.on('data', session.receive);
  library.on('error', session.lose);
  library.on('close', (cause?: Error | null) => session.lose(cause ?? new Error('the system closed it')));
  onHangUp(library, session.lose);
  return session.port;
}

/**
 * serialport notices a hang-up only while it waits for bytes. One that comes during a read leaves it reading the end
 * of the file over and over, and one on a port that nobody reads is never seen: so its poller is asked as well.
 */
function onHangUp({ port }: Library, listener: (cause: Error) => void): void {
  if (port && 'poller' in port) {
    port.poller.once('disconnect', (cause) => listener(cause ?? new Error('hang-up')));
  }
}

/**
 * A hang-up on closing resets every board that takes DTR for its reset button. `hupcl: false` does not prevent it: it
 * leaves the flag as it is, and it is set by default. Where there is no stty the board is reset, which does no harm.
 */
function keepUpOnClose(path: string): Promise<void> {
  return new Promise((resolve) => {
    execFile('stty', ['-F', path, '-hupcl'], { timeout: 1_000 }, () => resolve());
  });
}

async function loadSerialPort() {
  try {
    return await import('serialport');
  } catch (cause) {
    throw new DriverError('NATIVE_PACKAGE_MISSING', 'The package serialport does not load.', { cause });
  }
}

function openFailure(path: string, cause: unknown): DriverError {
  // serialport's own messages begin with "Error: ".
  const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/^Error:? /, '');
  const [, code] = openFailures.find(([words]) => words.test(reason)) ?? [];
  return new DriverError(code ?? 'PORT_FAILED', `${path} could not be opened: ${reason}.`, { cause });
}
