import { constants, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { DriverError } from '../contract.js';
import type { Clock } from '../ports.js';
import { awaitAccess } from './file-access.js';
import { type GpioChip, parseChip } from './gpio-chip.js';

/** What the kernel shows of GPIO in its file system: the chips, and the lines that are exported. */

const root = '/sys/class/gpio';

/** How long udev may take to hand over the files of a line, in ms. */
const udevLimit = 3_000;

export type LineFile = 'value' | 'direction' | 'active_low' | 'edge';

/** The chips of this machine; none where it has no GPIO. */
export async function listChips(): Promise<GpioChip[]> {
  const names = await readdir(root).catch(() => []);
  const chips = await Promise.all(names.filter((name) => /^gpiochip\d+$/.test(name)).map(readChip));
  return chips.filter((chip) => chip !== undefined);
}

/** Undefined where the chip has just gone, as one on USB may. */
async function readChip(name: string): Promise<GpioChip | undefined> {
  const read = (file: string) => readFile(`${root}/${name}/${file}`, 'utf8');
  try {
    return parseChip({ label: await read('label'), base: await read('base'), ngpio: await read('ngpio') });
  } catch {
    return undefined;
  }
}

/**
 * Exports a line and waits until its files may be used. A line that is exported already, by a run that was killed or
 * by another program, is taken over.
 *
 * @param number the line as the kernel numbers it
 * @throws DriverError GPIO_UNAVAILABLE, PORT_BUSY, PORT_DENIED or PORT_FAILED
 */
export async function exportLine(number: number, files: readonly LineFile[], clock: Clock): Promise<void> {
  const folder = lineFolder(number);
  try {
    await writeOnly(`${root}/export`, String(number));
  } catch (error) {
    if (!(await exists(folder))) throw notExported(number, error as NodeJS.ErrnoException);
  }
  await awaitAccess(
    files.map((file) => `${folder}/${file}`),
    { clock, limit: udevLimit },
  );
}

/** Gives a line back to the kernel; without effect where it is not exported. */
export async function unexportLine(number: number): Promise<void> {
  await writeOnly(`${root}/unexport`, String(number)).catch(() => {});
}

/**
 * Stops a line's interrupts, where it has any: the kernel makes no output of a line that an input left with edges.
 */
export async function silenceEdges(number: number): Promise<void> {
  await writeOnly(`${lineFolder(number)}/edge`, 'none').catch(() => {});
}

function lineFolder(number: number): string {
  return `${root}/gpio${number}`;
}

/** The gpio group may write `export` but not read it. */
async function writeOnly(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: constants.O_WRONLY });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function notExported(number: number, cause: NodeJS.ErrnoException): DriverError {
  switch (cause.code) {
    case 'EACCES':
    case 'EPERM':
      return new DriverError('PORT_DENIED', `${root}/export may not be written.`, { cause });
    case 'EBUSY':
      return new DriverError('PORT_BUSY', `The kernel or another program holds GPIO ${number}.`, {
        cause,
        hint: '`cat /sys/kernel/debug/gpio` or `gpioinfo` names the holder; it may be an overlay in config.txt.',
      });
    case 'EINVAL':
    case 'ENOENT':
    case 'ENODEV':
      return new DriverError('GPIO_UNAVAILABLE', `The kernel has no GPIO ${number} to export.`, { cause });
    default:
      return new DriverError('PORT_FAILED', `GPIO ${number} could not be exported: ${cause.message}.`, {
        cause,
      });
  }
}
