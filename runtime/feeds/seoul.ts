import { ShelterError } from '../../config/errors.js';
import type { SeoulConfig } from '../../config/feeds.js';
import type { Clock } from '../../drivers/ports.js';
import type { TimeZone } from '../life/time-zone.js';
import { askPortal } from './data-portal.js';
import type { Feed } from './feed.js';
import { type Fetch, placeOf } from './fetch.js';
import { firstSeen } from './first-seen.js';
import type { FoundArrival } from './found.js';
import { judgeArrivals, nonsense } from './judge.js';
import type { Key } from './key.js';
import { at, listAt, textAt } from './lenient.js';
import { busPaceBy, type Hours } from './pace.js';
import { plainName } from './texts.js';

/**
 * The buses of Seoul (ws.bus.go.kr, stationinfo/getStationByUid). When a bus comes stands in a sentence (`arrmsg1`,
 * `arrmsg2`) for want of a number whose unit is beyond doubt, and nowhere when that was worked out.
 */

/** The upstream itself works nothing out more often. */
const leastPace = 15_000;

/** "Soon" is within the last minute; half of it is as good a guess as any. */
const soon = 30;

/** Sentences without a time, by a part of each: the bus waits to depart, does not run, or is not known. */
const idle = ['출발대기', '운행종료', '회차대기', '차고지', '정보없음', '정보 없음', '대기'];

/** How full a bus is: 여유, 보통, 혼잡, 매우혼잡. 0 is "no data". */
const crowding: Readonly<Record<string, FoundArrival['crowding']>> = {
  '3': 'seats',
  '4': 'standing',
  '5': 'standing',
  '6': 'full',
};

export interface SeoulParts {
  config: SeoulConfig;
  fetch: Fetch;
  key: Key;
  clock: Clock;
  hours: Hours;
  zone: TimeZone;
}

export function seoulFeed({ config, fetch, key, clock, hours, zone }: SeoulParts): Feed {
  const url = `${config.url}/stationinfo/getStationByUid`;
  const seen = firstSeen();

  return {
    id: 'seoul',
    async ask() {
      const json = await askPortal(fetch, key, {
        url,
        parameters: { arsId: config.arsId, resultType: 'json' },
      });
      checkSeoulHeader(json, placeOf(url));
      const { said, doubts: unread } = readSeoulArrivals(json, config.arsId);
      const times = seen.times(
        said.map((arrival) => JSON.stringify(arrival)),
        clock.now(),
      );
      const found = said.map(({ seconds, ...arrival }, index): FoundArrival => {
        const asOf = times[index] ?? clock.now();
        return { ...arrival, basis: 'live', status: 'running', asOf, expected: asOf + seconds * 1_000 };
      });
      const { arrivals, doubts } = judgeArrivals(found, clock.now());
      return {
        findings: { arrivals },
        doubt: nonsense([...unread, ...doubts]),
        mark: JSON.stringify(said),
      };
    },
    pace: busPaceBy({ hours, zone, least: leastPace }),
    hide: key.hide,
  };
}

/** An arrival as Seoul has it. */
interface SeoulArrival extends Pick<FoundArrival, 'line' | 'destination' | 'route'> {
  seconds: number;
  stopsAway: number | undefined;
  lowFloor: boolean | undefined;
  crowding: FoundArrival['crowding'];
  lastOfDay: boolean;
  detour: boolean;
}

/** What stands in an answer about a stop: up to two buses of each line. */
export function readSeoulArrivals(json: unknown, arsId: string): { said: SeoulArrival[]; doubts: string[] } {
  const said: SeoulArrival[] = [];
  const doubts: string[] = [];
  for (const item of listAt(json, 'msgBody', 'itemList')) {
    const sign = textAt(item, 'arsId');
    const line = plainName(textAt(item, 'busRouteAbrv') ?? textAt(item, 'rtNm'));
    if (sign !== undefined && sign.padStart(5, '0') !== arsId) {
      doubts.push(`Asked about ${arsId}, it tells of ${sign}.`);
      continue;
    }
    if (line === undefined) {
      doubts.push('A bus has no line.');
      continue;
    }
    for (const which of ['1', '2']) {
      const message = textAt(item, `arrmsg${which}`);
      const when = readSeoulMessage(message);
      if (when === 'unclear') doubts.push(`Line ${line} is said to come: ${message?.slice(0, 40)}.`);
      if (typeof when === 'string') continue;
      const direction = textAt(item, 'adirection');
      said.push({
        line,
        destination: direction ? { ko: direction } : {},
        route: textAt(item, 'busRouteId'),
        seconds: when.seconds,
        stopsAway: when.stopsAway,
        lowFloor: lowFloorBy(textAt(item, `busType${which}`)),
        crowding: crowdingOf(item, which),
        lastOfDay: when.isLast || textAt(item, `isLast${which}`) === '1',
        detour: when.isDetour || textAt(item, 'deTourAt') === '11',
      });
    }
  }
  return { said, doubts };
}

interface SeoulTime {
  seconds: number;
  stopsAway: number | undefined;
  isLast: boolean;
  isDetour: boolean;
}

/** Reads such as `[막차] 3분12초후[2번째 전]` and `곧 도착`. A bus that waits to depart comes at no time, not at once. */
export function readSeoulMessage(message: string | undefined): SeoulTime | 'none' | 'unclear' {
  if (message === undefined) return 'none';
  const [, tags = '', rest = ''] = /^((?:\[[^\]]*\]\s*)*)(.*)$/s.exec(message) ?? [];
  const marks = { isLast: tags.includes('막차'), isDetour: tags.includes('우회') };
  const found = /^(?:(\d{1,4})분)?\s*(?:(\d{1,4})초)?\s*후\s*(?:\[(\d{1,3})번째\s*전\])?/.exec(rest);
  if (found && (found[1] ?? found[2]) !== undefined) {
    const seconds = Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0);
    return { seconds, stopsAway: found[3] === undefined ? undefined : Number(found[3]), ...marks };
  }
  if (/^곧\s*도착/.test(rest)) return { seconds: soon, stopsAway: undefined, ...marks };
  return idle.some((part) => message.includes(part)) ? 'none' : 'unclear';
}

/** Throws a ShelterError where `headerCd` tells of an error. */
export function checkSeoulHeader(json: unknown, place: string): void {
  const header = at(json, 'msgHeader');
  const code = textAt(header, 'headerCd');
  const words = textAt(header, 'headerMsg') ?? 'an answer without headerCd';
  // 0 is fine; 4 finds nothing, and 8 says that nothing runs any more today.
  if (code === '0' || code === '4' || code === '8') return;
  const message = `${place}: ${words.slice(0, 120)}${code === undefined ? '' : ` (${code})`}.`;
  if (code === undefined) throw new ShelterError('FEED_NONSENSE', message);
  if (code === '7') {
    throw new ShelterError(/LIMITED|횟수|초과/.test(words) ? 'FEED_QUOTA' : 'FEED_REFUSED', message);
  }
  throw new ShelterError(['2', '3', '5'].includes(code) ? 'FEED_REFUSED' : 'FEED_UNREACHABLE', message);
}

/** 0 is a usual bus, 1 one with a low floor; of 2, an articulated one, nobody says. */
function lowFloorBy(type: string | undefined): boolean | undefined {
  return type === '1' ? true : type === '0' ? false : undefined;
}

function crowdingOf(item: unknown, which: string): FoundArrival['crowding'] {
  if (textAt(item, `isFullFlag${which}`) === '1') return 'full';
  return crowding[textAt(item, `congestion${which}`) ?? ''];
}
