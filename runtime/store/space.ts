import type { Database } from 'better-sqlite3';

/** Freed pages go back to the disk where they are more than this share of the file, until they are less than that. */
const freeShare = { most: 1 / 4, enough: 1 / 16 };

/** A smaller file is not worth the trouble. In bytes. */
const leastFreed = 131_072;

/** Pages given back in one step: about as long as a commit takes. */
const PAGES = 256;

/** The room that the file takes. */
export interface Space {
  /** Bytes of the file that rows are on; the rest is free for new ones. */
  used(): number;
  /** Lets the WAL go back into the file at this size, in bytes. */
  checkpointAt(bytes: number): void;
  /** Gives some of the free pages back to the disk where these are many; true where more is to be given. */
  shrink(): boolean;
}

export function spaceOf(sqlite: Database): Space {
  const page = Number(sqlite.pragma('page_size', { simple: true }));
  const count = (name: string) => {
    const ask = sqlite.prepare<[], number>(`PRAGMA ${name}`).pluck();
    return () => ask.get() ?? 0;
  };
  const pages = count('page_count');
  const freePages = count('freelist_count');
  let shrinking = false;

  return {
    used: () => (pages() - freePages()) * page,
    checkpointAt: (bytes) => void sqlite.pragma(`wal_autocheckpoint = ${Math.ceil(bytes / page)}`),
    shrink() {
      const free = freePages();
      const share = free / pages();
      if (!shrinking) shrinking = share > freeShare.most && free * page > leastFreed;
      if (!shrinking) return false;
      sqlite.pragma(`incremental_vacuum(${PAGES})`);
      shrinking = freePages() < free && share > freeShare.enough;
      if (!shrinking) sqlite.pragma('wal_checkpoint(TRUNCATE)');
      return shrinking;
    },
  };
}
