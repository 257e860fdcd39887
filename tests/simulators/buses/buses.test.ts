import { closeSync, constants, openSync, readdirSync, readSync, writeSync } from 'node:fs';
import { access, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SerialPort } from '../../../drivers/ports.js';
import { memoryWires } from '../../../simulators/buses/memory.js';
import { ptyBus, ptyBusAt } from '../../../simulators/buses/pty.js';
import { serialBus } from '../../../simulators/buses/serial.js';
import { tcpBus } from '../../../simulators/buses/tcp.js';
import type { Bus } from '../../../simulators/contract.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

const everyByte = Uint8Array.from({ length: 256 }, (_, value) => value);
const line = { baudRate: 9_600 };

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function plugged(bus: Bus): Promise<Bus> {
  cleanUp.push(() => bus.close());
  await bus.plugIn();
  return bus;
}

function collect(source: Pick<Bus | SerialPort, 'onData'>): number[] {
  const bytes: number[] = [];
  source.onData((chunk) => bytes.push(...chunk));
  return bytes;
}

describe('a pseudo-terminal', () => {
  /** Opens the path as a program does that sets up nothing. */
  function openPlainly(path: string): number {
    const file = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    cleanUp.push(() => closeSync(file));
    return file;
  }

  function readAvailable(file: number): number[] {
    const buffer = new Uint8Array(1_024);
    try {
      return [...buffer.subarray(0, readSync(file, buffer))];
    } catch {
      return [];
    }
  }

  it('keeps what is sent before it is opened, unchanged and without an echo', async () => {
    const bus = await plugged(await ptyBus('air'));
    const echo = collect(bus);
    bus.send(everyByte);
    const file = openPlainly(bus.path);
    const heard: number[] = [];
    await vi.waitFor(() => {
      heard.push(...readAvailable(file));
      expect(heard).toEqual([...everyByte]);
    });
    writeSync(file, everyByte);
    await vi.waitFor(() => expect(echo).toEqual([...everyByte]));
  });

  it('is found through a link that appears and vanishes with the device', async () => {
    const bus = await plugged(await ptyBus('usb-simulated-if00-port0'));
    expect(bus.path).toMatch(/\/usb-simulated-if00-port0$/);
    expect(await readlink(bus.path)).toMatch(/^\/dev\/pts\/\d+$/);
    await bus.unplug();
    await expect(readlink(bus.path)).rejects.toMatchObject({ code: 'ENOENT' });
    await bus.plugIn();
    expect(await readlink(bus.path)).toMatch(/^\/dev\/pts\/\d+$/);
    await bus.close();
    await expect(access(bus.path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('takes over a link of an earlier run, but never a file or a folder that is not there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ushelter-test-'));
    cleanUp.push(() => rm(folder, { recursive: true }));
    const [stale, file, nowhere] = ['stale', 'notes.txt', 'missing/air'].map((name) => join(folder, name));
    if (!stale || !file || !nowhere) throw new Error('expected three paths');
    await symlink('/dev/pts/9999', stale);
    await plugged(ptyBusAt(stale));
    expect(await readlink(stale)).not.toBe('/dev/pts/9999');

    await writeFile(file, 'dear diary');
    await expect(ptyBusAt(file).plugIn()).rejects.toMatchObject({ code: 'PORT_FAILED' });
    expect(await readFile(file, 'utf8')).toBe('dear diary');
    await expect(ptyBusAt(nowhere).plugIn()).rejects.toMatchObject({
      code: 'PORT_FAILED',
      message: expect.stringContaining(nowhere),
    });
  });

  it('leaves no descriptor behind after 100 cycles of unplugging', async () => {
    const bus = await plugged(await ptyBus('air'));
    const openFiles = () => readdirSync('/proc/self/fd').length;
    const before = openFiles();
    for (let cycle = 0; cycle < 100; cycle++) {
      await bus.unplug();
      await bus.plugIn();
      bus.send(everyByte);
    }
    await vi.waitFor(() => expect(openFiles()).toBe(before));
  });

  it('drops what nobody reads instead of piling it up or waiting', async () => {
    const bus = await plugged(await ptyBus('air'));
    const chunk = new Uint8Array(64 * 1024).fill(0x55);
    const before = process.memoryUsage();
    for (let sent = 0; sent < 1_000; sent++) bus.send(chunk);
    const after = process.memoryUsage();
    const grown = after.rss + after.arrayBuffers - before.rss - before.arrayBuffers;
    expect(grown).toBeLessThan(16 * 1024 * 1024);
  });
});

describe('a TCP bus', () => {
  it('keeps the port that it took first', async () => {
    const bus = await plugged(tcpBus({ host: '127.0.0.1', port: 0 }));
    const { path } = bus;
    expect(path).toMatch(/^tcp:\/\/127\.0\.0\.1:[1-9]\d*$/);
    await bus.unplug();
    await bus.plugIn();
    expect(bus.path).toBe(path);
  });

  it('says that its port is taken', async () => {
    const bus = await plugged(tcpBus({ host: '127.0.0.1', port: 0 }));
    const port = Number(new URL(bus.path).port);
    await expect(tcpBus({ host: '127.0.0.1', port }).plugIn()).rejects.toMatchObject({
      name: 'DriverError',
      code: 'PORT_BUSY',
    });
  });

  it('drops what its reader does not take', async () => {
    const bus = await plugged(tcpBus({ host: '127.0.0.1', port: 0 }));
    const reader = connect({ host: '127.0.0.1', port: Number(new URL(bus.path).port) });
    cleanUp.push(() => reader.destroy());
    reader.pause();
    const greeted = new Promise<void>((resolve) => bus.onData(() => resolve()));
    reader.write('x');
    await greeted;
    const chunk = new Uint8Array(64 * 1024);
    const before = process.memoryUsage().arrayBuffers;
    for (let sent = 0; sent < 1_000; sent++) bus.send(chunk);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });

  it('serves the newest of its readers', async () => {
    const bus = await plugged(tcpBus({ host: '127.0.0.1', port: 0 }));
    const port = Number(new URL(bus.path).port);
    const heard = collect(bus);
    const older = connect({ host: '127.0.0.1', port });
    const gone = new Promise((resolve) => older.once('close', resolve));
    older.on('error', () => {});
    older.write('a');
    await vi.waitFor(() => expect(heard).toEqual([0x61]));
    const newer = connect({ host: '127.0.0.1', port });
    cleanUp.push(() => newer.destroy());
    newer.write('b');
    await gone;
    await vi.waitFor(() => expect(heard).toEqual([0x61, 0x62]));
  });
});

describe('wires in memory', () => {
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('carry bytes both ways and lose them while nobody has the port open', async () => {
    const { ports, bus: makeBus } = memoryWires();
    const bus = await plugged(makeBus('/dev/air'));
    bus.send(Uint8Array.of(1));
    const port = await ports.open('/dev/air', line);
    const [atReader, atDevice] = [collect(port), collect(bus)];
    bus.send(Uint8Array.of(2));
    await port.write(Uint8Array.of(3));
    await settled();
    expect({ atReader, atDevice }).toEqual({ atReader: [2], atDevice: [3] });
  });

  it('lose the reader on unplugging and can be opened again afterwards', async () => {
    const { ports, bus: makeBus } = memoryWires();
    const bus = await plugged(makeBus('/dev/air'));
    const port = await ports.open('/dev/air', line);
    const told = vi.fn();
    port.onLost(told);
    await expect(ports.open('/dev/air', line)).rejects.toMatchObject({ code: 'PORT_BUSY' });
    await bus.unplug();
    await settled();
    expect(told).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'DEVICE_LOST' }));
    await expect(port.write(everyByte)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    await expect(ports.open('/dev/air', line)).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    await bus.plugIn();
    const again = await ports.open('/dev/air', line);
    await again.close();
    await ports.open('/dev/air', line);
  });

  it('say nothing of a loss after closing', async () => {
    const { ports, bus: makeBus } = memoryWires();
    const bus = await plugged(makeBus('/dev/air'));
    const port = await ports.open('/dev/air', line);
    const told = vi.fn();
    port.onLost(told);
    await port.close();
    await bus.unplug();
    await settled();
    expect(told).not.toHaveBeenCalled();
  });
});

describe('a real serial port as a bus', () => {
  it('carries bytes both ways until it is unplugged', async () => {
    const { ports, bus: makeBus } = memoryWires();
    const farEnd = await plugged(makeBus('/dev/ttyUSB1'));
    const bus = await plugged(serialBus({ ports, path: '/dev/ttyUSB1', line, clock: virtualClock() }));
    const [atFarEnd, atDevice] = [collect(farEnd), collect(bus)];
    bus.send(Uint8Array.of(1));
    farEnd.send(Uint8Array.of(2));
    await vi.waitFor(() => expect({ atFarEnd, atDevice }).toEqual({ atFarEnd: [1], atDevice: [2] }));
    await bus.unplug();
    bus.send(Uint8Array.of(3));
    expect(atFarEnd).toEqual([1]);
    await ports.open('/dev/ttyUSB1', line);
  });

  it('is opened again by itself after it was lost', async () => {
    const clock = virtualClock();
    const { ports, bus: makeBus } = memoryWires();
    const farEnd = await plugged(makeBus('/dev/ttyUSB1'));
    const bus = await plugged(serialBus({ ports, path: '/dev/ttyUSB1', line, clock }));
    await farEnd.unplug();
    await clock.advance(10_000);
    await farEnd.plugIn();
    await clock.advance(2_000);
    const atFarEnd = collect(farEnd);
    bus.send(Uint8Array.of(1));
    await clock.advance(0);
    expect(atFarEnd).toEqual([1]);
  });

  it('cannot be plugged in where the port cannot be opened', async () => {
    const { ports } = memoryWires();
    const bus = serialBus({ ports, path: '/dev/ttyUSB1', line, clock: virtualClock() });
    await expect(bus.plugIn()).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
  });
});
