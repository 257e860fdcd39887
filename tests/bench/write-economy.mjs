/**
 * Bytes that go to the card, by the kernel's own account: ten streams every 10 s, with the cursor settled after each
 * commit, rollups and checkpoints included, in virtual time. Prints one line per commit interval.
 *
 * Arguments: a folder on a real disk (by default the current one), and how many hours to run (by default 24).
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../dist/runtime/store/database.js';

const [folder = '.', hours = '24'] = process.argv.slice(2);
const block = 4_096;
const start = Date.UTC(2026, 0, 1);

for (const seconds of [10, 60]) {
  const { bytes, commits, readings } = measure(seconds, Number(hours));
  console.log(
    `a commit every ${seconds} s: ${(bytes / commits / block).toFixed(3)} blocks of 4 KiB per commit, ` +
      `${(bytes / readings).toFixed(1)} bytes per reading (${commits} commits, ${readings} readings)`,
  );
}

function measure(seconds, hours) {
  const place = mkdtempSync(join(folder, 'write-economy-'));
  const clock = { monotonic: () => now - start, now: () => now };
  let now = start;
  const database = openDatabase(
    {
      file: join(place, 'readings.db'),
      device: 'shelter-1',
      epoch: 'e1',
      boot: { name: 'boot-1', time: start, monotonic: 0 },
    },
    clock,
  );
  const sample = sensors();
  let last = 0;

  function commit() {
    const readings = [];
    for (let second = 0; second < seconds; second += 10) {
      now += 10_000;
      readings.push(...sample(now));
    }
    last = database.commit({ readings, events: [], after: { readings: last, events: 0 } }).last.readings;
    while (database.tidy());
    database.settle('city', 'readings', { first: 1, last });
    return readings.length;
  }

  function run(count) {
    let readings = 0;
    for (let index = 0; index < count; index++) readings += commit();
    return readings;
  }

  const commits = Math.round((hours * 3_600) / seconds);
  run(Math.round(7_200 / seconds));
  const before = bytesWritten();
  const readings = run(commits);
  database.close();
  const bytes = bytesWritten() - before;
  rmSync(place, { recursive: true });
  return { bytes, commits, readings };
}

/** Ten streams of five sensors, whose values wander and whose times jitter a little. */
function sensors() {
  const streams = Array.from({ length: 10 }, (_, index) => {
    const sensor = `sensor-${Math.floor(index / 2)}`;
    const property = index % 2 ? 'humidity' : 'temperature';
    return { id: `${sensor}/${property}`, sensor, property, unit: index % 2 ? '%RH' : 'Cel' };
  });
  const values = streams.map(() => 200);
  return (now) =>
    streams.map((stream, index) => {
      const time = now + Math.floor(index / 2) * 37 + Math.round(Math.random() * 2);
      values[index] += Math.round((Math.random() - 0.5) * 10);
      const value = values[index] / 10;
      return { stream, time, monotonic: time - start, value, raw: value, quality: 1 };
    });
}

/** By this process, to storage. */
function bytesWritten() {
  return Number(/^write_bytes: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))[1]);
}
