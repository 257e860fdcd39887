import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../drivers/ports.js';
import { offline } from '../rigs/offline.js';
import { below, equal, noneOf, precise, type Section, tells } from './section.js';

export interface OfflinePlan {
  days: number;
  /** In bytes. */
  quota: number;
}

/** Ten minutes of ten streams in each commit. */
const rounds = 60;

/** Days between two words on how far it is. */
const tellEvery = 30;

export interface OfflineParts {
  clock: Pick<Clock, 'monotonic'>;
  onProgress(text: string): void;
}

/** A shelter that nobody can reach for a year, in virtual time, and then drains. */
export async function stayOffline(plan: OfflinePlan, { clock, onProgress }: OfflineParts): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'ushelter-offline-'));
  try {
    const start = clock.monotonic();
    const onDay = (day: number) => {
      if (day % tellEvery === 0) onProgress(`${day} days are over`);
    };
    const report = offline({ folder, ...plan, rounds, onDay });
    const { readings, singles, means, thinned, dropped } = report;
    const megabytes = plan.quota / 1e6;
    return {
      title: 'year-offline',
      about: `Ten streams every 10 s for ${plan.days} days of virtual time with nobody to send to, within ${megabytes} MB; then
everything is sent, and two days follow. Each row that came and the whole ledger are compared to what was sensed.`,
      facts: [
        tells('readings', readings),
        below('file and WAL, greatest', report.greatestBytes / 1e6, megabytes, 'MB'),
        tells('readings sent as they were', singles),
        tells('readings that means were sent for', thinned),
        ...Object.entries(means).map(([width, count]) => tells(`— means of ${width} s`, count)),
        tells('readings dropped', dropped),
        equal('sent, thinned and dropped together', singles + thinned + dropped, readings),
        below('a mean from the true one, greatest', 100 * report.worstMean, 1, '%'),
        below('a day of history from the true mean, greatest', 100 * report.worstDay, 1, '%'),
        equal('days in history', report.daysInHistory, plan.days),
        tells('entries of the ledger', report.ledgerEntries),
        below('file and WAL after the drain', report.bytesAfterDrain / 1e6, report.greatestBytes / 2e6, 'MB'),
        tells('longest step of upkeep', `${precise(report.longestStep)} ms`),
        tells('duration', `${Math.round((clock.monotonic() - start) / 1_000)} s`),
        noneOf(
          'seqs that are not there, thinned or dropped exactly once, and other differences',
          report.complaints,
        ),
      ],
      complaints: [],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
