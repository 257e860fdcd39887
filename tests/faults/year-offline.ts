import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../drivers/ports.js';
import { offline } from '../rigs/offline.js';
import { below, noneOf, precise, type Section, tells, whole } from './section.js';

export interface OfflinePlan {
  days: number;
  /** In bytes. */
  quota: number;
}

/** Ten minutes of ten streams in each commit. */
const rounds = 60;

/** A shelter that nobody can reach for a year, in virtual time, and then drains. */
export async function stayOffline(plan: OfflinePlan, clock: Pick<Clock, 'monotonic'>): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'ushelter-offline-'));
  try {
    const start = clock.monotonic();
    const report = offline({ folder, ...plan, rounds });
    const megabytes = plan.quota / 1e6;
    return {
      title: 'year-offline',
      about: `Ten streams every 10 s for ${plan.days} days of virtual time with nobody to send to, within ${megabytes} MB; then
everything is sent, and two days follow. Each row that came and the whole ledger are compared to what was sensed.`,
      facts: [
        tells('readings', report.readings),
        below('file and WAL, greatest', report.greatestBytes / 1e6, megabytes, 'MB'),
        tells('sent as they were', report.singles),
        ...Object.entries(report.means).map(([width, count]) => tells(`sent as means of ${width} s`, count)),
        tells('dropped', report.dropped),
        below('a mean from the true one, greatest', 100 * report.worstMean, 1, '%'),
        below('a day of history from the true mean, greatest', 100 * report.worstDay, 1, '%'),
        {
          what: 'days in history',
          found: whole(report.daysInHistory),
          aim: whole(plan.days),
          met: report.daysInHistory === plan.days,
        },
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
