import { join } from 'node:path';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import { DriverError } from '../../drivers/contract.js';
import type { Clock } from '../../drivers/ports.js';
import type { Health } from '../../runtime/api/contract.js';
import { parseSite } from '../../runtime/load-site.js';
import { createShelter, type Shelter } from '../../runtime/shelter.js';
import { memoryWires } from '../../simulators/buses/memory.js';
import { type SimulatedClockSync, simulatedClockSync } from '../../simulators/clock-sync.js';
import {
  createSerialTwin,
  type Environment,
  type FaultName,
  modelledEnvironment,
  simulateDevice,
  simulatedGpio,
} from '../../simulators/index.js';
import { scratchFolder } from './scratch.js';

/** A stop: the runtime and the built page as they are shipped, before a simulated SDS011. */
export interface WholeStop {
  /** Of the page; it stays the same over a restart. */
  readonly url: string;
  readonly clockSync: SimulatedClockSync;
  health(): Promise<Health>;
  setFault(fault: FaultName | undefined): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Ends everything for good. */
  close(): Promise<void>;
}

export interface StopParts {
  /** Beside what every site has. */
  site?: Readonly<Record<string, unknown>>;
  environment?: Environment;
  /** The machine's, if nothing else is said. */
  clock?: Clock;
  /** Whether the clock is right from the first. */
  synchronised?: boolean;
}

const absent = () => Promise.reject(new DriverError('PORT_NOT_FOUND', 'not at this stop'));

/** Opens a stop that runs. */
export async function openWholeStop({
  site = {},
  environment = modelledEnvironment(1),
  clock = systemClock,
  synchronised = true,
}: StopParts = {}): Promise<WholeStop> {
  const twin = createSerialTwin('sds011');
  if (!twin) throw new Error('There is no simulated SDS011.');
  const wires = memoryWires();
  const device = await simulateDevice({ twin, bus: wires.bus('/dev/air'), environment, clock, seed: 1 });
  const clockSync = simulatedClockSync(synchronised ? { synchronised, by: 'timesyncd' } : undefined);
  const file = join(scratchFolder(), 'readings.db');
  let port = 0;
  let running: Shelter | undefined;

  function siteNow() {
    return parseSite(
      JSON.stringify({
        id: 'a',
        name: { ko: '종로2가', en: 'Jongno 2-ga' },
        place: { latitude: 37.57, longitude: 126.98 },
        timeZone: 'Asia/Seoul',
        languages: ['ko', 'en'],
        serial: { air: { path: '/dev/air' } },
        sensors: [{ id: 'air', driver: 'sds011', port: 'air', interval: '1 s' }],
        store: { file, commitInterval: '100 ms' },
        api: { port },
        ...site,
      }),
    );
  }

  async function start(): Promise<void> {
    const shelter = createShelter(siteNow(), {
      hardware: {
        serial: wires.ports,
        gpio: simulatedGpio({ clock }).lines,
        dht: { read: absent },
        firmata: { open: absent },
      },
      clock,
      clockSync,
      random: () => 0.01,
      log: { info() {}, warn() {} },
    });
    await shelter.start();
    if (!shelter.url) throw new Error('The shelter has no API.');
    port = Number(new URL(shelter.url).port);
    running = shelter;
  }

  async function stop(): Promise<void> {
    await running?.stop();
    running = undefined;
  }

  await start();
  return {
    get url() {
      return `http://127.0.0.1:${port}/`;
    },
    clockSync,
    async health() {
      if (!running) throw new Error('The shelter does not run.');
      return running.health();
    },
    setFault: (fault) => device.setFault(fault),
    start,
    stop,
    async close() {
      await stop();
      await device.close();
    },
  };
}
