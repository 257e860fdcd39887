import { spawn } from 'node:child_process';
import { closeSync, rmSync, writeSync } from 'node:fs';
import { lstat, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadStream } from 'node:tty';
import { DriverError } from '../../drivers/contract.js';
import type { Bus } from '../contract.js';
import { listeners } from './listeners.js';

/**
 * A device on a pseudo-terminal, found through a symbolic link in a folder of its own, which is gone after closing.
 *
 * @param name last part of the path
 */
export async function ptyBus(name: string): Promise<Bus> {
  const folder = await mkdtemp(join(tmpdir(), 'ushelter-by-id-'));
  const bus = ptyBusAt(join(folder, name));
  return {
    ...bus,
    async close() {
      await bus.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A device on a pseudo-terminal, found through a symbolic link with a stable name, as below /dev/serial/by-id: each
 * plugging in makes another terminal behind the same link.
 *
 * Bytes that nobody reads are lost once the kernel's buffer is full. A process that was started while the device was
 * plugged in inherits the terminal and keeps a reader from noticing that it was unplugged.
 *
 * @param path of the link; what an earlier run left there is replaced, a file that is no link is not
 */
export function ptyBusAt(path: string): Bus {
  const received = listeners<Uint8Array>();
  let terminal: Terminal | undefined;

  async function unplug(): Promise<void> {
    if (!terminal) return;
    const gone = terminal;
    terminal = undefined;
    rmSync(path, { force: true });
    await gone.hangUp();
  }

  return {
    path,
    async plugIn() {
      if (terminal) return;
      const opened = await openTerminal(received.tell);
      try {
        await pointTo(opened.path, path);
      } catch (error) {
        await opened.hangUp();
        throw error;
      }
      terminal = opened;
    },
    unplug,
    send: (bytes) => terminal?.send(bytes),
    onData: received.add,
    close: unplug,
  };
}

/** Makes the link in one step, so that nobody finds half of it. */
async function pointTo(target: string, path: string): Promise<void> {
  try {
    const there = await lstat(path).catch(() => undefined);
    if (there && !there.isSymbolicLink()) throw new Error('a file that is no link is in its place');
    await rm(`${path}.new`, { force: true });
    await symlink(target, `${path}.new`);
    await rename(`${path}.new`, path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DriverError('PORT_FAILED', `The link ${path} could not be made: ${reason}.`, {
      cause,
      hint: 'Choose a path in a folder that exists and may be written.',
    });
  }
}

interface Terminal {
  /** `/dev/pts/N`. */
  path: string;
  send(bytes: Uint8Array): void;
  hangUp(): Promise<void>;
}

async function openTerminal(receive: (bytes: Uint8Array) => void): Promise<Terminal> {
  const openPair = await loadOpenPair();
  const pair = openPair(80, 24);
  const master = new ReadStream(pair.master);
  const closed = new Promise<void>((resolve) => master.once('close', resolve));

  /** The slave stays open here, unread, so that a reader may come and go without ending the master. */
  async function hangUp(): Promise<void> {
    master.destroy();
    closeSync(pair.slave);
    await closed;
  }

  master.on('error', () => master.destroy());
  try {
    await makeRaw(pair.slave);
  } catch (error) {
    await hangUp();
    throw error;
  }
  master.on('data', receive);
  return {
    path: pair.pty,
    send(bytes) {
      if (!master.destroyed) writeUntilFull(pair.master, bytes);
    },
    hangUp,
  };
}

/** The stream of a master would block the whole process once the kernel's buffer is full; its descriptor does not. */
function writeUntilFull(master: number, bytes: Uint8Array): void {
  try {
    for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(writeSync(master, rest));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
}

/** Bytes that are sent before a reader has set up its port would otherwise be echoed and taken for control keys. */
function makeRaw(slave: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) =>
      reject(new DriverError('PORT_FAILED', 'stty could not make a pseudo-terminal raw.', { cause }));
    spawn('stty', ['raw', '-echo'], { stdio: [slave, 'ignore', 'ignore'] })
      .once('error', fail)
      .once('close', (code) => (code === 0 ? resolve() : fail(`exit code ${code}`)));
  });
}

type OpenPair = (columns: number, rows: number) => { master: number; slave: number; pty: string };

/**
 * node-pty's own `open` reads the slave as well, in competition with the device's reader, and leaks a descriptor of
 * it; the function below it, which node-pty exposes without a type, does neither.
 */
async function loadOpenPair(): Promise<OpenPair> {
  const { native } = await loadNodePty();
  const open = native?.open;
  if (typeof open === 'function') return open as OpenPair;
  throw new DriverError('NATIVE_PACKAGE_MISSING', 'This version of node-pty gives no `native.open`.');
}

async function loadNodePty(): Promise<{ native?: { open?: unknown } }> {
  try {
    return (await import('node-pty')) as object;
  } catch (cause) {
    throw new DriverError('NATIVE_PACKAGE_MISSING', 'The package node-pty does not load.', { cause });
  }
}
