import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../drivers/ports.js';
import { createSerialTwin, modelledEnvironment, ptyBus, simulateDevice } from '../../simulators/index.js';

/** What a shelter under test has before it: sensors that outlive it, and the site files that name them. */
export interface Field {
  /** Frames that the sensors have sent. */
  frames(): number;
  close(): Promise<void>;
  sensors: readonly { id: string; path: string }[];
}

/** @param count of SDS011, which report two streams each second */
export async function openField(count: number, seed: number, clock: Clock): Promise<Field> {
  const environment = modelledEnvironment(seed);
  let frames = 0;
  const devices = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const id = `air-${index + 1}`;
      const twin = createSerialTwin('sds011');
      if (!twin) throw new Error('There is no simulated SDS011.');
      const bus = await ptyBus(id);
      const counted = {
        ...bus,
        send(bytes: Uint8Array) {
          if (bytes[1] === reportHead) frames++;
          bus.send(bytes);
        },
      };
      const device = await simulateDevice({ twin, bus: counted, environment, clock, seed: seed + index });
      return { id, device };
    }),
  );
  return {
    frames: () => frames,
    sensors: devices.map(({ id, device }) => ({ id, path: device.path })),
    async close() {
      for (const { device } of devices) await device.close();
    },
  };
}

/** Second byte of a report of the SDS011. */
const reportHead = 0xc0;

export interface SiteParts {
  folder: string;
  /** Who it is, to the broker and in every row. */
  device: string;
  name: string;
  sensors: Field['sensors'];
  /** Port of the broker on 127.0.0.1. */
  broker: number;
  store?: object;
  uplink?: object;
}

/** Writes a site file; the same database whatever its name. @returns its path */
export async function writeSite({
  folder,
  device,
  name,
  sensors,
  broker,
  ...own
}: SiteParts): Promise<string> {
  const file = join(folder, `${name}.yaml`);
  const site = {
    id: device,
    name: { en: 'Fault rig' },
    place: { latitude: 37.57, longitude: 126.98 },
    timeZone: 'Asia/Seoul',
    languages: ['en'],
    serial: Object.fromEntries(sensors.map(({ id, path }) => [id, { path }])),
    sensors: sensors.map(({ id }) => ({ id, driver: 'sds011', port: id, interval: '1 s' })),
    store: { file: databaseOf(folder), commitInterval: '100 ms', ...own.store },
    uplink: { url: `mqtt://127.0.0.1:${broker}`, batch: 5, ...own.uplink },
    api: { port: 0 },
  };
  await writeFile(file, JSON.stringify(site));
  return file;
}

export function databaseOf(folder: string): string {
  return join(folder, 'readings.db');
}
