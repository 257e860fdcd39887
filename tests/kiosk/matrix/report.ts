import type { Finding } from './look/findings.js';
import { nameOf, type State } from './states.js';

/** A state with one thing that is wrong in it. */
export interface Failure extends Finding {
  state: State;
}

/** Each thing that is wrong in one line, the most frequent first, with the states that have it. */
export function writeReport(failures: readonly Failure[]): string {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    const { check, problem, state } = failure;
    const key = [check, state.situation, problem.replace(/[\d.]+/g, '#')].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  const rows = [...groups.values()].sort((one, other) => other.length - one.length).flatMap(rowOf);
  return table([['states', 'check', 'screen', 'for example', 'problem'], ...rows]);
}

function rowOf(group: readonly Failure[]): string[][] {
  const [first] = group;
  if (!first) return [];
  const { check, problem, state } = first;
  const states = new Set(group.map((failure) => nameOf(failure.state)));
  return [[String(states.size), check, state.situation, nameOf(state), problem]];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
