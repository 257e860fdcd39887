import type { Cancel, Clock } from '../drivers/ports.js';
import type { Latest, LatestReadings } from './latest.js';
import { isStale } from './quality/stale.js';

/** How often the ages are looked at, in ms. */
const period = 1_000;

/** Tells of each value that has become stale since the last look: no reading tells of that. */
export function watchFreshness(
  latest: LatestReadings,
  clock: Clock,
  onStale: (latest: Latest) => void,
): Cancel {
  const stale = new Set<string>();
  let cancel: Cancel = () => {};

  function look(): void {
    const now = clock.monotonic();
    for (const each of latest.all()) {
      const isOld = each.valued !== undefined && isStale(now - each.valued.monotonic, each.staleAfter);
      if (isOld && !stale.has(each.stream.id)) onStale(each);
      if (isOld) stale.add(each.stream.id);
      else stale.delete(each.stream.id);
    }
    cancel = clock.after(period, look);
  }

  look();
  return () => cancel();
}
