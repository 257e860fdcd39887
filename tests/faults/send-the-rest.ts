import type { Health, LedgerPage } from '../../runtime/api/contract.js';
import type { Stage } from './stage.js';

/** How long, in ms, a shelter may take to send what is left when all is well again. */
const patience = 120_000;

/** All is well again: a shelter that takes no more readings sends what is left, and tells what it has on record. */
export async function sendTheRest(stage: Stage): Promise<void> {
  const { clock, pause, witness } = stage;
  const shelter = stage.start('without sensors');
  const url = await shelter.url;
  const deadline = clock.monotonic() + patience;
  while ((await waitingRows(url)) !== 0 && clock.monotonic() < deadline) await pause(200);
  for (const entry of await readLedger(url)) witness.ledger(entry);
  await stage.end(shelter, 'SIGTERM');
}

/** Undefined while there is no uplink yet. */
async function waitingRows(url: string): Promise<number | undefined> {
  const response = await fetch(`${url}/api/v1/health`);
  const { uplink } = (await response.json()) as Health;
  return uplink?.waiting;
}

async function readLedger(url: string): Promise<LedgerPage['entries']> {
  const entries: LedgerPage['entries'] = [];
  for (let before: number | null | undefined; before !== null; ) {
    const older: string = before === undefined ? '' : `&before=${before}`;
    const response = await fetch(`${url}/api/v1/ledger?most=1000${older}`);
    const page = (await response.json()) as LedgerPage;
    entries.push(...page.entries);
    before = page.before;
  }
  return entries;
}
