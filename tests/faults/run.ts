import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import { drainBacklog } from './drain.js';
import { writeReport } from './report.js';
import { isMet, type Section } from './section.js';
import { waitForCard } from './slow-card.js';
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

/** The parts of the rig, by what `npm run faults NAME` calls them. */
const parts: Readonly<Record<string, (surroundings: Surroundings) => Promise<Section>>> = {
  async storm({ root, seed, onProgress }) {
    const plan = { kills: 200, restarts: 100, cuts: 100, silences: 3, lull: 5_000 };
    const report = await runStorm(plan, { root, seed, clock: systemClock }, onProgress);
    return stormSection(plan, report);
  },
  backlog: (surroundings) =>
    drainBacklog({ rows: 5_000_000, backlogRate: 1_000_000 }, { ...surroundings, clock: systemClock }),
  'year-offline': () => stayOffline({ days: 365, quota: 64_000_000 }, systemClock),
  'slow-card': (surroundings) => waitForCard({ ...surroundings, clock: systemClock }),
};

/**
 * Runs the named parts, or all; prints the report and keeps it in artifacts/faults.md.
 *
 * @returns the exit code: 0 where every aim was met, 1 where not, 2 for a name that there is not
 */
export async function run(root: string, args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !/^\d+$/.test(arg));
  const seed = Number(args.find((arg) => /^\d+$/.test(arg)) ?? Math.floor(Math.random() * 1e6));
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(', ')}; there is ${Object.keys(parts).join(', ')}.`);
    return 2;
  }
  const chosen = Object.entries(parts).filter(([name]) => names.length === 0 || names.includes(name));
  const sections: (Section & { took: number })[] = [];
  for (const [name, perform] of chosen) {
    const start = systemClock.monotonic();
    console.error(`${name} …`);
    const section = await perform({ root, seed, onProgress: (text) => console.error(`  ${text}`) });
    sections.push({ ...section, took: systemClock.monotonic() - start });
  }
  const command = ['npm run faults --', ...names, seed].join(' ');
  const report = writeReport({ command, seed, machine: describeMachine(), sections });
  await mkdir(join(root, 'artifacts'), { recursive: true });
  await writeFile(join(root, 'artifacts/faults.md'), report);
  console.log(report);
  return sections.every(isMet) ? 0 : 1;
}

function describeMachine(): string {
  const processors = cpus();
  return `Node ${process.version}, ${process.platform} ${process.arch}, ${processors.length} × ${processors[0]?.model}`;
}
