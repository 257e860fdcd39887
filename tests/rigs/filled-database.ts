import { systemClock } from '../../drivers/bindings/system-clock.js';
import type { Reading } from '../../runtime/reading.js';
import { openDatabase } from '../../runtime/store/database.js';

/** As the store commits at most. */
const perCommit = 1_000;

/** A database of an earlier run with these readings, rolled up and packed. */
export function fillDatabase(file: string, device: string, readings: readonly Reading[]): void {
  const boot = { name: 'past', time: 0, monotonic: 0 };
  const database = openDatabase({ file, device, epoch: 'a'.repeat(16), boot }, systemClock);
  for (let at = 0; at < readings.length; at += perCommit) {
    database.commit({
      readings: readings.slice(at, at + perCommit),
      events: [],
      after: { readings: at, events: 0 },
    });
    while (database.tidy());
  }
  database.close();
}
