import { join } from 'node:path';
import { dhtReader, dhtTestHook } from '../../drivers/bindings/dht.js';
import { firmataBoards } from '../../drivers/bindings/johnny-five.js';
import type { Clock } from '../../drivers/ports.js';
import { parseSite } from '../../runtime/load-site.js';
import { createShelter } from '../../runtime/shelter.js';
import { memoryWires } from '../../simulators/buses/memory.js';
import { simulatedClockSync } from '../../simulators/clock-sync.js';
import {
  createSerialTwin,
  type Environment,
  type FaultName,
  type SimulatedDevice,
  simulateDevice,
  simulatedDhts,
  simulatedGpio,
} from '../../simulators/index.js';
import { trackedDht } from '../suites/tracked-dht.js';
import { scratchFolder } from './scratch.js';

/** A whole shelter before simulated sensors, which speak their real bytes on wires in memory. */
export interface SimulatedStop {
  /** Where its API listens. */
  url: string;
  /** Makes a sensor fail in one way, or work again. */
  setFault(model: string, fault: FaultName | undefined): Promise<void>;
  /** Resolves when what works in real time, beside the clock, has done what it was asked so far. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface StopParts {
  /** One sensor of each, named after it. A model without a serial twin is a DHT. */
  models: readonly string[];
  clock: Clock;
  environment: Environment;
  /** Of the randomness of the faults. */
  seed: number;
  /** What the site says of each sensor beside its name. */
  sensor: Readonly<Record<string, unknown>>;
}

const line = 4;

export async function openSimulatedStop(parts: StopParts): Promise<SimulatedStop> {
  const { models, clock, environment, seed } = parts;
  const wires = memoryWires();
  const tracked = trackedDht({ hook: dhtTestHook, reader: dhtReader });
  const dhts = simulatedDhts({ ...tracked, environment, clock, seed });
  const devices = new Map<string, SimulatedDevice>();
  for (const model of models) {
    const twin = createSerialTwin(model);
    if (!twin) continue;
    const bus = wires.bus(pathOf(model));
    devices.set(model, await simulateDevice({ twin, bus, environment, clock, seed }));
  }

  const shelter = createShelter(parseSite(siteOf(parts)), {
    hardware: {
      serial: wires.ports,
      firmata: firmataBoards(clock),
      dht: dhts.reader,
      gpio: simulatedGpio({ clock }).lines,
    },
    clock,
    clockSync: simulatedClockSync({ synchronised: true, by: 'timesyncd' }),
    random: () => 0.01,
    log: { info() {}, warn() {} },
  });
  await shelter.start();
  const { url } = shelter;
  if (!url) throw new Error('The shelter has no API.');

  return {
    url,
    async setFault(model, fault) {
      const device = devices.get(model);
      if (device) await device.setFault(fault);
      else dhts.setFault(line, fault);
    },
    async idle() {
      await tracked.idle();
      // The database answers behind what it was told before.
      await shelter.health();
    },
    async close() {
      await shelter.stop();
      for (const device of devices.values()) await device.close();
    },
  };
}

function siteOf({ models, sensor }: StopParts): string {
  const serial = models.filter((model) => createSerialTwin(model));
  return JSON.stringify({
    id: 'stop',
    name: { ko: '정류장', en: 'Stop' },
    place: { latitude: 37.57, longitude: 126.98 },
    timeZone: 'Asia/Seoul',
    languages: ['en', 'ko'],
    serial: Object.fromEntries(serial.map((model) => [model, { path: pathOf(model) }])),
    gpio: {
      lines: Object.fromEntries(
        models.filter((model) => !serial.includes(model)).map((model) => [model, line]),
      ),
    },
    sensors: models.map((model) => ({ id: model, driver: model, port: model, ...sensor })),
    store: { file: join(scratchFolder(), 'readings.db'), commitInterval: '10 s' },
    api: { port: 0 },
  });
}

function pathOf(model: string): string {
  return `/dev/${model}`;
}
