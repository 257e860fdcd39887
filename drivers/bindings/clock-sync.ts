import { execFile } from 'node:child_process';
import { access, readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Clock, ClockSync, ClockSyncState } from '../ports.js';

/** When this program was made, at the earliest. A time before it cannot be right. */
const made = Date.UTC(2026, 0, 1);

/** Least time between two questions that need a program to answer them, in ms. */
const askingEvery = 60_000;

/** Patience with such a program, in ms. */
const patience = 3_000;

/** How chrony names the source of its time where that is only the machine's own clock (`local`). */
const ownClock = '7F7F0101';

/** What the finding out needs of the machine. */
export interface Machine {
  /** The text of a file; undefined where it cannot be read. */
  read(path: string): Promise<string | undefined>;
  exists(path: string): Promise<boolean>;
  /** The names in a folder; none where it cannot be read. */
  list(path: string): Promise<readonly string[]>;
  /** What a program prints; undefined where it is missing, fails or takes too long. */
  run(program: string, args: readonly string[]): Promise<string | undefined>;
}

/**
 * Asks this machine. Looking at files is enough with systemd-timesyncd; elsewhere a program is asked, at most once a
 * minute, whether network time has arrived. Without either, a battery-backed clock will do, and where nothing can tell
 * the time is believed if it is possible.
 */
export function machineClockSync(clock: Clock, machine: Machine = thisMachine): ClockSync {
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<ClockSyncState | undefined> = Promise.resolve(undefined);

  function askPrograms(): Promise<ClockSyncState | undefined> {
    if (clock.monotonic() - asked >= askingEvery) {
      asked = clock.monotonic();
      answer = networkTime(machine);
    }
    return answer;
  }

  return {
    async check() {
      if (clock.now() < made) return { synchronised: false, by: 'impossible' };
      if (await machine.exists('/run/systemd/timesync/synchronized')) {
        return { synchronised: true, by: 'timesyncd' };
      }
      const network = await askPrograms();
      if (network?.synchronised) return network;
      if (await isSetFromBattery(machine)) return { synchronised: true, by: 'rtc' };
      return network ?? { synchronised: true, by: 'nobody' };
    },
  };
}

/** What keeps network time says; undefined where nothing does. */
async function networkTime(machine: Machine): Promise<ClockSyncState | undefined> {
  const kernel = await askKernel(machine);
  if (kernel?.synchronised) return kernel;
  // It need not tell the kernel: then only chrony itself knows.
  return (await askChrony(machine)) ?? kernel;
}

async function askKernel(machine: Machine): Promise<ClockSyncState | undefined> {
  // Where systemd does not run, timedatectl waits for it in vain.
  if (!(await machine.exists('/run/systemd/system'))) return undefined;
  const said = (await machine.run('timedatectl', ['show', '-p', 'NTPSynchronized', '--value']))?.trim();
  return said === 'yes' || said === 'no' ? { synchronised: said === 'yes', by: 'kernel' } : undefined;
}

async function askChrony(machine: Machine): Promise<ClockSyncState | undefined> {
  const fields = (await machine.run('chronyc', ['-c', 'tracking']))?.trim().split(',') ?? [];
  const [source, leap] = [fields[0], fields.at(-1)];
  if (fields.length < 2) return undefined;
  return { synchronised: source !== ownClock && leap !== 'Not synchronised', by: 'chrony' };
}

/** Whether the kernel took its first time from a clock that had kept one. A flat battery's clock begins long ago. */
async function isSetFromBattery(machine: Machine): Promise<boolean> {
  for (const name of await machine.list('/sys/class/rtc')) {
    const folder = `/sys/class/rtc/${name}`;
    const [setsTheTime, seconds] = await Promise.all([
      machine.read(`${folder}/hctosys`),
      machine.read(`${folder}/since_epoch`),
    ]);
    if (setsTheTime?.trim() === '1' && Number(seconds) * 1_000 >= made) return true;
  }
  return false;
}

const execute = promisify(execFile);

const thisMachine: Machine = {
  read: (path) => readFile(path, 'utf8').catch(() => undefined),
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  list: (path) => readdir(path).catch(() => []),
  run: (program, args) =>
    execute(program, [...args], { timeout: patience }).then(
      ({ stdout }) => stdout,
      () => undefined,
    ),
};
