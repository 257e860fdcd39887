import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { type Bench, median } from './bench.js';
import { brokerName, type Field, type FieldShelter, openField } from './field.js';
import { startProgram, usageOf } from './processes.js';

const starts = 5;

/** In ms: how exact the time of the first reading is. */
const polling = 5;

/** How soon a shelter is of use. */
export const startUp: Bench = {
  name: 'start-up',
  about: `\`ushelter run\` on a new database, with the simulated devices of steady-state, which report once a second, and ${brokerName};
seconds since its process was started, medians of ${starts} starts. A reading counts when another process finds it
committed in SQLite (asked every ${polling} ms), an API when it has answered /api/v1/now.`,
  async measure(root) {
    const field = await openField(root);
    try {
      const bare: BareStart[] = [];
      const measured: Start[] = [];
      for (let count = 0; count < starts; count++) {
        bare.push(await startBareNode());
        measured.push(await startAndStop(field));
      }
      const readings = measured.map(({ reading }) => reading);
      const reference = { what: 'node -e 0', value: median(bare.map(({ end }) => end)) };
      const cpuReference = { what: 'node -e 0', value: median(bare.map(({ cpu }) => cpu)) };
      return [
        { what: 'API answers', value: median(measured.map(({ api }) => api)), unit: 's', reference },
        { what: 'first reading stored', value: median(readings), unit: 's', reference, aim: '< 2 s' },
        {
          what: 'first reading stored, slowest',
          value: Math.max(...readings),
          unit: 's',
          reference,
          aim: '< 2 s',
        },
        {
          what: 'CPU time until then, median',
          value: median(measured.map(({ cpu }) => cpu)),
          unit: 's',
          reference: cpuReference,
        },
      ];
    } finally {
      await field.close();
    }
  },
};

/** In seconds; `cpu` is what was used until the first reading. */
interface Start {
  api: number;
  reading: number;
  cpu: number;
}

async function startAndStop(field: Field): Promise<Start> {
  const since = stopwatch();
  const shelter = await field.startShelter();
  const [api, { reading, cpu }] = await Promise.all([
    shelter.url.then((url) => answer(`${url}/api/v1/now`)).then(since),
    firstReading(shelter).then(async () => ({ reading: since(), cpu: (await usageOf(shelter.program)).cpu })),
  ]);
  await shelter.program.stop();
  return { api, reading, cpu };
}

async function answer(url: string): Promise<void> {
  const response = await fetch(url);
  await response.json();
}

/** Looks only once there is a write-ahead log: then a reader does not hold up the writer. */
async function firstReading({ program, file }: FieldShelter): Promise<void> {
  const wait = async () => {
    program.mustRun();
    await pause(polling);
  };
  while (!existsSync(`${file}-wal`)) await wait();
  const database = new Sqlite(file, { readonly: true });
  while (!hasReading(database)) await wait();
  database.close();
}

function hasReading(database: Sqlite.Database): boolean {
  try {
    return database.prepare('SELECT 1 FROM readings LIMIT 1').get() !== undefined;
  } catch (error) {
    if (error instanceof Error && /no such table/.test(error.message)) return false;
    throw error;
  }
}

/** In seconds. */
interface BareStart {
  end: number;
  cpu: number;
}

async function startBareNode(): Promise<BareStart> {
  const script = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1e6)';
  const since = stopwatch();
  const program = startProgram(process.execPath, '--eval', script);
  const cpu = Number(await program.line(() => true));
  const end = since();
  await program.stop();
  return { end, cpu };
}

/** @returns how many seconds ago this was called */
function stopwatch(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1_000;
}
