import type { PropertyId } from '../../config/catalogue/properties.js';
import { displayUnits } from '../../config/profiles/display-units.js';
import { profiles } from '../../config/profiles/index.js';
import type { Profile } from '../../config/profiles/profile.js';
import type { Site } from '../../config/site.js';
import { basis, type Life } from '../api/life.js';
import { announcers } from './advisories.js';
import { bandsOf } from './bands.js';
import { type Facts, factsOf } from './facts.js';
import { inputOf } from './inputs.js';
import type { Standing } from './standing.js';
import { statementOf } from './statement.js';
import type { TimeZone } from './time-zone.js';
import { shortened, type Views, viewsOf } from './views.js';
import { type Wording, wordingOf } from './wording.js';
import { workOut } from './work.js';

/** How everything stands, as far as it tells what the numbers mean. */
export interface Situation {
  site: Pick<Site, 'profile' | 'languages' | 'sensors'>;
  /** Of all streams, in the order of the site. */
  standings: readonly Standing[];
  zone: TimeZone;
  /** Wall time and monotonic time right now, in ms. */
  time: number;
  monotonic: number;
  /** Whether the wall time is believed. */
  synchronised: boolean;
}

/** What indices are made from at a stop. */
const inputs = [
  'pm2_5',
  'pm10',
  'temperature',
  'humidity',
  'wind_speed',
] as const satisfies readonly PropertyId[];

/** Whether a stream of this property has a part in the summary. */
export function hasPart(property: PropertyId): boolean {
  return (inputs as readonly PropertyId[]).includes(property);
}

/** What all of a summary is told with. */
interface Telling {
  profile: Profile;
  facts: Facts;
  wording: Wording;
  views: Views;
}

/** What the numbers mean for the people at a stop. */
export function summarise(situation: Situation): Life {
  const { site, standings, zone, time, monotonic, synchronised } = situation;
  const profile = profiles[site.profile];
  const wording = wordingOf(profile, site.languages);
  const facts = factsOf({ standings, zone, time: synchronised ? time : undefined });
  const telling = { profile, facts, wording, views: viewsOf(standings, wording) };
  return {
    time: new Date(time).toISOString(),
    synchronised,
    profile: site.profile,
    air: airOf(telling),
    bands: bandsOf(profile, wording),
    feelsLike: feelsLikeOf(telling),
    weather: weatherOf(telling),
    indices: profile.indices.flatMap((id) => workOut(id, facts)).map(telling.views.index),
    ...alertsOf(telling),
    inputs: inputs.map((property) => inputOf(property, standings, wording, monotonic)),
    statement: statementOf(site, standings),
    units: {
      temperature: displayUnits.temperature[profile.units.temperature],
      wind: displayUnits.wind[profile.units.wind],
    },
  };
}

function airOf({ profile, facts, views }: Telling): Life['air'] {
  const [worked] = workOut(profile.indices[0] ?? '', facts);
  if (!worked) throw new Error('A profile begins with the index of the air.');
  const parts = views.parts(worked);
  const leastSure = basis.options.findLast((each) => parts.some((part) => part.basis === each));
  return { ...views.headline(worked), basis: leastSure ?? null, parts };
}

function feelsLikeOf({ profile, facts, views }: Telling): Life['feelsLike'] {
  const felt = profile.feelsLike.flatMap((id) => workOut(id, facts)).map(views.headline);
  const index = felt.find(({ value }) => value !== null) ?? felt[0] ?? null;
  if (index && index.value !== null) return { shows: 'index', value: index.value, index };
  const temperature = facts.now('temperature');
  return temperature === undefined
    ? { shows: 'nothing', value: null, index }
    : { shows: 'temperature', value: shortened(temperature), index };
}

function weatherOf({ profile, facts, views }: Telling): Life['weather'] {
  return profile.weather
    .flatMap(({ of }) => of)
    .filter((id) => !profile.feelsLike.includes(id))
    .flatMap((id) => workOut(id, facts))
    .map(views.headline);
}

function alertsOf({ profile, facts, wording, views }: Telling): Pick<Life, 'alerts' | 'unjudged'> {
  const alerts: Life['alerts'] = [];
  const unjudged: Life['unjudged'] = [];
  for (const alert of profile.alerts.flatMap(({ of }) => of)) {
    for (const { of = null, result, from } of announcers[alert]?.(facts) ?? []) {
      if ('absent' in result) {
        unjudged.push({ alert, of, absent: views.absence(result.absent, from) });
      } else if (result.level !== 'none') {
        const { level } = result;
        alerts.push({
          alert,
          of,
          level,
          shown: wording.shown(alert, level),
          ...wording.advice(alert, level),
        });
      }
    }
  }
  return { alerts, unjudged };
}
