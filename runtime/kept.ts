import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { ShelterError, type ShelterErrorCode } from '../config/errors.js';
import type { Cancel, Clock } from '../drivers/ports.js';
import type { Disk } from './disk.js';
import { messageOf } from './problem.js';

/** A small value that outlives the program, and a power cut at any moment: the last whole one is what is read. */
export interface Kept<T> {
  value(): T;
  /**
   * Holds at once; resolves when it, or one put after it, is on the card. Rejects with a ShelterError where that fails;
   * it holds all the same until the program ends.
   *
   * @param within ms it may wait for others to share the write, which spares the card; by default none
   */
  put(next: T, within?: number): Promise<void>;
  /** Writes what waits. */
  flush(): Promise<void>;
}

export interface KeptParts<T> {
  file: string;
  /** What a file may hold; one that holds anything else counts as damaged. */
  schema: z.ZodType<T>;
  /** The value where no file is there. */
  initial: T;
  disk: Disk;
  clock: Clock;
  /** Of the errors where it cannot be written or read. */
  code: ShelterErrorCode;
  /** Told where a file was there and no copy of it was whole: the initial value stands in for it. */
  onLost(error: ShelterError): void;
}

/**
 * A file is replaced, never overwritten: the new one is whole on the card before it takes the name, and the one before
 * it stays as a second copy for the day that the card gives back other bytes than it was given.
 */
export function keptValue<T>({ file, schema, initial, disk, clock, code, onLost }: KeptParts<T>): Kept<T> {
  const names = { current: file, previous: `${file}.previous`, next: `${file}.next` };
  /** Only a whole file may take the place of the second copy. */
  let currentIsWhole = false;
  let value = read();
  let wanted = 0;
  let written = 0;
  let writing: Promise<void> = Promise.resolve();
  let timer: { due: number; cancel: Cancel } | undefined;

  function unkept(message: string, cause: unknown): ShelterError {
    return new ShelterError(code, message, { cause });
  }

  function read(): T {
    let damage: unknown;
    for (const name of [names.current, names.previous]) {
      try {
        const bytes = disk.read(name);
        if (!bytes) continue;
        const found = schema.parse(unseal(bytes));
        currentIsWhole = name === names.current;
        return found;
      } catch (error) {
        damage = error;
      }
    }
    if (damage) onLost(unkept(`${file} could not be read: ${messageOf(damage)}`, damage));
    return initial;
  }

  async function replace(): Promise<void> {
    const target = wanted;
    if (written >= target) return;
    const bytes = seal(value);
    const folder = dirname(file);
    try {
      await disk.makeFolder(folder);
      await disk.write(names.next, bytes);
      await disk.sync(names.next);
      if (currentIsWhole) await disk.rename(names.current, names.previous);
      currentIsWhole = false;
      await disk.rename(names.next, names.current);
      currentIsWhole = true;
      await disk.sync(folder);
    } catch (error) {
      throw unkept(`${file} could not be written: ${messageOf(error)}`, error);
    }
    written = target;
  }

  function write(): Promise<void> {
    timer?.cancel();
    timer = undefined;
    writing = writing.catch(() => {}).then(replace);
    return writing;
  }

  function writeSoon(within: number): void {
    const due = clock.monotonic() + within;
    if (timer && timer.due <= due) return;
    timer?.cancel();
    timer = { due, cancel: clock.after(within, () => void write().catch(() => {})) };
  }

  return {
    value: () => value,
    async put(next, within = 0) {
      value = next;
      wanted += 1;
      if (within > 0) writeSoon(within);
      else await write();
    },
    flush: () => write(),
  };
}

/** The checksum tells a damaged file from a whole one. */
function seal(value: unknown): Uint8Array {
  const text = JSON.stringify(value);
  return Buffer.from(`${checksum(text)}\n${text}\n`);
}

function unseal(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString('utf8');
  const [sum, content = ''] = text.split('\n');
  if (sum !== checksum(content)) throw new Error('its checksum is not right');
  return JSON.parse(content);
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
