import type { Clock } from '../../drivers/ports.js';
import type { Moment } from '../ingest/pipeline.js';
import { timeBy } from '../timekeeping.js';
import type { Batch, Dropped, Release } from './database.js';

/** A batch whose rows from before the anchor have got their true times, and which says so of those committed before. */
export function stamped(batch: Batch, anchor: Moment): Batch {
  const stamp = <Row extends Moment>(row: Row): Row =>
    row.monotonic < anchor.monotonic ? { ...row, time: timeBy(anchor, row.monotonic) } : row;
  const stampDropped = ({ count, least, greatest }: Dropped): Dropped => {
    return { count, least: stamp(least), greatest: stamp(greatest) };
  };
  const { readings, events } = batch.dropped ?? {};
  return {
    ...batch,
    readings: batch.readings.map(stamp),
    events: batch.events.map(stamp),
    origin: timeBy(anchor, 0),
    dropped: {
      ...(readings && { readings: stampDropped(readings) }),
      ...(events && { events: stampDropped(events) }),
    },
  };
}

/**
 * Holds back, for a while, what an uplink would have to send without a time: where the network has just come, its time
 * is likely to come too. After that it is sent all the same, and marked.
 *
 * @param patience in ms, from when an uplink first asks
 */
export function holdForTime(clock: Pick<Clock, 'monotonic'>, patience: number): { release(): Release } {
  let asked: number | undefined;
  return {
    release() {
      asked ??= clock.monotonic();
      return clock.monotonic() - asked < patience ? 'dated' : 'all';
    },
  };
}
