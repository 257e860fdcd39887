import { cpus, loadavg } from 'node:os';
import { benches } from './benches.js';
import { writeTable } from './table.js';

/** Runs the named benches, or all, and prints one table. @returns the exit code */
export async function run(root: string, names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    const known = benches.map(({ name }) => name).join(', ');
    console.error(`There is no bench ${unknown.join(', ')}; there is ${known}.`);
    return 2;
  }
  const chosen = benches.filter(({ name }) => names.length === 0 || names.includes(name));
  const sections = [];
  const machine = describeMachine();
  for (const bench of chosen) {
    console.error(`${bench.name} …`);
    sections.push({ title: bench.name, about: bench.about, figures: await bench.measure(root) });
  }
  const command = ['npm run bench', ...(names.length > 0 ? ['--'] : []), ...names].join(' ');
  console.log(`\n${command}\n${machine}\n\n${writeTable(sections)}`);
  return 0;
}

/** The load tells how much else the machine had to do when the measuring began. */
function describeMachine(): string {
  const processors = cpus();
  const load = loadavg()[0]?.toFixed(2);
  const { version, platform, arch } = process;
  return `Node ${version}, ${platform} ${arch}, ${processors.length} × ${processors[0]?.model}, load ${load}`;
}
