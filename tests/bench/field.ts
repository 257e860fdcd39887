import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse, stringify } from 'yaml';
import { mosquitto, startMosquitto } from '../rigs/mosquitto.js';
import { type Program, startNode } from './processes.js';

/** A shelter of the field, as far as one can be had here: everything but the shelter runs in processes of its own. */
export interface Field {
  /** Which broker it is. */
  broker: string;
  /** Starts `ushelter run` on a database of its own. */
  startShelter(): Promise<FieldShelter>;
  /** Ends what is left. */
  close(): Promise<void>;
}

export interface FieldShelter {
  program: Program;
  /** The database's file. */
  file: string;
  /** Resolves to the address of the API, as soon as the log tells it. */
  url: Promise<string>;
}

/** The devices of the demo that can be simulated in another process: a DHT22 and GPIO lines cannot. */
const devices = ['sds011', 'pms5003', 'bme280'] as const;

/** Plugs in the simulated devices and starts the broker. */
export async function openField(root: string): Promise<Field> {
  const folder = await mkdtemp(join(tmpdir(), 'ushelter-bench-'));
  const program = join(root, 'dist/runtime/cli/main.js');
  const broker = mosquitto ? await realBroker() : await embeddedBroker(root);
  const simulators = devices.map((model) =>
    startNode(program, 'simulate', model, '--link', join(folder, model)),
  );
  await Promise.all(simulators.map((simulator) => simulator.line(() => true)));
  const demo = parse(await readFile(join(root, 'config/sites/demo.yaml'), 'utf8'));
  const started: Program[] = [];

  return {
    broker: broker.name,
    async startShelter() {
      const name = `shelter-${started.length + 1}`;
      const site = join(folder, `${name}.yaml`);
      const file = join(folder, `${name}.db`);
      await writeFile(site, stringify(siteOf(demo, { folder, file, broker: broker.url })));
      const shelter = startNode(program, 'run', '--config', site);
      started.push(shelter);
      const url = shelter.line((text) => 'url' in JSON.parse(text)).then((text) => JSON.parse(text).url);
      return { program: shelter, file, url };
    },
    async close() {
      await Promise.all(started.map((shelter) => shelter.stop()));
      await Promise.all(simulators.map((simulator) => simulator.stop()));
      await broker.close();
      await rm(folder, { recursive: true });
    },
  };
}

interface Places {
  folder: string;
  file: string;
  broker: string;
}

/** The demo's site on these devices, this database and this broker. */
function siteOf(
  demo: { sensors: { driver: string; port: string }[] },
  { folder, file, broker }: Places,
): object {
  const sensors = demo.sensors.filter(({ driver }) => devices.some((device) => device === driver));
  const serial = sensors.map(({ driver, port }) => [port, { path: join(folder, driver) }]);
  return {
    ...demo,
    serial: Object.fromEntries(serial),
    gpio: {},
    sensors,
    outputs: [],
    store: { file, commitInterval: '1 s' },
    uplink: { url: broker },
    api: { port: 0 },
  };
}

interface Broker {
  name: string;
  url: string;
  close(): Promise<void>;
}

async function realBroker(): Promise<Broker> {
  const { port, close } = await startMosquitto();
  return { name: 'Mosquitto', url: `mqtt://127.0.0.1:${port}`, close };
}

async function embeddedBroker(root: string): Promise<Broker> {
  const simulators = pathToFileURL(join(root, 'dist/simulators/index.js')).href;
  const script = `const { startBroker } = await import('${simulators}');
    console.log((await startBroker({ host: '127.0.0.1', port: 0 })).url);`;
  const program = startNode('--input-type=module', '--eval', script);
  return { name: 'aedes', url: await program.line(() => true), close: program.stop };
}
