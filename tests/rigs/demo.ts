import type { Now } from '../../runtime/api/contract.js';
import { type RunningProgram, startUshelter } from './ushelter.js';

/** A demo that runs, and where it says that everything is. */
export interface Demo {
  program: RunningProgram;
  page: string;
  broker: string;
  database: string;
  now(): Promise<Now>;
  /** Has the rig's console carry out a line, and gives its answer. */
  rig(line: string): Promise<string>;
}

/** Starts the demo and waits for its first lines. @param port of the page; 0 takes any */
export async function startDemo({ data, port }: { data: string; port: number }): Promise<Demo> {
  // Without a display the page is not opened in a window, whatever machine this is.
  const env = { DISPLAY: '', WAYLAND_DISPLAY: '' };
  const program = startUshelter(['demo', '--data', data, '--port', String(port)], { env });
  const place = async (pattern: RegExp) => (await program.says(pattern))[1] ?? '';
  const page = await place(/The page {2,}(\S+)\n/);
  const rig = await place(/curl -d '.*' (\S+)\n/);
  return {
    program,
    page,
    broker: await place(/The broker {2,}(\S+),/),
    database: await place(/The database {2,}(\S+)\n/),
    now: async () => (await (await fetch(`${page}/api/v1/now`)).json()) as Now,
    rig: async (line) => (await (await fetch(rig, { method: 'POST', body: line })).text()).trimEnd(),
  };
}
