import { z } from 'zod';
import type { LedgerEntry } from '../store/port.js';
import type { LedgerPage } from './contract.js';
import type { ApiSource } from './source.js';

const entryCount = { error: 'a whole number from 1 to 1000' };
const entryId = { error: 'the id of an entry' };

/** What may be asked of `/api/v1/ledger`, as it stands in the query. */
export const ledgerParameters = z.strictObject({
  most: z.coerce
    .number(entryCount)
    .int(entryCount)
    .min(1, entryCount)
    .max(1_000, entryCount)
    .default(100)
    .describe('Most entries to give.')
    .meta({ examples: [100] }),
  before: z.coerce
    .number(entryId)
    .int(entryId)
    .min(1, entryId)
    .optional()
    .describe('Gives entries older than the one of this id; by default the newest.')
    .meta({ examples: [17] }),
});

export type LedgerParameters = z.output<typeof ledgerParameters>;

/** What became of rows that are not there any more as they were. */
export async function readLedger(source: ApiSource, { most, before }: LedgerParameters): Promise<LedgerPage> {
  const entries = await source.ledger({ most, ...(before !== undefined && { before }) });
  return {
    entries: entries.map(viewEntry),
    before: entries.length < most ? null : (entries.at(-1)?.id ?? null),
  };
}

function viewEntry({ least, greatest, width, time, ...entry }: LedgerEntry): LedgerPage['entries'][number] {
  return { ...entry, width: width / 1_000, from: iso(least), to: iso(greatest), time: iso(time) };
}

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
