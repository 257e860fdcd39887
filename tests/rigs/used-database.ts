import { openDatabase } from '../../runtime/store/database.js';
import { eventAt, humidity, readingAt } from '../suites/store-suite.js';

/** What lies in it. */
export const used = {
  device: 'shelter-1',
  epoch: 'first',
  start: Date.UTC(2026, 0, 1),
  readings: 2_400,
  events: 48,
};

/** Makes a database of three boots: readings of two streams, some events, an uplink that has settled a part; closed. */
export function makeUsedDatabase(file: string): void {
  const { device, epoch, start } = used;
  const clock = { monotonic: () => 0, now: () => start };
  for (let boot = 0; boot < 3; boot++) {
    const run = { name: `boot-${boot}`, time: start, monotonic: 0 };
    const database = openDatabase({ file, device, epoch, boot: run }, clock);
    for (let commit = 0; commit < 80; commit++) {
      const time = start + boot * 3_600_000 + commit * 10_000;
      const { last } = database.status();
      database.commit({
        after: last,
        readings: Array.from({ length: 10 }, (_, index) =>
          readingAt(time + index, 20 + ((commit * index) % 17) / 10, index % 2 ? { stream: humidity } : {}),
        ),
        events: commit % 5 === 0 ? [eventAt(time)] : [],
      });
    }
    database.settle('city', 'readings', { first: 1, last: 300 * (boot + 1) });
    while (database.tidy());
    database.close();
  }
}
