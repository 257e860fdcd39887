import type { PropertyId } from '../../config/catalogue/properties.js';
import { properties } from '../../config/catalogue/properties.js';
import type { AirKoreaConfig } from '../../config/feeds.js';
import { askPortal, checkHeader } from './data-portal.js';
import type { Feed } from './feed.js';
import { type Fetch, placeOf } from './fetch.js';
import type { FoundAir } from './found.js';
import { nonsense } from './judge.js';
import type { Key } from './key.js';
import { listAt, numberAt, textAt } from './lenient.js';
import { airPace } from './pace.js';

/**
 * Official air of Korea (AirKorea, ArpltnInforInqireSvc/getMsrstnAcctoRltmMesureDnsty): means of an hour, named after
 * its end, of which there are 24:00 and none at 00:00. What a station does not tell is `-`, and a flag says why.
 */

/** Which of its fields are of which property; gases are told too, but stand on no screen. */
const fields: readonly { property: PropertyId; name: string }[] = [
  { property: 'pm10', name: 'pm10' },
  { property: 'pm2_5', name: 'pm25' },
];

const reasons: Readonly<Record<string, FoundAir['absent'][number]['why']>> = {
  점검및교정: 'maintenance',
  장비점검: 'maintenance',
  자료이상: 'unknown',
  통신장애: 'communication',
};

const source = { ko: '한국환경공단 에어코리아', en: 'AirKorea (Korea Environment Corporation)' };

const seoulAhead = 9 * 3_600_000;
const hour = 3_600_000;

export interface AirKoreaParts {
  config: AirKoreaConfig;
  fetch: Fetch;
  key: Key;
  clock: { now(): number };
}

export function airKoreaFeed({ config, fetch, key, clock }: AirKoreaParts): Feed {
  const url = `${config.url}/getMsrstnAcctoRltmMesureDnsty`;
  return {
    id: 'airkorea',
    async ask() {
      const json = await askPortal(fetch, key, {
        url,
        parameters: {
          stationName: config.station,
          dataTerm: 'DAILY',
          returnType: 'json',
          numOfRows: '3',
          pageNo: '1',
          ver: '1.5',
        },
      });
      const isSome = checkHeader(json, placeOf(url)) === 'some';
      const { air, doubts } = readAirKorea(isSome ? json : undefined, config.station, clock.now());
      const station = { ko: config.station, ...config.names };
      return {
        findings: air ? { air: { ...air, station, source } } : {},
        doubt: nonsense(doubts),
      };
    },
    pace: (situation, { findings }) =>
      airPace({ ...situation, newest: findings.air && newestOf(findings.air.values) }),
    hide: key.hide,
  };
}

/** The newest hour of a station, with what it does not tell; undefined where there is none. */
export function readAirKorea(
  json: unknown,
  station: string,
  now: number,
): { air: Pick<FoundAir, 'values' | 'absent'> | undefined; doubts: string[] } {
  const doubts: string[] = [];
  const hours = listAt(json, 'response', 'body', 'items').flatMap((item) => {
    const name = textAt(item, 'stationName');
    const text = textAt(item, 'dataTime');
    const time = readDataTime(text);
    if (name !== undefined && name !== station) doubts.push(`Asked about ${station}, it tells of ${name}.`);
    else if (time === undefined) doubts.push(`An hour has no time (dataTime ${text ?? 'missing'}).`);
    else if (time > now + hour) doubts.push(`An hour lies in the future (dataTime ${text}).`);
    else return [{ item, time }];
    return [];
  });
  const newest = hours.sort((one, other) => other.time - one.time)[0];
  if (!newest) return { air: undefined, doubts: doubts.length > 0 ? doubts : [`${station} tells nothing.`] };

  const values: FoundAir['values'][number][] = [];
  const absent: FoundAir['absent'] = [];
  for (const { property, name } of fields) {
    const flag = textAt(newest.item, `${name}Flag`);
    const value = numberAt(newest.item, `${name}Value`);
    const [least, most] = properties[property].gross.fail;
    if (flag !== undefined || value === undefined) {
      absent.push({ property, why: reasons[flag?.replace(/\s/g, '') ?? ''] ?? 'unknown' });
    } else if (value < least || value > most) {
      doubts.push(`${station} tells ${value} of ${property}.`);
      absent.push({ property, why: 'unknown' });
    } else {
      values.push({ property, value, time: newest.time });
    }
  }
  return { air: { values, absent }, doubts };
}

/** `2026-01-01 24:00`, in Korea's time, is the midnight at the end of that day. @returns wall time in ms */
export function readDataTime(text: string | undefined): number | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})$/.exec(text ?? '');
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0] = found.slice(1).map(Number);
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= 31;
  if (!isDay || hours > 24 || minutes > 59) return undefined;
  return Date.UTC(year, month - 1, day, hours, minutes) - seoulAhead;
}

function newestOf(values: FoundAir['values']): number | undefined {
  return values.length > 0 ? Math.max(...values.map(({ time }) => time)) : undefined;
}
