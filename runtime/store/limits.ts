/** How much is kept. */
export interface Limits {
  /** What database and WAL may grow to, in bytes. */
  quota: number;
  /** How long, in ms, readings stay that every uplink has. */
  keep: number;
}

export const usualLimits: Limits = { quota: 512_000_000, keep: 30 * 86_400_000 };

/** Sizes in bytes that follow from the quota. */
export interface Shares {
  /** The WAL goes back into the file at this size: a page is then written back once for many commits. */
  checkpoint: number;
  /** What the file alone may grow to. A transaction may carry the WAL beyond its checkpoint. */
  room: number;
  /** How many events there may be: some 300 bytes each. */
  events: number;
  /** How many entries the ledger may have, before old ones are written together: some 120 bytes each. */
  ledger: number;
}

export function sharesOf(quota: number): Shares {
  const checkpoint = Math.min(1_048_576, Math.max(65_536, Math.floor(quota / 32)));
  return {
    checkpoint,
    room: quota - 2 * checkpoint,
    events: Math.floor(quota / 4_096),
    ledger: Math.floor(quota / 4_096),
  };
}
