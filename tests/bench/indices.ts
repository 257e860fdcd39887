import { type ProfileId, profiles } from '../../config/profiles/index.js';
import { siteShape } from '../../config/site.js';
import { factsOf } from '../../runtime/life/facts.js';
import type { Standing } from '../../runtime/life/standing.js';
import { summarise } from '../../runtime/life/summary.js';
import { timeZone } from '../../runtime/life/time-zone.js';
import { workOut } from '../../runtime/life/work.js';
import { hoursOf, monotonic, standing } from '../runtime/life/stop.js';
import { type Bench, type Figure, median } from './bench.js';

/** Ten streams every 10 s give so many readings from one summary to the next, 5 s later. */
const readingsPerSummary = 5;

const times = 2_000;

/** The first is for warming up. */
const rounds = 8;

/** What it costs to say what the numbers mean. */
export const indices: Bench = {
  name: 'indices',
  about: `A stop with particles, temperature, humidity and wind, and 72 whole hours of each behind it. The shelter works its profile's
indices out every 5 s, and with them the whole summary of /api/v1/life: words, colours, advice, alerts and inputs. A
reading's share is that of one of ten streams every 10 s. Beside JSON.stringify of the summary. ${times.toLocaleString('en')} times each, one after
the other; medians of ${rounds - 1} rounds.`,
  async measure() {
    return (Object.keys(profiles) as ProfileId[]).flatMap(measureProfile);
  },
};

const now = Date.parse('2026-07-15T14:20:00+09:00');
const zone = timeZone('Asia/Seoul');

const site = siteShape.parse({
  id: 'stop',
  name: { en: 'Stop', ko: '정류장' },
  place: { latitude: 37.5, longitude: 127 },
  timeZone: 'Asia/Seoul',
  languages: ['ko', 'en'],
  sensors: ['air', 'outdoor', 'wind'].map((id) => ({ id, driver: 'sds011', port: id })),
});

const standings: readonly Standing[] = [
  standing('air/pm2_5', { value: 41, hours: hoursOf(72, 38.4) }, now),
  standing('air/pm10', { value: 83, hours: hoursOf(72, 90.1) }, now),
  standing('outdoor/temperature', { value: 31.4, hours: hoursOf(72, 29.8) }, now),
  standing('outdoor/humidity', { value: 66, hours: hoursOf(72, 71) }, now),
  standing('wind/wind_speed', { value: 2.4, hours: hoursOf(72, 1.9) }, now),
];

function measureProfile(profile: ProfileId): Figure[] {
  const ids = [...new Set([...profiles[profile].indices, ...profiles[profile].feelsLike])];
  const situation = {
    site: { ...site, profile },
    standings,
    zone,
    time: now,
    monotonic,
    synchronised: true,
  };
  const life = summarise(situation);
  const work = {
    indices: () => {
      const facts = factsOf({ standings, zone, time: now });
      for (const id of ids) workOut(id, facts);
    },
    summary: () => summarise(situation),
    json: () => JSON.stringify(life),
  };
  const taken = { indices: [] as number[], summary: [] as number[], json: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    taken.indices.push(microseconds(work.indices));
    taken.summary.push(microseconds(work.summary));
    taken.json.push(microseconds(work.json));
  }
  const share = (each: readonly number[]) => median(each.slice(1)) / readingsPerSummary;
  const reference = { what: 'JSON.stringify of the summary', value: share(taken.json) };
  return [
    {
      what: `${profile}, ${ids.length} indices, for a reading`,
      value: share(taken.indices),
      unit: 'µs',
      reference,
      aim: '< 20 µs with the tests',
    },
    { what: `${profile}, the summary, for a reading`, value: share(taken.summary), unit: 'µs', reference },
  ];
}

function microseconds(work: () => unknown): number {
  const start = performance.now();
  for (let count = 0; count < times; count++) work();
  return (1_000 * (performance.now() - start)) / times;
}
