import type { Figure } from './bench.js';

export interface Section {
  title: string;
  about: string;
  figures: readonly Figure[];
}

const head = ['', 'measured', 'reference, in the same run', '', 'ratio', 'aim'];

/** Plain text: a row per figure, the numbers beside their references, columns aligned over all sections. */
export function writeTable(sections: readonly Section[]): string {
  const all = sections.map(({ figures }) => figures.map(row));
  const widths = [head, ...all.flat()].reduce<number[]>(
    (widest, cells) => cells.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  const line = (cells: readonly string[]) => `  ${align(cells, widths)}`;
  const parts = sections.map(({ title, about }, index) =>
    [title, ...about.split('\n').map((text) => `  ${text}`), ...(all[index] ?? []).map(line)].join('\n'),
  );
  return [line(head), ...parts, ''].join('\n\n');
}

function row({ what, value, unit, reference, aim }: Figure): string[] {
  return [
    what,
    amount(value, unit),
    reference?.what ?? '',
    reference ? amount(reference.value, unit) : '',
    reference ? `× ${precise(value / reference.value)}` : '',
    aim ?? '',
  ];
}

const numeric = new Set([1, 3, 4]);

function align(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, column) => {
      const width = widths[column] ?? 0;
      return numeric.has(column) ? cell.padStart(width) : cell.padEnd(width);
    })
    .join('   ')
    .trimEnd();
}

function amount(value: number, unit: string): string {
  return `${precise(value)} ${unit}`;
}

/** Three significant digits; more where they stand before the point. */
function precise(value: number): string {
  return value >= 100 ? value.toLocaleString('en', { maximumFractionDigits: 0 }) : value.toPrecision(3);
}
