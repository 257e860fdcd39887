import type { Cancel } from '../../../drivers/ports.js';
import type { Content } from '../../../runtime/api/content.js';
import type { Health, Help, Life, Now, SensorNow, StreamNow } from '../../../runtime/api/contract.js';
import type { ApiSource, News } from '../../../runtime/api/source.js';
import type { CalibrationVersion } from '../../../runtime/calibrations.js';
import { standingOf } from '../../../runtime/life/standing.js';
import { summarise } from '../../../runtime/life/summary.js';
import { noWindow } from '../../../runtime/life/windows.js';
import type { Stream } from '../../../runtime/reading.js';
import type { HistoryPoint, HistoryQuery, LedgerEntry } from '../../../runtime/store/port.js';

export const noon = Date.UTC(2026, 5, 1, 12);
export const noonText = new Date(noon).toISOString();

export const pm: Stream = { id: 'air/pm2_5', sensor: 'air', property: 'pm2_5', unit: 'ug/m3' };
export const warmth: Stream = {
  id: 'roof/temperature',
  sensor: 'roof',
  property: 'temperature',
  unit: 'Cel',
};

export const pmNow: StreamNow = {
  stream: 'air/pm2_5',
  sensor: 'air',
  property: 'pm2_5',
  name: { en: 'PM2.5', ko: '초미세먼지 PM2.5' },
  unit: 'ug/m3',
  symbol: 'µg/m³',
  digits: 0,
  value: 0,
  time: noonText,
  age: 1.5,
  staleAfter: 180,
  quality: 1,
  flag: 'pass',
  doubts: [],
  state: 'fresh',
  calibration: null,
  correction: null,
};

export const warmthNow: StreamNow = {
  ...pmNow,
  stream: 'roof/temperature',
  sensor: 'roof',
  property: 'temperature',
  unit: 'Cel',
  value: null,
  time: null,
  age: null,
  quality: 9,
  flag: 'missing',
  state: 'missing',
};

const sensors: SensorNow[] = [
  { sensor: 'air', driver: 'sds011', title: 'Nova SDS011', state: 'ok', problem: null },
  {
    sensor: 'roof',
    driver: 'dht22',
    title: 'Aosong DHT22',
    state: 'failing',
    problem: { code: 'DEVICE_SILENT', message: 'roof is silent', hint: 'Check the wire.', since: noonText },
  },
];

export const nowAtNoon: Now = {
  site: {
    id: 'test-01',
    name: { en: 'Test' },
    timeZone: 'Asia/Seoul',
    languages: ['ko', 'en'],
    pxPerMm: 4,
    panelBottom: 900,
    voice: { volume: 80, night: { from: 1_320, to: 420, volume: 40 } },
  },
  time: noonText,
  streams: [pmNow, warmthNow],
  sensors,
  inputs: [{ input: 'help', driver: 'button', state: 'released', since: noonText }],
};

export const healthAtNoon: Health = {
  status: 'degraded',
  version: '0.1.0',
  time: noonText,
  uptime: 42.5,
  clock: { synchronised: true, by: 'timesyncd' },
  sensors,
  store: {
    ok: true,
    epoch: 'e1',
    file: 'readings.db',
    bytes: 40_960,
    quota: 512_000_000,
    lastSeq: 17,
    uncommitted: 3,
    gone: { thinned: 10, dropped: 2, released: 0, damaged: 0 },
    problem: null,
  },
  uplink: {
    url: 'mqtt://127.0.0.1:1883',
    connected: true,
    waiting: 5,
    sent: 12,
    quarantined: 0,
    problem: null,
  },
  downlink: {
    taken: 3,
    refused: { unsigned: 2 },
    desired: { version: 7, needsRestart: [], refused: false },
  },
  kiosk: {
    heard: 3,
    status: {
      browser: 'chromium',
      shows: 'page',
      graphics: 'gpu',
      dark: false,
      brightness: 80,
      memory: 120_000_000,
      untouched: 40,
    },
    steps: { reload: 2, 'new-renderer': 0, 'relaunch-without-gpu': 0, 'last-resort': 1 },
    problem: null,
  },
  feeds: [
    {
      feed: 'tago',
      state: 'doubtful',
      told: noonText,
      calls: 312,
      quota: 1_000,
      problem: { code: 'FEED_NONSENSE', message: 'in 400 min', hint: 'Tell them.', since: noonText },
    },
  ],
  speech: { languages: ['ko', 'en'], problem: null },
};

/** Ten hours of one stream that gave way to means. */
export const thinnedAtNoon: LedgerEntry = {
  id: 4,
  log: 'readings',
  what: 'thinned',
  width: 60_000,
  first: 1,
  last: 3_600,
  least: noon - 36_000_000,
  greatest: noon - 10_000,
  before: 3_600,
  after: 600,
  time: noon,
  cursors: { mqtt: 0 },
};

/** The same stop, at which nothing has been measured yet but clean air. */
export const lifeAtNoon: Life = summarise({
  site: { profile: 'korea', languages: ['ko', 'en'], sensors: [] },
  standings: [
    standingOf(
      {
        stream: pm,
        interval: 10_000,
        staleAfter: 180_000,
        ...{
          valued: undefined,
          passed: { stream: pm, time: noon, monotonic: 0, value: 0, raw: 0, quality: 1 },
        },
      },
      noWindow,
      1_500,
    ),
  ],
  zone: { offsetAt: () => 9 * 3_600_000 },
  time: noon,
  monotonic: 1_500,
  synchronised: true,
});

/** The second of them came with a clock that had not been synchronised. */
export const calibrationsAtNoon: readonly CalibrationVersion[] = [
  { stream: warmth.id, version: 2, offset: 0, gain: 1, from: null },
  { stream: warmth.id, version: 1, offset: -0.4, gain: 1, date: '2026-05-30', by: 'Kim Jiwoo', from: noon },
];

export const noContent: Content = { arrivals: null, routes: null, notices: null, air: null, emergency: null };

export const helpAtNoon: Help = {
  available: true,
  connected: true,
  phone: '02-120',
  emergency: [{ number: '119', reaches: 'fire-and-ambulance' }],
  calls: [],
};

export interface FakeSource extends ApiSource {
  /** What the API asked of the past, oldest question first. */
  readonly asked: HistoryQuery[];
  /** Tells every subscriber. */
  announce(news: News): void;
  readonly subscribers: number;
}

/** A shelter that stands still at noon; `changes` replaces what a test wants otherwise. */
export function fakeSource(changes: Partial<ApiSource> = {}): FakeSource {
  const asked: HistoryQuery[] = [];
  const listeners = new Set<(news: News) => void>();
  return {
    asked,
    now: () => nowAtNoon,
    time: () => nowAtNoon.time,
    streams: () => [pm, warmth],
    async history(query) {
      asked.push(query);
      const points: HistoryPoint[] = [{ time: query.from, value: 4.4, quality: 1, count: 1 }];
      return points;
    },
    async ledger({ most }) {
      return [thinnedAtNoon].slice(0, most);
    },
    calibrations: () => calibrationsAtNoon,
    health: async () => healthAtNoon,
    life: () => lifeAtNoon,
    content: () => noContent,
    help: () => helpAtNoon,
    subscribe(listener): Cancel {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce(news) {
      for (const listener of listeners) listener(news);
    },
    get subscribers() {
      return listeners.size;
    },
    ...changes,
  };
}
