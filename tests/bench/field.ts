import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse, stringify } from 'yaml';
import { mosquitto, startMosquitto } from '../rigs/mosquitto.js';
import { type Program, startProgram } from './processes.js';

/** A bus stop, as far as one can be had here: everything but the shelter runs in processes of its own. */
export interface Field {
  /** Starts `ushelter run` on a database of its own. */
  startShelter(): Promise<FieldShelter>;
  /** Ends what is left. */
  close(): Promise<void>;
}

export interface FieldShelter {
  program: Program;
  /** Its database. */
  file: string;
  /** Resolves to the address of the API, as soon as the log tells it. */
  url: Promise<string>;
}

/** What the shelters send to. */
export const brokerName = mosquitto ? 'Mosquitto' : 'aedes';

/** The devices of the demo that can be simulated in another process: a DHT22 and GPIO lines cannot. */
const devices = ['sds011', 'pms5003', 'bme280'] as const;

/** Plugs in the simulated devices and starts the broker. */
export async function openField(root: string): Promise<Field> {
  const ushelter = join(root, 'dist/runtime/cli/main.js');
  const demo = parse(await readFile(join(root, 'config/sites/demo.yaml'), 'utf8'));
  const folder = await mkdtemp(join(tmpdir(), 'ushelter-bench-'));
  const broker = mosquitto ? await startMosquitto() : await startAedes(root);
  const simulators = devices.map((model) =>
    startProgram(process.execPath, ushelter, 'simulate', model, '--link', join(folder, model)),
  );
  const shelters: Program[] = [];

  async function close(): Promise<void> {
    await Promise.all([...shelters, ...simulators].map((program) => program.stop()));
    await broker.close();
    await rm(folder, { recursive: true });
  }

  try {
    await Promise.all(simulators.map((simulator) => simulator.line(() => true)));
    // As npm does where it installs the package: only then do the flags in its first line count.
    await chmod(ushelter, 0o755);
  } catch (error) {
    await close();
    throw error;
  }

  return {
    async startShelter() {
      const name = join(folder, `shelter-${shelters.length + 1}`);
      const file = `${name}.db`;
      await writeFile(`${name}.yaml`, stringify(siteOf(demo, { folder, file, port: broker.port })));
      const program = startProgram(ushelter, 'run', '--config', `${name}.yaml`);
      shelters.push(program);
      const url = program.line((text) => 'url' in JSON.parse(text)).then((text) => JSON.parse(text).url);
      return { program, file, url };
    },
    close,
  };
}

interface Places {
  folder: string;
  file: string;
  /** The broker's. */
  port: number;
}

interface DemoSite {
  sensors: { driver: string; port: string }[];
}

/** The demo's site on these devices, this database and this broker. */
function siteOf(demo: DemoSite, { folder, file, port }: Places): object {
  const sensors = demo.sensors.filter(({ driver }) => devices.some((device) => device === driver));
  return {
    ...demo,
    serial: Object.fromEntries(sensors.map((sensor) => [sensor.port, { path: join(folder, sensor.driver) }])),
    gpio: {},
    sensors,
    outputs: [],
    store: { file, commitInterval: '1 s' },
    uplink: { url: `mqtt://127.0.0.1:${port}` },
    api: { port: 0 },
  };
}

async function startAedes(root: string): Promise<{ port: number; close(): Promise<void> }> {
  const simulators = pathToFileURL(join(root, 'dist/simulators/index.js')).href;
  const script = `const { startBroker } = await import('${simulators}');
    console.log((await startBroker({ host: '127.0.0.1', port: 0 })).url);`;
  const program = startProgram(process.execPath, '--input-type=module', '--eval', script);
  const url = await program.line(() => true);
  return { port: Number(new URL(url).port), close: program.stop };
}
