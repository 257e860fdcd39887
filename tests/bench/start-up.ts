import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { type Bench, median } from './bench.js';
import { type Field, openField } from './field.js';

const starts = 5;

/** In ms: how exact the time of the first reading is. */
const polling = 5;

/** How soon a shelter is of use. */
export const startUp: Bench = {
  name: 'start-up',
  about: `\`ushelter run\` from the start of its process, on the devices and the broker of steady-state and on a new
database; medians of ${starts} starts. A reading counts when another process finds it committed in SQLite (asked every
${polling} ms), an API when it has answered /api/v1/now. The sensors speak once a second.`,
  async measure(root) {
    const field = await openField(root);
    try {
      const bare: number[] = [];
      const measured: Start[] = [];
      for (let count = 0; count < starts; count++) {
        bare.push(await timeOfBareNode());
        measured.push(await timeOfStart(field));
      }
      const reference = { what: 'node -e 0', value: median(bare) };
      return [
        { what: 'to the API answering', value: median(measured.map(({ api }) => api)), unit: 's', reference },
        {
          what: 'to the first stored reading',
          value: median(measured.map(({ reading }) => reading)),
          unit: 's',
          reference,
          aim: '< 2 s',
        },
        {
          what: 'to the first stored reading, slowest',
          value: Math.max(...measured.map(({ reading }) => reading)),
          unit: 's',
          reference: { what: 'node -e 0, slowest', value: Math.max(...bare) },
        },
      ];
    } finally {
      await field.close();
    }
  },
};

/** In seconds since the process was started. */
interface Start {
  api: number;
  reading: number;
}

async function timeOfStart(field: Field): Promise<Start> {
  const since = stopwatch();
  const { program, file, url } = await field.startShelter();
  const [api, reading] = await Promise.all([
    url.then((address) => answer(`${address}/api/v1/now`)).then(since),
    firstReading(file).then(since),
  ]);
  await program.stop();
  return { api, reading };
}

async function answer(url: string): Promise<void> {
  const response = await fetch(url);
  await response.json();
}

/** Looks only once there is a write-ahead log: then a reader does not hold up the writer. */
async function firstReading(file: string): Promise<void> {
  while (!existsSync(`${file}-wal`)) await pause(polling);
  const database = new Sqlite(file, { readonly: true });
  while (!hasReading(database)) await pause(polling);
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

async function timeOfBareNode(): Promise<number> {
  const since = stopwatch();
  await once(spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' }), 'exit');
  return since();
}

/** @returns the seconds since this call */
function stopwatch(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1_000;
}
