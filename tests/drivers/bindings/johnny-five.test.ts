import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { firmataBoards } from '../../../drivers/bindings/johnny-five.js';
import { serialDevices } from '../../../drivers/bindings/serial.js';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import type { Cancel, Clock, FirmataComponent, SerialPort } from '../../../drivers/ports.js';
import { bme280 } from '../../../drivers/sensors/bme280.js';
import { sht31 } from '../../../drivers/sensors/sht31.js';
import { ptyBus } from '../../../simulators/buses/pty.js';
import { simulateDevice } from '../../../simulators/device.js';
import { bme280Part, bme280 as bme280Twin } from '../../../simulators/models/bme280.js';
import type { I2cPart, PoweredI2cPart } from '../../../simulators/models/i2c.js';
import { sht31Part } from '../../../simulators/models/sht31.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import {
  type FirmataRig,
  firmataRig,
  isComplete,
  newReading,
  nextReading,
  type Reading,
  springDay,
} from '../../rigs/firmata-rig.js';
import { hastyClock } from '../../rigs/hasty-clock.js';

const thermometer: FirmataComponent = { controller: 'SHT31D', address: 0x44, every: 5 };
const weatherChip: FirmataComponent = { controller: 'BME280', address: 0x76, every: 5 };

const rigs: FirmataRig[] = [];

async function rig(clock: Clock, ...parts: I2cPart[]): Promise<FirmataRig> {
  const made = await firmataRig(clock, parts);
  rigs.push(made);
  return made;
}

/** Loaded first, so that no test in virtual time waits for a file. */
let five: { Board: { cache: readonly unknown[] } };
beforeAll(async () => {
  await import('firmata-io');
  five = (await import('johnny-five')).default as unknown as typeof five;
});

afterEach(async () => {
  for (const { device } of rigs.splice(0)) await device.close();
});

describe('a board', () => {
  it('gives the readings of two sensors that share it', async () => {
    const { open } = await rig(systemClock, bme280Part(), sht31Part());
    const board = await open();
    const [fromBme280, fromSht31] = await Promise.all([
      nextReading(board.attach(weatherChip)),
      nextReading(board.attach(thermometer)),
    ]);
    await board.close();

    const { temperature, humidity, pressure } = springDay;
    const sample = bme280.decode(fromBme280);
    expect(sample.temperature).toBeCloseTo(temperature, 2);
    expect(sample.humidity).toBeCloseTo(humidity, 1);
    expect(sample.pressure).toBeCloseTo(pressure, 1);
    expect(sht31.decode(fromSht31)).toEqual({ temperature, humidity });
  });

  it('is read over a real serial port on a real pseudo-terminal', async () => {
    const device = await simulateDevice({
      twin: bme280Twin(),
      bus: await ptyBus('usb-arduino'),
      environment: { at: () => springDay },
      clock: systemClock,
      seed: 1,
    });
    const port = await serialDevices.open(device.path, { baudRate: 57_600 });
    const board = await firmataBoards(systemClock).open(port);
    const lost = new Promise<Error>((resolve) => board.onLost(resolve));

    const sample = bme280.decode(await nextReading(board.attach(weatherChip)));
    expect(sample.temperature).toBe(springDay.temperature);

    await device.setFault('unplugged');
    expect(await lost).toMatchObject({ code: 'DEVICE_LOST' });
    await board.close();
    await device.close();
  });

  it('tells once that it was unplugged, and is read again after it was plugged in and opened', async () => {
    const { device, open } = await rig(systemClock, sht31Part());
    const first = await open();
    await nextReading(first.attach(thermometer));
    const lost = vi.fn();
    first.onLost(lost);
    await device.setFault('unplugged');
    await vi.waitFor(() => expect(lost).toHaveBeenCalled());
    await first.close();

    await device.setFault(undefined);
    const second = await open();
    const reading = await nextReading(second.attach(thermometer));
    await second.close();
    expect(sht31.decode(reading).temperature).toBe(springDay.temperature);
    expect(lost).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'DEVICE_LOST' }));
  });

  it('that stops answering on an open port counts as lost, and closes', async () => {
    const { device, open } = await rig(hastyClock(20), sht31Part());
    const board = await open();
    const sensor = board.attach(thermometer);
    await nextReading(sensor);
    const lost = new Promise<Error>((resolve) => board.onLost(resolve));
    await device.setFault('silent');
    expect(await lost).toMatchObject({ code: 'DEVICE_SILENT' });
    await board.close();
  });

  it('asks a sensor no more once that is closed', async () => {
    const { open } = await rig(systemClock, sht31Part());
    const board = await open();
    const sensor = board.attach(thermometer);
    const listener = vi.fn();
    sensor.onReading(listener);
    await vi.waitFor(() => expect(listener).toHaveBeenCalled());
    sensor.close();
    listener.mockClear();

    const other = board.attach({ ...thermometer, every: 30 });
    await nextReading(other);
    await nextReading(other);
    expect(listener).not.toHaveBeenCalled();
    await board.close();
  });
});

describe('a sensor behind a board', () => {
  it('that is absent gives empty readings, not what the board had of another one', async () => {
    const { open } = await rig(systemClock, sht31Part());
    const board = await open();
    const present = board.attach(thermometer);
    const absent = board.attach({ ...thermometer, address: 0x45 });
    const readings: unknown[] = [];
    absent.onReading((reading) => readings.push(reading));
    await vi.waitFor(() => expect(readings.length).toBeGreaterThan(5));
    await nextReading(present);
    await board.close();
    for (const reading of readings) expect(reading).toEqual({});
    expect(() => sht31.decode({})).toThrow(expect.objectContaining({ code: 'DEVICE_NONSENSE' }));
  });

  it.each([
    { name: 'SHT31', part: sht31Part, component: thermometer },
    { name: 'BME280', part: bme280Part, component: weatherChip },
  ])('($name) that lost its power is set up anew when it has it again', async ({ part, component }) => {
    const loose = withLooseWire(part());
    const { open } = await rig(systemClock, loose.part);
    const board = await open();
    const sensor = board.attach(component);
    await nextReading(sensor);
    loose.setPower(false);
    await nextReading(sensor, (reading) => !isComplete(reading));
    loose.setPower(true);
    await nextReading(sensor);
    await board.close();
  });

  it.each([
    { name: 'SHT31', part: sht31Part, component: thermometer },
    { name: 'BME280', part: bme280Part, component: weatherChip },
  ])('($name) that is not ready when it is first asked is asked again, and has not failed', async (chip) => {
    const { open } = await rig(systemClock, readyOnceAsked(chip.part()));
    const board = await open();
    const sensor = board.attach(chip.component);
    const readings: Reading[] = [];
    sensor.onReading((reading) => readings.push(reading));
    await nextReading(sensor);
    await board.close();
    expect(readings.filter((reading) => !isComplete(reading))).toEqual([]);
  });

  it('whose answer has a wrong checksum gives no reading', async () => {
    const { device, open } = await rig(systemClock, sht31Part());
    const board = await open();
    const sensor = board.attach(thermometer);
    await nextReading(sensor);
    await device.setFault('bad-checksum');
    const readings: Reading[] = [];
    const cancel = sensor.onReading((reading) => readings.push(reading));
    await vi.waitFor(() => expect(readings.length).toBeGreaterThan(10));
    cancel();
    await board.close();
    // Firmata's own bytes have no checksum, so an answer may also name another register and go unheard.
    expect(readings.slice(1).filter(isComplete)).toEqual([]);
  });
});

describe('opening', () => {
  it('fails after 10 s where nothing answers, and closes the port', async () => {
    const clock = virtualClock();
    const port = fakePort();
    const opening = firmataBoards(clock).open(port);
    const failure = expect(opening).rejects.toMatchObject({ code: 'DEVICE_SILENT' });
    await clock.advance(10_000);
    await failure;
    expect(port.isClosed()).toBe(true);
  });

  it('asks again each second, for a board that was still starting', async () => {
    const clock = virtualClock();
    const { device, open } = await rig(clock, sht31Part());
    await device.setFault('silent');
    const opening = open();
    await clock.advance(2_500);
    await device.setFault(undefined);
    await clock.advance(1_000);
    await (await opening).close();
  });

  it('fails where bytes come that are not Firmata', async () => {
    const clock = virtualClock();
    const port = fakePort();
    const opening = firmataBoards(clock).open(port);
    const failure = expect(opening).rejects.toMatchObject({ code: 'BOARD_INCOMPATIBLE' });
    await clock.advance(1_000);
    port.receive(Buffer.from('AAC0D4043A0A02A1A7AB'.repeat(20), 'hex'));
    await clock.advance(9_000);
    await failure;
    expect(port.isClosed()).toBe(true);
  });

  it('fails where the board has no pins for I2C', async () => {
    const clock = virtualClock();
    const port = fakePort();
    const opening = firmataBoards(clock).open(port);
    const failure = expect(opening).rejects.toMatchObject({ code: 'BOARD_INCOMPATIBLE' });
    await clock.advance(100);
    port.receive(Uint8Array.of(0xf9, 2, 5, 0xf0, 0x79, 2, 5, 0xf7));
    port.receive(Uint8Array.of(0xf0, 0x6c, 0, 1, 1, 1, 0x7f, 0x7f, 0xf7, 0xf0, 0x6a, 0x7f, 0x7f, 0xf7));
    await failure;
    expect(port.isClosed()).toBe(true);
  });

  it('fails where the port goes away meanwhile', async () => {
    const clock = virtualClock();
    const port = fakePort();
    const opening = firmataBoards(clock).open(port);
    const failure = expect(opening).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    await clock.advance(500);
    port.lose();
    await failure;
    expect(port.isClosed()).toBe(true);
  });
});

describe('whatever bytes come', () => {
  const sysex = fc
    .tuple(fc.nat(0x7f), fc.array(fc.nat(0x7f), { maxLength: 40 }))
    .map(([command, data]) => [0xf0, command, ...data, 0xf7]);
  const bytes = fc.array(fc.nat(0xff), { maxLength: 60 });
  const hostile = fc.array(fc.oneof(sysex, bytes, fc.constantFrom([0xf9, 2, 5], [0xf0, 0x73, 0x73, 0xf7])), {
    maxLength: 20,
  });

  it('opening neither throws nor hangs', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (messages) => {
        const clock = virtualClock();
        const port = fakePort();
        const opening = firmataBoards(clock).open(port);
        const settled = opening.then(
          (board) => board.close(),
          () => {},
        );
        await clock.advance(100);
        port.receive(Uint8Array.of(0xf9, 2, 5));
        for (const message of messages) port.receive(Uint8Array.from(message));
        await clock.advance(10_000);
        await settled;
        expect(port.isClosed()).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('a board that is open goes on to give true readings', async () => {
    const { open, air, inject } = await rig(hastyClock(20), sht31Part());
    const board = await open();
    const sensor = board.attach(thermometer);
    const lost = vi.fn();
    board.onLost(lost);
    await fc.assert(
      fc.asyncProperty(hostile, fc.integer({ min: -40, max: 125 }), async (messages, temperature) => {
        air.temperature = temperature;
        for (const message of messages) inject(message);
        expect(sht31.decode(await newReading(sensor)).temperature).toBeCloseTo(temperature, 1);
      }),
      { numRuns: 30 },
    );
    expect(lost).not.toHaveBeenCalled();
    await board.close();
  });
});

describe('many openings', () => {
  it('leave no timer, no list entry, no signal handler and no word behind', async () => {
    const words = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error'), vi.spyOn(process.stdout, 'write')];
    const listenersBefore = processListeners();
    const { openPort } = await rig(systemClock, sht31Part());
    const clock = countingClock();
    const boards = firmataBoards(clock);
    for (let opening = 0; opening < 20; opening++) {
      const board = await boards.open(await openPort());
      await nextReading(board.attach(thermometer));
      await board.close();
    }
    expect(clock.pending()).toBe(0);
    expect(five.Board.cache).toEqual([]);
    expect(processListeners()).toBe(listenersBefore);
    for (const spy of words) expect(spy).not.toHaveBeenCalled();
  });

  it('let go of every port', async () => {
    const { openPort } = await rig(systemClock, sht31Part());
    const ports: WeakRef<SerialPort>[] = [];
    for (let opening = 0; opening < 20; opening++) {
      const port = await openPort();
      ports.push(new WeakRef(port));
      const board = await firmataBoards(systemClock).open(port);
      await nextReading(board.attach(thermometer));
      await board.close();
    }
    // The newest may still be in a register or in a timer that is about to fire.
    await vi.waitFor(() => {
      collectGarbage();
      expect(ports.filter((port) => port.deref()).length).toBeLessThanOrEqual(1);
    });
  });
});

function processListeners(): number {
  return process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

/** The machine's time, with a count of the timers that are set. */
function countingClock(): Clock & { pending(): number } {
  const pending = new Set<Cancel>();
  return {
    ...systemClock,
    after(ms, callback) {
      const cancel = systemClock.after(ms, () => {
        pending.delete(cancel);
        callback();
      });
      pending.add(cancel);
      return () => {
        pending.delete(cancel);
        cancel();
      };
    },
    pending: () => pending.size,
  };
}

/** A chip whose supply wire can be pulled. */
function withLooseWire({ address, powerUp }: I2cPart): { part: I2cPart; setPower(on: boolean): void } {
  let setPower: (on: boolean) => void = () => {};
  const part: I2cPart = {
    address,
    powerUp(surroundings) {
      let chip: PoweredI2cPart | undefined = powerUp(surroundings);
      setPower = (on) => {
        chip = on ? powerUp(surroundings) : undefined;
      };
      return { write: (bytes) => chip?.write(bytes), read: (count) => chip?.read(count) ?? [] };
    },
  };
  return { part, setPower: (on) => setPower(on) };
}

/** A chip that still starts when it is read for the first time. */
function readyOnceAsked(part: I2cPart): I2cPart {
  const { part: loose, setPower } = withLooseWire(part);
  return {
    ...loose,
    powerUp(surroundings) {
      const chip = loose.powerUp(surroundings);
      setPower(false);
      return {
        write: chip.write,
        read(count) {
          const bytes = chip.read(count);
          if (bytes.length === 0) setPower(true);
          return bytes;
        },
      };
    },
  };
}

/** A port with a hand at its other end. */
function fakePort(): SerialPort & { receive(bytes: Uint8Array): void; lose(): void; isClosed(): boolean } {
  const onData = new Set<(chunk: Uint8Array) => void>();
  const onLost = new Set<(error: Error) => void>();
  let closed = false;
  return {
    write: async () => {},
    onData(listener) {
      onData.add(listener);
      return () => onData.delete(listener);
    },
    onLost(listener) {
      onLost.add(listener);
      return () => onLost.delete(listener);
    },
    async close() {
      closed = true;
    },
    receive(bytes) {
      for (const tell of [...onData]) tell(bytes);
    },
    lose() {
      for (const tell of [...onLost]) tell(new Error('unplugged'));
    },
    isClosed: () => closed,
  };
}
