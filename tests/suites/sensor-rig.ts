import { parseSite } from '../../config/load.js';
import { dhtReader, dhtTestHook } from '../../drivers/bindings/dht.js';
import { firmataBoards } from '../../drivers/bindings/johnny-five.js';
import { drivers, sensorModels } from '../../drivers/index.js';
import type { SerialPorts } from '../../drivers/ports.js';
import type { Condition } from '../../runtime/ingest/condition.js';
import { createSensing } from '../../runtime/ingest/sensing.js';
import type { Reading } from '../../runtime/reading.js';
import { memoryWires } from '../../simulators/buses/memory.js';
import type { Environment, SerialTwin } from '../../simulators/contract.js';
import { simulateDevice } from '../../simulators/device.js';
import { modelledEnvironment } from '../../simulators/environment.js';
import type { FaultName } from '../../simulators/faults.js';
import { simulatedDhts } from '../../simulators/models/dht.js';
import { simulatedGpio } from '../../simulators/models/gpio.js';
import { createSerialTwin } from '../../simulators/models/index.js';
import { virtualClock } from '../../simulators/virtual-clock.js';
import { giveLibrariesTimeOf } from './library-time.js';
import { trackedDht } from './tracked-dht.js';
import type { Way } from './ways.js';

/** A sensor and its twin in a shelter at work, with another sensor beside it. */
export interface SensorRig {
  environment: Environment;
  /** Wall time in ms. */
  now(): number;
  /** Lets so many milliseconds pass. */
  pass(ms: number): Promise<void>;
  setFault(fault: FaultName | undefined): Promise<void>;
  /** Plugs an unplugged device in again, where the system gives its port another name now. */
  plugInElsewhere(): Promise<void>;
  /** What the sensor has given since this was last asked. */
  taken(): Reading[];
  /** The same of the one beside it. */
  takenBeside(): Reading[];
  condition(): Condition;
  /** The wall times at which its port was opened. */
  openings(): readonly number[];
  /** How often that was tried, with or without success. */
  tries(): number;
  stop(): Promise<void>;
}

export interface SensorRigOptions {
  /** Wall time in ms at which the shelter starts. */
  start?: number;
  /** What hangs on the sensor's wire; by default its own twin. */
  twin?: SerialTwin;
  /** By default an SDS011 on a wire of its own, which nothing happens to. */
  beside?: { driver: string; port: keyof typeof wires };
}

// Loaded first, so that no time passes on the virtual clock while files are read.
await Promise.all([import('firmata-io'), import('johnny-five')]);

const summer = Date.UTC(2026, 6, 1);
const seed = 2026;
const line = 4;

/** The native DHT code works in real time, beside the clock's: it gets to answer once in so many ms. */
const step = 1_000;

/** Before a port is opened again. */
const longestWaits = () => 0.999;

/** Stable names, as below /dev/serial/by-id, for what the system numbers as it likes. */
const wires = { sensor: '/dev/serial/by-id/sensor', beside: '/dev/serial/by-id/beside' };

export async function sensorRig(
  way: Way,
  { start = summer, twin, beside = { driver: 'sds011', port: 'beside' } }: SensorRigOptions = {},
): Promise<SensorRig> {
  const clock = virtualClock(start);
  const environment = modelledEnvironment(seed);
  const serial = renamedWires();
  const tracked = trackedDht({ hook: dhtTestHook, reader: dhtReader });
  const dhts = simulatedDhts({ ...tracked, environment, clock, seed });

  const plugIn = (device: SerialTwin, wire: string) =>
    simulateDevice({ twin: device, bus: serial.bus(wire), environment, clock, seed });
  const { model, link } = way.driver;
  const own = twin ?? createSerialTwin(model);
  if (!own && link !== 'dht') throw new Error(`${model} has no twin in simulators/models`);
  let device = own && (await plugIn(own, wires.sensor));
  const other = beside.port === 'beside' && createSerialTwin(beside.driver);
  if (other) await plugIn(other, wires.beside);

  const openings: number[] = [];
  let tries = 0;
  const ports: SerialPorts = {
    async open(path, settings) {
      if (path === wires.sensor) tries++;
      const port = await serial.open(path, settings);
      if (path === wires.sensor) openings.push(clock.now());
      return port;
    },
  };
  const readings: Record<string, Reading[]> = { sensor: [], beside: [] };
  let condition: Condition = { state: 'starting' };

  const sensing = createSensing({
    site: parseSite(siteOf(way, beside), { models: sensorModels() }),
    drivers,
    hardware: {
      serial: ports,
      firmata: firmataBoards(clock),
      dht: dhts.reader,
      gpio: simulatedGpio({ clock }).lines,
    },
    clock,
    random: longestWaits,
    outlets: {
      onReadings(taken) {
        for (const reading of taken) readings[reading.stream.sensor]?.push(reading);
      },
      onCondition(name, next) {
        if (name === 'sensor') condition = next;
      },
      onEvent() {},
      onInput() {},
      onComplaint() {},
    },
  });
  const takeBackTime = giveLibrariesTimeOf(clock);
  sensing.start();

  function take(sensor: string): Reading[] {
    const taken = readings[sensor] ?? [];
    readings[sensor] = [];
    return taken;
  }

  return {
    environment,
    now: clock.now,
    async pass(ms) {
      for (let left = ms; left > 0; left -= step) {
        await clock.advance(Math.min(step, left));
        await tracked.idle();
      }
    },
    async setFault(fault) {
      if (device) await device.setFault(fault);
      else dhts.setFault(line, fault);
    },
    async plugInElsewhere() {
      if (!own) return dhts.setFault(line, undefined);
      await device?.close();
      serial.rename(wires.sensor);
      device = await plugIn(own, wires.sensor);
    },
    taken: () => take('sensor'),
    takenBeside: () => take('beside'),
    condition: () => condition,
    openings: () => openings,
    tries: () => tries,
    async stop() {
      await sensing.stop();
      takeBackTime();
    },
  };
}

/** Wires under names that stay, while what the system calls them changes. */
function renamedWires() {
  const { ports, bus } = memoryWires();
  const numbers = new Map<string, number>();
  const nameOf = (wire: string) => `${wire}.ttyUSB${numbers.get(wire) ?? 0}`;
  return {
    bus: (wire: string) => bus(nameOf(wire)),
    rename: (wire: string) => void numbers.set(wire, (numbers.get(wire) ?? 0) + 1),
    open: (...[wire, settings]: Parameters<SerialPorts['open']>) => ports.open(nameOf(wire), settings),
  };
}

function siteOf({ driver, options, interval }: Way, beside: { driver: string; port: string }): string {
  return JSON.stringify({
    id: 'contract',
    name: { en: 'Contract' },
    languages: ['en'],
    place: { latitude: 0, longitude: 0 },
    timeZone: 'UTC',
    serial: { sensor: { path: wires.sensor }, beside: { path: wires.beside } },
    gpio: { lines: { sensor: line } },
    sensors: [
      { id: 'sensor', driver: driver.model, port: 'sensor', interval: `${interval} ms`, options },
      { id: 'beside', ...beside },
    ],
  });
}
