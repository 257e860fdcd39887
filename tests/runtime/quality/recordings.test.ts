import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import { replayEnvironment } from '../../../simulators/replay.js';
import { type Recorded, recordings } from '../../rigs/recordings.js';
import { sensingStop } from '../../rigs/sensing-stop.js';

/** Real air through the whole of the quality tests: what is true must not fail. */

/** How many readings, and how many rows of all sensors at one time, got which flag. */
function judged({ recording }: Recorded, every: number) {
  const { start, length } = recording;
  const environment = replayEnvironment(recording, { startsAt: start });
  const sensors = sensingStop();
  const count = { readings: 0, suspect: 0, rows: 0, rowsThatFail: 0 };
  for (let time = start; time <= start + length - hourly; time += every) {
    const air = environment.at(time);
    const readings = sensors.flatMap(({ sense, pipeline }) =>
      pipeline.readings(sense(air), { time, monotonic: time - start }),
    );
    count.rows++;
    count.readings += readings.length;
    count.suspect += readings.filter(({ quality: flag }) => flag === quality.suspect).length;
    if (readings.some(({ quality: flag }) => flag === quality.fail)) count.rowsThatFail++;
  }
  return count;
}

const hourly = 3_600_000;
const everyTenSeconds = 10_000;

describe.each(recordings)('the recording $name', (recorded) => {
  it.skipIf(recorded.absent)('has no false fail in a thousand rows at its own cadence', () => {
    const { readings, suspect, rows, rowsThatFail } = judged(recorded, hourly);
    expect(rowsThatFail / rows).toBeLessThan(0.001);
    expect(suspect / readings).toBeLessThan(0.01);
  });

  if (!recorded.isLong)
    it.skipIf(recorded.absent)(
      'has none either when it is sampled each 10 s',
      () => {
        const { readings, suspect, rowsThatFail } = judged(recorded, everyTenSeconds);
        expect(rowsThatFail).toBe(0);
        expect(suspect / readings).toBeLessThan(0.01);
      },
      60_000,
    );
});
