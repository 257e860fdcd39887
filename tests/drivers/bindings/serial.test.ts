import { execFileSync } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { serialPorts } from '../../../drivers/bindings/serial-ports.js';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import { tcpAddresses } from '../../../drivers/bindings/tcp.js';
import type { Clock, SerialPort } from '../../../drivers/ports.js';
import { ptyBus } from '../../../simulators/buses/pty.js';
import { tcpBus } from '../../../simulators/buses/tcp.js';
import type { Bus } from '../../../simulators/contract.js';

const everyByte = Uint8Array.from({ length: 256 }, (_, value) => value);
const line = { baudRate: 9_600 };
const ports = serialPorts(systemClock);

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.doUnmock('serialport');
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function plugged(bus: Bus): Promise<Bus> {
  cleanUp.push(() => bus.close());
  await bus.plugIn();
  return bus;
}

async function opened(path: string): Promise<SerialPort> {
  const port = await ports.open(path, line);
  cleanUp.push(() => port.close());
  return port;
}

/** Resolves when so many bytes have come. */
function bytesFrom(source: Pick<Bus, 'onData'>, count: number): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const bytes: number[] = [];
    const stop = source.onData((chunk) => {
      bytes.push(...chunk);
      if (bytes.length < count) return;
      stop();
      resolve(Uint8Array.from(bytes));
    });
  });
}

const lossOf = (port: SerialPort) => new Promise<Error>((resolve) => port.onLost(resolve));

const wires = {
  'pseudo-terminal': () => ptyBus('usb-simulated-if00-port0'),
  'TCP connection': async () => tcpBus({ host: '127.0.0.1', port: 0 }),
};

describe.each(Object.entries(wires))('a port on a %s', (_, makeBus) => {
  it('carries every byte unchanged to the device and back', async () => {
    const bus = await plugged(await makeBus());
    const port = await opened(bus.path);
    const atDevice = bytesFrom(bus, 512);
    await port.write(everyByte);
    await port.write(everyByte.toReversed());
    expect(await atDevice).toEqual(Uint8Array.of(...everyByte, ...everyByte.toReversed()));

    const atReader = bytesFrom(port, 512);
    bus.send(everyByte);
    bus.send(everyByte.toReversed());
    expect(await atReader).toEqual(Uint8Array.of(...everyByte, ...everyByte.toReversed()));
  });

  it('says once that the device was lost when it is unplugged, and takes no more bytes', async () => {
    const bus = await plugged(await makeBus());
    const port = await opened(bus.path);
    const told = vi.fn();
    port.onLost(told);
    const loss = lossOf(port);
    await bus.unplug();
    expect(await loss).toMatchObject({ code: 'DEVICE_LOST', retry: true });
    await expect(port.write(everyByte)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    await port.close();
    expect(told).toHaveBeenCalledOnce();
  });

  it('notices the loss when it comes while bytes are being read', async () => {
    const bus = await plugged(await makeBus());
    const port = await opened(bus.path);
    const loss = lossOf(port);
    port.onData(() => void bus.unplug());
    bus.send(everyByte);
    expect(await loss).toMatchObject({ code: 'DEVICE_LOST' });
  });

  it('is opened anew by the same path after the device was plugged in again', async () => {
    const bus = await plugged(await makeBus());
    const { path } = bus;
    const first = await opened(path);
    const loss = lossOf(first);
    await bus.unplug();
    await loss;
    await expect(ports.open(path, line)).rejects.toMatchObject({ name: 'DriverError', retry: true });
    await bus.plugIn();
    expect(bus.path).toBe(path);
    const second = await opened(path);
    const heard = bytesFrom(second, 3);
    bus.send(Uint8Array.of(1, 2, 3));
    expect(await heard).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('is opened again while the device stays, and says nothing of a loss when it is closed', async () => {
    const bus = await plugged(await makeBus());
    const first = await opened(bus.path);
    const told = vi.fn();
    first.onLost(told);
    await first.close();
    await first.close();
    await expect(first.write(everyByte)).rejects.toMatchObject({ code: 'PORT_FAILED' });

    const second = await opened(bus.path);
    const heard = bytesFrom(bus, 1);
    await second.write(Uint8Array.of(7));
    expect(await heard).toEqual(Uint8Array.of(7));
    await bus.unplug();
    expect(told).not.toHaveBeenCalled();
  });

  it('tells nothing to a listener that was taken off', async () => {
    const bus = await plugged(await makeBus());
    const port = await opened(bus.path);
    const told = vi.fn();
    port.onData(told)();
    const heard = bytesFrom(port, 1);
    bus.send(Uint8Array.of(7));
    await heard;
    expect(told).not.toHaveBeenCalled();
  });
});

describe('a device path', () => {
  it('that does not exist is not found', async () => {
    await expect(ports.open('/dev/serial/by-id/nothing', line)).rejects.toMatchObject({
      name: 'DriverError',
      code: 'PORT_NOT_FOUND',
      message: expect.stringContaining('/dev/serial/by-id/nothing'),
    });
  });

  it('is not found while its device is unplugged', async () => {
    const bus = await plugged(await ptyBus('air'));
    await bus.unplug();
    await expect(ports.open(bus.path, line)).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
  });

  it('that is open already is busy, also under another name', async () => {
    const bus = await plugged(await ptyBus('air'));
    await opened(bus.path);
    const other = await realpath(bus.path);
    await expect(ports.open(bus.path, line)).rejects.toMatchObject({ code: 'PORT_BUSY' });
    await expect(ports.open(other, line)).rejects.toMatchObject({ code: 'PORT_BUSY' });
  });

  it('stays usable for its first user when a second one was turned away', async () => {
    const bus = await plugged(await ptyBus('air'));
    const port = await opened(bus.path);
    await expect(ports.open(bus.path, line)).rejects.toMatchObject({ code: 'PORT_BUSY' });
    const heard = bytesFrom(port, 256);
    bus.send(everyByte);
    expect(await heard).toEqual(everyByte);
  });

  it('that is no serial port fails', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ushelter-test-'));
    cleanUp.push(() => rm(folder, { recursive: true }));
    const file = join(folder, 'notes.txt');
    await writeFile(file, 'no port');
    await expect(ports.open(file, line)).rejects.toMatchObject({ code: 'PORT_FAILED' });
    await expect(ports.open('', line)).rejects.toMatchObject({ code: 'PORT_FAILED' });
  });

  it('is denied where the system says so', async () => {
    const words = 'Error: Permission denied, cannot open /dev/ttyUSB0';
    vi.doMock('serialport', () => ({
      SerialPort: class {
        open(done: (cause: Error) => void) {
          done(new Error(words));
        }
      },
    }));
    await expect(ports.open('/dev/ttyUSB0', line)).rejects.toMatchObject({
      code: 'PORT_DENIED',
      hint: expect.stringContaining('dialout'),
    });
  });

  it('says that the package is missing where serialport does not load', async () => {
    vi.doMock('serialport', () => {
      throw new Error('No native build was found');
    });
    await expect(ports.open('/dev/ttyUSB0', line)).rejects.toMatchObject({
      code: 'NATIVE_PACKAGE_MISSING',
      retry: false,
    });
  });

  it('does not hang up when it is closed', async () => {
    const bus = await plugged(await ptyBus('board'));
    execFileSync('stty', ['-F', bus.path, 'hupcl']);
    await opened(bus.path);
    const settings = execFileSync('stty', ['-F', bus.path, '-a'], { encoding: 'utf8' });
    expect(settings).toContain('-hupcl');
  });

  it('notices a hang-up although nobody listens for bytes', async () => {
    const bus = await plugged(await ptyBus('air'));
    const loss = lossOf(await opened(bus.path));
    await bus.unplug();
    expect(await loss).toMatchObject({ code: 'DEVICE_LOST' });
  });
});

describe('a network address', () => {
  it('where nobody listens is unreachable', async () => {
    const bus = await plugged(tcpBus({ host: '127.0.0.1', port: 0 }));
    await bus.unplug();
    await expect(ports.open(bus.path, line)).rejects.toMatchObject({
      name: 'DriverError',
      code: 'PORT_UNREACHABLE',
      message: expect.stringContaining(bus.path),
    });
  });

  it('that does not answer in time is unreachable', async () => {
    const bus = await plugged(tcpBus({ host: '127.0.0.1', port: 0 }));
    const impatient: Clock = {
      ...systemClock,
      after: (_ms, callback) => {
        queueMicrotask(callback);
        return () => {};
      },
    };
    await expect(tcpAddresses(impatient).open(bus.path, line)).rejects.toMatchObject({
      code: 'PORT_UNREACHABLE',
      message: expect.stringContaining('no answer within 5000 ms'),
    });
  });

  it('that is none is refused with an example', async () => {
    const noAddress = fc.oneof(
      fc.string().filter((text) => !/^[^\s:/]+:\d{1,5}$/.test(text)),
      fc.integer({ min: 65_536, max: 99_999 }).map((port) => `host:${port}`),
      fc.constantFrom('host:0', 'host', ':4001', 'host:', 'host:4001/x', '::1:4001'),
    );
    await fc.assert(
      fc.asyncProperty(noAddress, async (text) => {
        await expect(ports.open(`tcp://${text}`, line)).rejects.toMatchObject({
          code: 'PORT_UNREACHABLE',
          message: expect.stringContaining('such as tcp://'),
        });
      }),
    );
  });
});
