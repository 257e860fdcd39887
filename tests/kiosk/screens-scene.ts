import { quality } from '../../config/catalogue/quality.js';
import type { Content } from '../../runtime/api/content.js';
import type {
  Faults,
  Health,
  Help,
  HelpCall,
  History,
  Maintenance,
  TakeAlong,
} from '../../runtime/api/contract.js';
import { healthAtNoon } from '../runtime/api/fake-source.js';
import { sent } from './city-scene.js';

/** What the other screens tell at the stop of `scene.ts`. */

type Routes = NonNullable<Content['routes']>;
type Stop = Routes['body']['routes'][number]['stops'][number];
type OfficialAir = NonNullable<Content['air']>;

const minute = 60_000;
const hour = 60 * minute;

const iso = (time: number) => new Date(time).toISOString();

const stops: readonly [ko: string, en: string, transfers?: string[]][] = [
  ['상암차고지', 'Sangam depot'],
  ['월드컵파크7단지', 'World Cup Park 7'],
  ['신촌로터리', 'Sinchon Rotary', ['110', '153', '2호선']],
  ['이대역', 'Ewha University Station', ['2호선']],
  ['서대문역사거리', 'Seodaemun Station', ['5호선', '701']],
  ['광화문', 'Gwanghwamun', ['5호선', '101', '150', '402']],
  ['종로1가', 'Jongno 1-ga', ['1호선']],
  ['종로2가', 'Jongno 2-ga', ['1호선', '140', '201']],
  ['종로3가.탑골공원', 'Jongno 3-ga, Tapgol Park', ['1호선', '3호선', '5호선']],
  ['종로5가.광장시장', 'Jongno 5-ga, Gwangjang Market', ['1호선', '100', '143', '149']],
  ['동대문역.흥인지문', 'Dongdaemun', ['1호선', '4호선']],
  ['신설동역', 'Sinseol-dong Station', ['2호선', '우이신설선']],
  ['용두동사거리', 'Yongdu-dong'],
  ['청량리역환승센터', 'Cheongnyangni Station', ['1호선', '경의중앙선', '수인분당선']],
];

/** @param at the wall time in ms */
export function routesNow(at: number): Routes {
  return sent(at, {
    routes: [
      {
        id: 'route-470',
        line: '470',
        destination: { ko: '청량리역환승센터', en: 'Cheongnyangni Station' },
        firstBus: iso(at - 6 * hour),
        lastBus: iso(at + 7 * hour),
        stops: stops.map(
          ([ko, en, transfers = []]): Stop => ({ name: { ko, en }, here: ko === '종로2가', transfers }),
        ),
      },
    ],
  });
}

/** @param age of its values, in ms */
export function officialAirNow(at: number, age = 31 * minute): OfficialAir {
  const time = iso(at - age);
  return sent(at, {
    station: { ko: '종로구 측정소', en: 'Jongno-gu station' },
    source: { ko: '한국환경공단 에어코리아', en: 'AirKorea, K-eco' },
    values: [
      { property: 'pm2_5' as const, value: 21, time },
      { property: 'pm10' as const, value: 38, time },
    ],
    absent: [],
  });
}

export function call(changes: Partial<HelpCall> = {}): HelpCall {
  return { id: 'c7k3', kind: 'call', line: null, state: 'received', age: 3, answer: null, ...changes };
}

export function helpNow(changes: Partial<Help> = {}): Help {
  return {
    available: true,
    connected: true,
    phone: '02-120',
    emergency: [
      { number: '119', reaches: 'fire-and-ambulance' },
      { number: '112', reaches: 'police' },
    ],
    calls: [],
    ...changes,
  };
}

export const takeAlongNow: TakeAlong = {
  url: 'https://stops.seoul.example/jongno-2ga',
  wifi: { name: 'Seoul bus stop', password: 'wait;for"me' },
};

/** The course of a day, with a gap, a spell of doubt and an end. */
const courses: Readonly<Record<string, (day: number) => number>> = {
  pm2_5: (day) => 22 + 18 * Math.sin(day * 6.3 - 1) + 6 * Math.sin(day * 40),
  pm10: (day) => 48 + 30 * Math.sin(day * 6.3 - 1) + 9 * Math.sin(day * 37),
  temperature: (day) => 1.5 - 5 * Math.cos(day * 6.3 - 1.2),
  humidity: (day) => 62 + 18 * Math.cos(day * 6.3 - 1.2),
};

/** What `/api/v1/history` answers to a query of the page. */
export function historyNow(query: URLSearchParams): History {
  const stream = query.get('stream') ?? '';
  const [from, to] = [Date.parse(query.get('from') ?? ''), Date.parse(query.get('to') ?? '')];
  const course = courses[stream.split('/')[1] ?? ''] ?? (() => 1);
  const count = Math.round((to - from) / (10 * minute)) - 1;
  const points = Array.from({ length: count }, (_, n) => n)
    .filter((n) => n < 52 || n > 60)
    .map((n): History['points'][number] => {
      const isDoubtful = n >= 90 && n < 94;
      return {
        time: iso(from + n * 10 * minute),
        value: Math.max(0, course(n / count)) * (isDoubtful ? 1.7 : 1),
        quality: isDoubtful ? quality.suspect : quality.pass,
        count: 60,
      };
    });
  return { stream, unit: '', from: iso(from), to: iso(to), every: 600, points };
}

/** @param at the wall time in ms */
export function maintenanceNow(at: number): Maintenance {
  const stream = {
    symbol: 'µg/m³',
    digits: 0,
    age: 2,
    flag: 'pass',
    doubts: [],
    calibration: null,
    correction: null,
  } as const;
  return {
    lasts: 274,
    clock: { time: iso(at), moved: 0.412 },
    streams: [
      {
        ...stream,
        doubts: [],
        stream: 'air/pm2_5',
        sensor: 'air',
        property: 'pm2_5',
        raw: 13.1,
        value: 12.4,
        calibration: { version: 2, gain: 0.94, offset: 0.1 },
      },
      { ...stream, doubts: [], stream: 'air/pm10', sensor: 'air', property: 'pm10', raw: 27.1, value: 27.1 },
      {
        ...stream,
        stream: 'outdoor/temperature',
        sensor: 'outdoor',
        property: 'temperature',
        symbol: '°C',
        digits: 1,
        raw: 3.8,
        value: 3.4,
        flag: 'suspect',
        doubts: ['spike'],
      },
    ],
  };
}

export const healthNow: Health = { ...healthAtNoon, status: 'ok' };

/** @param at the wall time in ms */
export function faultsNow(at: number): Faults {
  return {
    faults: Array.from({ length: 50 }, (_, n) => ({
      kind: n % 2 === 0 ? 'device.failing' : 'device.recovered',
      source: 'air',
      time: n === 49 ? null : iso(at - n * hour),
      detail: {
        code: 'DEVICE_SILENT',
        message: 'No valid frame from /dev/serial/by-id/usb-1a86 within 5 s.',
      },
    })),
  };
}
