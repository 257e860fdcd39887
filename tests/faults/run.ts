import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import { mosquitto } from '../rigs/mosquitto.js';
import { drainBacklog } from './drain.js';
import { type Report, writeReport } from './report.js';
import { watchLongRun } from './screen/long-run.js';
import { isMet, type Section } from './section.js';
import { compiler, type SituationName, situations, waitForCard } from './slow-card.js';
import { runStorm } from './storm.js';
import { stormSection } from './storm-section.js';
import { stayOffline } from './year-offline.js';

/** What a part of the rig needs of its surroundings. */
export interface Surroundings {
  /** Folder of the built project. */
  root: string;
  seed: number;
  onProgress(text: string): void;
}

interface Part {
  about: string;
  perform(surroundings: Surroundings): Promise<Section>;
}

const clock = systemClock;

/** The parts of the rig, by what `npm run faults -- NAME` calls them. */
const parts: Readonly<Record<string, Part>> = {
  storm: {
    about: 'kills of the runtime, restarts of the broker, cuts of the line of every kind: is anything lost?',
    async perform(surroundings) {
      const plan = {
        shelters: 6,
        kills: 200,
        restarts: 100,
        cuts: 100,
        lulls: { kill: { ms: 8_000, commits: 25 }, restart: 15_000, cut: 1_500 },
        silences: 1,
      };
      return stormSection(plan, await runStorm(plan, { ...surroundings, clock }));
    },
  },
  backlog: {
    about:
      '5,000,000 readings to send: start-up, memory, and whether what is new still comes through at once',
    perform: (surroundings) =>
      drainBacklog({ rows: 5_000_000, backlogRate: 25_000, batch: 250 }, { ...surroundings, clock }),
  },
  'year-offline': {
    about:
      'a year with nobody to send to, in 64 MB of the card, and then a drain: is every reading accounted for?',
    perform: ({ onProgress }) => stayOffline({ days: 365, quota: 64_000_000 }, { clock, onProgress }),
  },
  'slow-card': {
    about: 'fsyncs of 500 ms, brokers that do not answer: is the event loop held up, or a frame lost?',
    perform(surroundings) {
      const plan = {
        situations: Object.keys(situations) as SituationName[],
        settling: 8_000,
        measured: 30_000,
      };
      return waitForCard(plan, { ...surroundings, clock });
    },
  },
  screen: {
    about:
      'two weeks of one update a second, and of visitors, through the page in Chromium: does it hold ever more?',
    perform: ({ root, onProgress }) =>
      watchLongRun(join(root, 'dist/kiosk/ui'), { updates: 14 * 86_400, looks: 28 }, onProgress),
  },
};

const usage = [
  'npm run faults [-- NAME …] [SEED]',
  '',
  'Lets a shelter meet what may befall it, and compares what came of it to what must. All parts, or these:',
  ...Object.entries(parts).map(([name, { about }]) => `  ${name.padEnd(14)}${about}`),
  'A SEED (a whole number) brings the same faults again; without one it is drawn, and told.',
  'The report is printed, and kept in artifacts/faults.md, or of some parts in artifacts/faults-NAME.md.',
  'Exit codes: 0 every aim was met; 1 not every one; 2 usage.',
].join('\n');

/** @returns the exit code */
export async function run(root: string, args: readonly string[]): Promise<number> {
  const [seeds, names] = [args.filter(isSeed), args.filter((arg) => !isSeed(arg))];
  if (names.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const problem = problemOf(names, seeds);
  if (problem) {
    console.error(`${problem}\n\n${usage}`);
    return 2;
  }
  const seed = Number(seeds[0] ?? Math.floor(Math.random() * 1e6));
  const sections = await performAll(names, root, seed);
  const command = ['npm run faults --', ...names, seed].join(' ');
  const report = writeReport({ command, seed, machine: describeMachine(), sections });
  await mkdir(join(root, 'artifacts'), { recursive: true });
  await writeFile(join(root, 'artifacts', `${['faults', ...names].join('-')}.md`), report);
  console.log(report);
  return sections.every(isMet) ? 0 : 1;
}

function isSeed(arg: string): boolean {
  return /^\d+$/.test(arg);
}

function problemOf(names: readonly string[], seeds: readonly string[]): string | undefined {
  const unknown = names.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0) return `There is no part ${unknown.join(', ')}.`;
  if (seeds.length > 1) return 'There may be one seed.';
  if (!mosquitto || !compiler)
    return 'The rig needs Mosquitto and a C compiler (apt-get install mosquitto gcc).';
  return undefined;
}

async function performAll(names: readonly string[], root: string, seed: number): Promise<Report['sections']> {
  const sections: (Section & { took: number })[] = [];
  for (const [name, { perform }] of Object.entries(parts)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const start = clock.monotonic();
    const onProgress = (text: string) =>
      console.error(`${name}, ${Math.round((clock.monotonic() - start) / 1_000)} s: ${text}`);
    onProgress(`begins, with seed ${seed}`);
    const section = await perform({ root, seed, onProgress });
    onProgress(isMet(section) ? 'every aim was met' : 'NOT every aim was met');
    sections.push({ ...section, took: clock.monotonic() - start });
  }
  return sections;
}

function describeMachine(): string {
  const processors = cpus();
  return `Node ${process.version}, ${process.platform} ${process.arch}, ${processors.length} × ${processors[0]?.model}`;
}
