import { readFile } from 'node:fs/promises';
import type { DevTools } from './devtools.js';

/** A process of the browser. */
export interface BrowserProcess {
  /** Such as `browser`, `renderer` and `GPU`. */
  type: string;
  pid: number;
}

export async function processesOf(devtools: Pick<DevTools, 'send'>): Promise<BrowserProcess[]> {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const all = Array.isArray(processInfo) ? processInfo : [];
  return all.map(({ type, id }) => ({ type: String(type), pid: Number(id) }));
}

/** Resident memory of a process in bytes, as Linux tells it; undefined where it is gone, or nobody tells. */
export async function residentMemory(pid: number): Promise<number | undefined> {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
  } catch {
    return undefined;
  }
}
