import { dirname } from 'node:path';
import type { Disk } from '../../runtime/disk.js';

/** What a file has on the card, and what the system would still have to bring there. */
interface Inode {
  synced: Uint8Array | undefined;
  cached: Uint8Array;
}

/**
 * A disk that may lose power. Until it is synced, a file's content may reach the card in whole, in part, as zeros or
 * not at all, and each change of a folder's names may or may not have.
 */
export interface FailingDisk extends Disk {
  /** The power goes, or the card fails, before the operation of this number, counted from now on, begins. */
  failAt(operation: number): void;
  /** Operations since the last `failAt`. */
  operations(): number;
  /** Every state that the card may be in when the power is back. */
  afterPowerCut(): Map<string, Uint8Array>[];
  /** Puts the card into a state, and everything works again. */
  restore(state: Map<string, Uint8Array>): void;
  /** The bytes of a file on the card become other ones. */
  damage(file: string): void;
}

type NameChange = { folder: string; apply(names: Map<string, Inode>): void };

export function failingDisk(): FailingDisk {
  let synced = new Map<string, Inode>();
  let names = new Map<string, Inode>();
  let changes: NameChange[] = [];
  let count = 0;
  let limit = Number.POSITIVE_INFINITY;

  function operate(): void {
    if (count >= limit) throw Object.assign(new Error('the power is gone'), { code: 'EIO' });
    count += 1;
  }

  function change(folder: string, apply: NameChange['apply']): void {
    apply(names);
    changes.push({ folder, apply });
  }

  /** Any of the pending changes, in their order. */
  function namings(): Map<string, Inode>[] {
    let states = [new Map(synced)];
    for (const { apply } of changes) {
      const changed = states.map((state) => {
        const next = new Map(state);
        apply(next);
        return next;
      });
      states = [...states, ...changed];
    }
    return states;
  }

  return {
    read: (file) => names.get(file)?.cached,
    async makeFolder() {
      operate();
    },
    async write(file, bytes) {
      operate();
      const there = names.get(file);
      if (there) there.cached = bytes;
      else {
        const inode: Inode = { synced: undefined, cached: bytes };
        change(dirname(file), (state) => void state.set(file, inode));
      }
    },
    async rename(from, to) {
      operate();
      const inode = names.get(from);
      if (!inode) throw Object.assign(new Error(`no ${from}`), { code: 'ENOENT' });
      change(dirname(to), (state) => {
        if (state.get(from) !== inode) return;
        state.delete(from);
        state.set(to, inode);
      });
    },
    async sync(path) {
      operate();
      const inode = names.get(path);
      if (inode) inode.synced = inode.cached;
      else {
        synced = new Map(names);
        changes = [];
      }
    },
    failAt(operation) {
      count = 0;
      limit = operation;
    },
    operations: () => count,
    afterPowerCut: () =>
      namings().flatMap((state) =>
        contents([...state]).map(
          (files) => new Map(files.filter(([, bytes]) => bytes !== undefined)) as Map<string, Uint8Array>,
        ),
      ),
    restore(state) {
      names = new Map([...state].map(([file, bytes]) => [file, { synced: bytes, cached: bytes }]));
      synced = new Map(names);
      changes = [];
      limit = Number.POSITIVE_INFINITY;
    },
    damage(file) {
      const inode = names.get(file);
      if (!inode) throw new Error(`no ${file}`);
      inode.cached = inode.cached.map((byte, at) => (at === inode.cached.length >> 1 ? byte ^ 1 : byte));
    },
  };
}

/** Each way in which the unsynced content of files may have come out. */
function contents(files: readonly [string, Inode][]): [string, Uint8Array | undefined][][] {
  return files.reduce<[string, Uint8Array | undefined][][]>(
    (states, [file, inode]) =>
      states.flatMap((state) =>
        outcomes(inode).map((bytes) => [...state, [file, bytes] as [string, Uint8Array]]),
      ),
    [[]],
  );
}

function outcomes({ synced, cached }: Inode): (Uint8Array | undefined)[] {
  if (synced === cached) return [cached];
  const torn = cached.slice(0, cached.length >> 1);
  return [cached, torn, new Uint8Array(cached.length), synced ?? new Uint8Array()];
}
