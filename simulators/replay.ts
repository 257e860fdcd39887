import { relativeHumidity, usualPm1Share } from './air.js';
import type { Air, Environment } from './contract.js';
import type { Recording, Series } from './recording.js';

/**
 * Plays a recording over and over, with straight lines between its rows, across empty cells, and from its end back to
 * its start. Humidity that was not recorded is derived from temperature and dew point, PM1 as a usual share of PM2.5.
 *
 * @param options.startsAt wall time in ms at which the playing starts
 * @param options.from wall time within the recording that is played then; by default its start
 * @param options.speed how many seconds of the recording pass in one second; more than 0
 */
export function replayEnvironment(
  recording: Recording,
  options: { startsAt: number; from?: number; speed?: number },
): Environment {
  const { startsAt, from = recording.start, speed = 1 } = options;
  if (!(speed > 0 && Number.isFinite(speed))) throw new RangeError(`speed must be above 0, not ${speed}`);
  return {
    at: (time) => airAt(recording, wrapped(from + (time - startsAt) * speed, recording)),
  };
}

function airAt(recording: Recording, moment: number): Air {
  const value = (series: Series) => valueAt(series, moment, recording.length);
  const { moisture, pm1 } = recording;
  const temperature = value(recording.temperature);
  const pm2_5 = value(recording.pm2_5);
  return {
    temperature,
    humidity:
      moisture.kind === 'humidity'
        ? value(moisture.series)
        : relativeHumidity(temperature, value(moisture.series)),
    pressure: value(recording.pressure),
    pm1: pm1 ? value(pm1) : usualPm1Share * pm2_5,
    pm2_5,
    pm10: value(recording.pm10),
  };
}

/** The moment within the recording, however often it has been played. */
function wrapped(moment: number, { start, length }: Recording): number {
  const since = moment - start;
  return start + since - length * Math.floor(since / length);
}

/** @param loop after how many ms the series starts again */
function valueAt({ times, values }: Series, moment: number, loop: number): number {
  const count = times.length;
  const next = firstAfter(times, moment);
  const before = next > 0 ? point(next - 1, 0) : point(count - 1, -loop);
  const after = next < count ? point(next, 0) : point(0, loop);
  return before.value + ((after.value - before.value) * (moment - before.time)) / (after.time - before.time);

  function point(index: number, shift: number) {
    return { time: (times[index] ?? 0) + shift, value: values[index] ?? 0 };
  }
}

/** Index of the first time after `moment`; the length where there is none. */
function firstAfter(times: readonly number[], moment: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) > moment) high = middle;
    else low = middle + 1;
  }
  return low;
}
