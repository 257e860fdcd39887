import { quality as flags } from '../../config/catalogue/quality.js';
import type { Sample } from '../../drivers/contract.js';
import { createJudge, type Judge } from '../../runtime/quality/judge.js';
import type { Reading } from '../../runtime/reading.js';
import { modelledEnvironment } from '../../simulators/index.js';
import { sensingStop } from '../rigs/sensing-stop.js';
import { type Bench, median } from './bench.js';

/** In ms. */
const cadence = 10_000;
const length = 24 * 3_600_000;

/** The first is for warming up. */
const rounds = 8;

/** What quality control costs. */
export const quality: Bench = {
  name: 'quality',
  about: `A modelled day of an SDS011, a PMS5003, a BME280 and a DHT22 every ${cadence / 1_000} s, from the sample to its readings: with every quality
test at the limits of the catalogue, beside the same where nothing is tested, and JSON.stringify of the same readings.
One after the other; medians of ${rounds - 1} rounds.`,
  async measure() {
    const day = samplesOfDay();
    const judged: number[] = [];
    const unjudged: number[] = [];
    const written: number[] = [];
    for (let round = 0; round < rounds; round++) {
      unjudged.push(microseconds(day, createPass(believesAll)));
      judged.push(microseconds(day, createPass(createJudge())));
      written.push(
        microseconds(
          day,
          createPass(believesAll, (reading) => void JSON.stringify(reading)),
        ),
      );
    }
    const of = (each: readonly number[]) => median(each.slice(1));
    const reference = { what: 'nothing is tested', value: of(unjudged) };
    return [
      { what: 'a reading, judged', value: of(judged), unit: 'µs', reference, aim: '< 20 µs' },
      {
        what: '— of which the tests',
        value: of(judged) - of(unjudged),
        unit: 'µs',
        reference: { what: 'JSON.stringify of a reading', value: of(written) - of(unjudged) },
      },
    ];
  },
};

interface Moment {
  time: number;
  monotonic: number;
  /** One of each sensor. */
  samples: readonly Sample[];
}

function samplesOfDay(): Moment[] {
  const start = Date.UTC(2026, 0, 1);
  const environment = modelledEnvironment(1);
  const sensors = sensingStop();
  return Array.from({ length: length / cadence }, (_, index) => {
    const monotonic = index * cadence;
    const air = environment.at(start + monotonic);
    return { time: start + monotonic, monotonic, samples: sensors.map(({ sense }) => sense(air)) };
  });
}

type Pass = (moment: Moment) => number;

/** @returns what makes readings of a moment's samples, uses them, and says how many there were */
function createPass(judge: Judge, use: (reading: Reading) => void = () => {}): Pass {
  const sensors = sensingStop(judge);
  return ({ samples, ...moment }) => {
    let count = 0;
    for (const [index, { pipeline }] of sensors.entries()) {
      for (const reading of pipeline.readings(samples[index] ?? {}, moment)) {
        use(reading);
        count++;
      }
    }
    return count;
  };
}

/** For a reading. */
function microseconds(day: readonly Moment[], pass: Pass): number {
  const start = performance.now();
  let readings = 0;
  for (const moment of day) readings += pass(moment);
  return (1_000 * (performance.now() - start)) / readings;
}

const believesAll: Judge = {
  sensor: () => ({
    judge: (sample) => new Map(sample.map(({ property }) => [property, { quality: flags.pass }])),
    appeared() {},
    forget() {},
  }),
  resume() {},
  lookback: () => undefined,
};
