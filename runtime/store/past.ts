import type { ProvisionalBoot } from './boots.js';
import { type Gathering, gather } from './history.js';
import type { Packs } from './packs.js';
import { everything, type HistoryPoint, type HistoryQuery, type Span } from './port.js';
import type { IsMarked } from './readings-log.js';
import { type Rollups, rollupWidth } from './rollups.js';
import type { Runs } from './runs.js';

export interface PastParts {
  packs: Packs;
  runs: Runs;
  rollups: Rollups;
  isMarked: IsMarked;
  /** Its readings are marked and are in no rollup, but they are shown. */
  provisional: ProvisionalBoot | undefined;
}

/** Wall times in ms, `from` included, `to` excluded. */
interface Times {
  from: number;
  to: number;
}

/**
 * The past of one stream. Means over whole rollups come from these, which outlive the readings; what is not in them
 * yet, and the edges that they do not meet, are read through.
 *
 * @param stream its integer
 */
export function readPast(query: HistoryQuery, stream: number, parts: PastParts): HistoryPoint[] {
  const gathering = gather(query);
  const { every, from, to } = query;
  const whole = {
    from: Math.ceil(from / rollupWidth) * rollupWidth,
    to: Math.floor(to / rollupWidth) * rollupWidth,
  };
  if (every === undefined || every % rollupWidth !== 0 || whole.from >= whole.to) {
    addReadings(gathering, query, everything, stream, parts);
    return gathering.points();
  }
  const upTo = Math.min(parts.rollups.upTo(), parts.provisional?.after ?? Number.POSITIVE_INFINITY);
  const rolled = { first: 1, last: upTo };
  addReadings(gathering, query, { ...everything, first: upTo + 1 }, stream, parts);
  addReadings(gathering, { from: whole.to, to }, rolled, stream, parts);
  for (const { start, aggregate } of parts.rollups.of(stream, whole.from, whole.to)) {
    if (start < gathering.horizon()) break;
    gathering.addSpan(start, aggregate);
  }
  addReadings(gathering, { from, to: whole.from }, rolled, stream, parts);
  return gathering.points();
}

function addReadings(
  gathering: Gathering,
  { from, to }: Times,
  seqs: Span,
  stream: number,
  { packs, runs, isMarked, provisional }: PastParts,
): void {
  if (from >= to) return;
  for (const { first, last, greatest } of runs.between(from, to)) {
    if (greatest < gathering.horizon()) break;
    const span = { first: Math.max(first, seqs.first), last: Math.min(last, seqs.last) };
    if (span.first > span.last) continue;
    for (const { seq, boot, rows } of packs.of(span)) {
      const marked = isMarked(boot, seq);
      if (marked && boot !== provisional?.id) continue;
      for (const row of rows) {
        const isThere = row.seq >= span.first && row.seq <= span.last;
        if (!isThere || row.stream !== stream || row.time < from || row.time >= to) continue;
        gathering.add(marked ? { ...row, unsynchronised: true } : row);
      }
    }
  }
}
