import { describe, expect, it } from 'vitest';
import { memoryWires } from '../../simulators/buses/memory.js';
import { ptyBus } from '../../simulators/buses/pty.js';
import type { Air, SerialTwin } from '../../simulators/contract.js';
import { type SimulatedDevice, simulateDevice } from '../../simulators/device.js';
import { type FaultName, faultNames, faults, isFaultName } from '../../simulators/faults.js';
import { virtualClock } from '../../simulators/virtual-clock.js';

/** Reports each second, in 8 bytes with a checksum, tenths of °C and of µg/m³; answers any byte with its echo. */
function tinyTwin() {
  const life = { starts: 0, powered: false };
  const twin: SerialTwin = {
    model: 'tiny',
    line: { baudRate: 9_600 },
    powerUp({ air, clock, send }) {
      let stop = clock.after(1_000, report);
      life.starts += 1;
      life.powered = true;
      function report() {
        send(encode(air()));
        stop = clock.after(1_000, report);
      }
      return {
        receive: (bytes) => send(bytes),
        powerDown() {
          stop();
          life.powered = false;
        },
      };
    },
  };
  return { twin, life };
}

function encode({ temperature, pm2_5 }: Air): Uint8Array {
  const words = [Math.round(temperature * 10), Math.round(pm2_5 * 10)];
  const body = [0xaa, 0x55, ...words.flatMap((word) => [(word >> 8) & 0xff, word & 0xff]), 0x00];
  return Uint8Array.of(...body, sum(body));
}

const sum = (bytes: readonly number[]) => bytes.reduce((total, byte) => (total + byte) & 0xff, 0);

const isRight = (frame: readonly number[]) =>
  frame.length === 8 && frame[0] === 0xaa && frame[1] === 0x55 && sum(frame.slice(0, 7)) === frame[7];

const temperatureOf = (frame: readonly number[]) =>
  new DataView(Uint8Array.from(frame).buffer).getInt16(2) / 10;

const start = Date.UTC(2026, 0, 1);

/** Becomes warmer by 1 °C an hour. */
const environment = {
  at: (time: number): Air => ({
    temperature: 10 + (time - start) / 3_600_000,
    humidity: 50,
    pressure: 1_013,
    pm1: 5,
    pm2_5: 10,
    pm10: 20,
  }),
};

interface Bench {
  clock: ReturnType<typeof virtualClock>;
  device: SimulatedDevice;
  life: { starts: number; powered: boolean };
  write(...bytes: number[]): Promise<void>;
  /** What a reader hears while `ms` pass, each arrival apart. */
  hear(ms: number): Promise<number[][]>;
  reopen(): Promise<void>;
}

async function bench(seed = 1): Promise<Bench> {
  const clock = virtualClock(start);
  const wires = memoryWires();
  const { twin, life } = tinyTwin();
  const device = await simulateDevice({ twin, bus: wires.bus('/dev/tiny'), environment, clock, seed });
  const open = () => wires.ports.open(device.path, twin.line);
  let port = await open();
  let heard: number[][] = [];
  const listen = () => port.onData((chunk) => heard.push([...chunk]));
  listen();
  return {
    clock,
    device,
    life,
    write: (...bytes) => port.write(Uint8Array.from(bytes)),
    async hear(ms) {
      heard = [];
      await clock.advance(ms);
      return heard;
    },
    async reopen() {
      port = await open();
      listen();
    },
  };
}

describe('a simulated device', () => {
  it('sends what it senses and answers what it is told', async () => {
    const { hear, write } = await bench();
    const frames = await hear(3_000);
    expect(frames.map(temperatureOf)).toEqual([10, 10, 10]);
    expect(frames.every(isRight)).toBe(true);
    await write(1, 2, 3);
    expect(await hear(0)).toEqual([[1, 2, 3]]);
  });

  it('starts on a bus of the system too', async () => {
    const { twin, life } = tinyTwin();
    const bus = await ptyBus('tiny');
    const device = await simulateDevice({ twin, bus, environment, clock: virtualClock(), seed: 1 });
    await device.setFault('unplugged');
    await device.setFault(undefined);
    expect(life).toEqual({ starts: 2, powered: true });
    await device.close();
    expect(life.powered).toBe(false);
  });

  it('gives its wire back when it cannot be plugged in or is closed', async () => {
    const wires = memoryWires();
    const clock = virtualClock(start);
    const plugIn = () =>
      simulateDevice({ twin: tinyTwin().twin, bus: wires.bus('/dev/tiny'), environment, clock, seed: 1 });
    const device = await plugIn();
    await expect(plugIn()).rejects.toMatchObject({ code: 'PORT_BUSY' });
    await device.close();
    await plugIn();
  });
});

describe('the faults', () => {
  const wrecks = {
    silent: (frames: number[][]) => expect(frames).toEqual([]),
    truncated(frames: number[][]) {
      expect(frames.length).toBeGreaterThan(50);
      expect(frames.every((frame) => frame.length < 8 && frame[0] === 0xaa)).toBe(true);
    },
    'bad-checksum'(frames: number[][]) {
      expect(frames.every((frame) => frame.length === 8 && frame[0] === 0xaa && frame[1] === 0x55)).toBe(
        true,
      );
      const differing = (frame: number[]) =>
        frame.filter((byte, index) => byte !== encode(environment.at(start))[index]);
      expect(frames.map((frame) => differing(frame).length)).toEqual(frames.map(() => 1));
    },
    garbage(frames: number[][]) {
      expect(frames.length).toBe(60);
      expect(new Set(frames.flat()).size).toBeGreaterThan(150);
    },
  } satisfies Partial<Record<FaultName, (frames: number[][]) => void>>;

  it.each(Object.entries(wrecks))(
    '%s lets no right frame through until it is cleared',
    async (name, check) => {
      const { device, hear } = await bench();
      await device.setFault(isFaultName(name) ? name : undefined);
      expect(device.fault).toBe(name);
      const frames = await hear(60_000);
      expect(frames.filter(isRight)).toEqual([]);
      check(frames);
      await device.setFault(undefined);
      expect(device.fault).toBeUndefined();
      expect((await hear(3_000)).filter(isRight)).toHaveLength(3);
    },
  );

  it.each(['truncated', 'bad-checksum', 'garbage'] as const)(
    '%s is the same for the same seed',
    async (name) => {
      async function hearWith(seed: number) {
        const { device, hear } = await bench(seed);
        await device.setFault(name);
        return hear(20_000);
      }
      expect(await hearWith(7)).toEqual(await hearWith(7));
      expect(await hearWith(7)).not.toEqual(await hearWith(8));
    },
  );

  it('slow lets messages trickle byte by byte and loses what is due meanwhile', async () => {
    const { device, hear, write } = await bench();
    await device.setFault('slow');
    await hear(900);
    await write(1, 2, 3);
    const arrivals = await hear(60_000);
    expect(arrivals.every((chunk) => chunk.length === 1)).toBe(true);
    const bytes = arrivals.flat();
    expect(bytes.slice(0, 3)).toEqual([1, 2, 3]);
    expect(isRight(bytes.slice(3, 11))).toBe(true);
    expect(bytes.length).toBe(3 + 59 * 8);
  });

  it('slow stops in the middle of a message when it is cleared', async () => {
    const { device, hear } = await bench();
    await device.setFault('slow');
    expect((await hear(1_100)).flat()).toEqual([0xaa, 0x55]);
    await device.setFault(undefined);
    expect((await hear(1_000)).map(isRight)).toEqual([true]);
  });

  it('unplugged takes the port away; cleared, the device starts anew at the same path', async () => {
    const { device, hear, reopen, write, life } = await bench();
    const { path } = device;
    await device.setFault('unplugged');
    expect(life).toEqual({ starts: 1, powered: false });
    await expect(write(1)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    await expect(reopen()).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    expect(await hear(10_000)).toEqual([]);
    await device.setFault(undefined);
    expect(life).toEqual({ starts: 2, powered: true });
    expect(device.path).toBe(path);
    await reopen();
    expect((await hear(2_000)).map(isRight)).toEqual([true, true]);
  });

  it('stuck repeats the values of the moment it began at', async () => {
    const { device, hear } = await bench();
    await hear(3_600_000);
    await device.setFault('stuck');
    const values = (await hear(7_200_000)).map(temperatureOf);
    expect(new Set(values)).toEqual(new Set([11]));
    await device.setFault(undefined);
    expect((await hear(1_000)).map(temperatureOf)).toEqual([13]);
  });

  it('drifting begins at the truth and wanders away from it', async () => {
    const { device, hear } = await bench();
    await device.setFault('drifting');
    const values = (await hear(3_600_000)).map(temperatureOf);
    expect(values[0]).toBe(10);
    expect(values.at(-1)).toBeCloseTo(10 + 1 + 6, 1);
    expect(values.toSorted((a, b) => a - b)).toEqual(values);
  });

  it('drifting never leaves the bounds of what can be said in percent', async () => {
    const clock = virtualClock(start);
    const fault = faults.drifting;
    if (fault.at !== 'air') throw new Error('expected a fault of the air');
    const drift = fault.begin({ clock, random: () => 0 }, environment.at(start));
    await clock.advance(24 * 3_600_000);
    expect(drift(environment.at(start)).humidity).toBe(0);
  });

  it('out-of-range reports in right frames what no air can have', async () => {
    const { device, hear } = await bench();
    await device.setFault('out-of-range');
    const frames = await hear(2_000);
    expect(frames.map(isRight)).toEqual([true, true]);
    expect(frames.map(temperatureOf)).toEqual([128, 128]);
  });

  it('follow each other in the order they were asked for, each ending the one before', async () => {
    const { device, hear, life } = await bench();
    await Promise.all([device.setFault('unplugged'), device.setFault('stuck'), device.setFault('silent')]);
    expect(device.fault).toBe('silent');
    expect(life).toEqual({ starts: 2, powered: true });
    expect(await hear(5_000)).toEqual([]);
  });

  it('have names and one line each for the help', () => {
    expect([...faultNames].sort()).toEqual([
      'bad-checksum',
      'bit-shift',
      'countless',
      'drifting',
      'garbage',
      'ones',
      'out-of-range',
      'scorching',
      'sign-overflow',
      'silent',
      'slow',
      'stuck',
      'truncated',
      'unplugged',
      'zero',
    ]);
    for (const name of faultNames) expect(faults[name].about).toMatch(/^[^\n]{10,120}$/);
    expect(isFaultName('toString')).toBe(false);
  });
});
