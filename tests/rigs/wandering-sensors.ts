import type { Reading, Stream } from '../../runtime/reading.js';
import { seededRandom } from '../../simulators/random.js';

/** Between two samples of a sensor, in ms. */
export const cadence = 10_000;

/** How many readings a round of all sensors gives. */
export const streamCount = 10;

/**
 * Five sensors of two streams each, whose values wander and whose times jitter a little.
 *
 * @param start wall time, in ms, of monotonic time 0
 * @returns what they say at a wall time
 */
export function wanderingSensors(start: number, random: () => number): (now: number) => Reading[] {
  const streams = Array.from({ length: streamCount }, (_, index): Stream => {
    const sensor = `sensor-${index >> 1}`;
    return index % 2
      ? { id: `${sensor}/humidity`, sensor, property: 'humidity', unit: '%RH' }
      : { id: `${sensor}/temperature`, sensor, property: 'temperature', unit: 'Cel' };
  });
  const tenths = streams.map(() => 200);
  return (now) => {
    const times = Array.from(
      { length: streamCount / 2 },
      (_, sensor) => now + sensor * 37 + Math.round(random() * 2),
    );
    return streams.map((stream, index) => {
      const time = times[index >> 1] ?? now;
      tenths[index] = (tenths[index] ?? 0) + Math.round((random() - 0.5) * 10);
      const value = (tenths[index] ?? 0) / 10;
      return { stream, time, monotonic: time - start, value, raw: value, quality: 1 };
    });
  };
}

/** So many readings, the same for the same number. */
export function wander(rows: number): Reading[] {
  const start = Date.UTC(2026, 0, 1);
  const sample = wanderingSensors(start, seededRandom(1));
  const readings: Reading[] = [];
  for (let now = start; readings.length < rows; now += cadence) readings.push(...sample(now));
  return readings.slice(0, rows);
}
