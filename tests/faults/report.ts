import { type Fact, isMet, precise, type Section } from './section.js';

export interface Report {
  /** Runs the same again. */
  command: string;
  seed: number;
  machine: string;
  /** Each with how long it took, in ms. */
  sections: readonly (Section & { took: number })[];
}

/** The report as Markdown. */
export function writeReport({ command, seed, machine, sections }: Report): string {
  const verdict = sections.every(isMet) ? 'Every aim was met.' : 'NOT every aim was met.';
  const head = ['# Faults', `\`${command}\` (seed ${seed})\n${machine}`, `**${verdict}**`];
  return [...head, ...sections.map(writeSection), ''].join('\n\n');
}

function writeSection(section: Section & { took: number }): string {
  const { title, about, facts, complaints, took } = section;
  const head = [`## ${title}`, about, `Took ${precise(took / 1_000)} s.`];
  const rows = [['', 'found', 'aim', ''], ['---', '---:', '---:', '---'], ...facts.map(cellsOf)];
  const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const rest = complaints.map((complaint) => `    ${complaint.trim().replaceAll('\n', '\n    ')}`);
  return [...head, table, ...rest].join('\n\n');
}

function cellsOf({ what, found, aim = '', met }: Fact): string[] {
  return [what, found.replaceAll('|', '\\|'), aim, met === false ? 'NOT MET' : met ? 'met' : ''];
}
