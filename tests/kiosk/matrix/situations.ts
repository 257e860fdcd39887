import { quality } from '../../../config/catalogue/quality.js';
import type { Content, Help, Life, Now } from '../../../runtime/api/contract.js';
import { arrival, contentNow, emergency, notice, sent } from '../city-scene.js';
import { lifeNow, lyingLife, now, sensorNow, silent, smogLife, streamNow } from '../scene.js';
import * as scene from '../screens-scene.js';
import { canHave, languageIds, type ModeId, modes, type Panel } from './dimensions.js';

/** What a shelter tells a page. */
export interface Told {
  now: Now;
  life: Life;
  content: Content;
  help: Help;
}

/** A screen, and how things stand there. */
export interface Situation {
  /** The controls that lead there from home. */
  steps: readonly string[];
  /** A selector of what is on the page then, and at no other time. */
  shows: string;
  /** What is told otherwise than usual. @param at the wall time in ms */
  told?(at: number): Partial<Told>;
  /** Whether there is such a thing; everywhere unless said otherwise. */
  isOn?(panel: Panel, mode: ModeId): boolean;
  shelter?: 'gone';
}

const name60 = {
  ko: '가나다라마바사 아자차카타파하 국립중앙박물관 용산가족공원 앞 서빙고로 환승센터 남측 승강장 임시정류소행',
  en: 'Saint Bartholomew the Great Memorial Hospital, North Entrance',
};

const lie = { state: 'faulty', flag: 'fail', quality: quality.fail } as const;

function usualContent(at: number, changes: Partial<Content> = {}): Content {
  return contentNow(at, { routes: scene.routesNow(at), air: scene.officialAirNow(at), ...changes });
}

/** All is well, and much is told. @param at the wall time in ms */
export function usual(at: number): Told {
  const { site, ...rest } = now({ time: new Date(at).toISOString() });
  const voice = { volume: 80, night: { from: 0, to: 0, volume: 80 } };
  return {
    now: { site: { ...site, languages: languageIds, voice }, ...rest },
    life: lifeNow(languageIds, { air: 'grade-1', air2: 'grade-1' }),
    content: usualContent(at),
    help: scene.helpNow(),
  };
}

/** Forty buses with long names, each with all that can be told of one. */
function longArrivals(at: number) {
  const lines = ['470', '종로09', '서울01A', 'N26', 'M6405', '9401-1', '청와대A01', '88'];
  return Array.from({ length: 40 }, (_, index) =>
    arrival(at, lines[index % lines.length] ?? '', 2 + index, {
      route: `route-${index}`,
      destination: name60,
      lastOfDay: true,
      detour: true,
      lowFloor: true,
      crowding: 'standing',
      stopsAway: 12,
    }),
  );
}

const emergencies = (at: number, ...messages: ReturnType<typeof emergency>[]) => ({
  content: usualContent(at, { emergency: sent(at, { messages }) }),
});

const touched = ({ view }: Panel) => view !== 'wall';

const inside = (view: string): Situation => ({
  steps: ['back-door', ...'123456'.split('').map((digit) => `digit-${digit}`), 'enter', `view-${view}`],
  shows: `[data-control="view-${view}"][aria-pressed="true"]`,
  isOn: touched,
});

const home = '.frame[data-screen="board"]';

export const situations = {
  board: { steps: [], shows: `${home}:not(:has(.banner, .lost)) [data-line="721"]` },
  'board-long': {
    steps: [],
    shows: `${home} [data-line="청와대A01"]`,
    told: (at) => ({
      content: usualContent(at, {
        arrivals: sent(at, { arrivals: longArrivals(at) }),
        notices: sent(at, { notices: [notice('n', { title: name60, severity: 'warning' })] }),
      }),
    }),
  },
  'board-empty': {
    steps: [],
    shows: `${home} .no-service`,
    told: (at) => ({ content: usualContent(at, { arrivals: null, notices: null }) }),
  },
  'board-smog': {
    steps: [],
    shows: `${home} [data-strip="air"][data-grade="very-bad"]`,
    told: () => ({ life: smogLife() }),
  },
  banner: {
    steps: [],
    shows: `${home} .banner`,
    told: (at) => emergencies(at, emergency({ severity: 'moderate' })),
  },
  emergency: {
    steps: [],
    shows: '.take-over:not([data-drill])',
    told: (at) => emergencies(at, emergency(), emergency({ id: 'b', severity: 'severe' })),
  },
  drill: {
    steps: [],
    shows: '.take-over[data-drill]',
    told: (at) => emergencies(at, emergency({ status: 'exercise' })),
  },
  air: { steps: ['air'], shows: '[data-screen="air"] .chart', isOn: touched },
  'air-smog': {
    steps: ['air'],
    shows: '[data-screen="air"]',
    told: () => ({ life: smogLife() }),
    isOn: touched,
  },
  'air-doubt': {
    steps: ['air'],
    shows: '[data-screen="air"]',
    told: (at) => {
      const told = usual(at).now;
      const streams = [
        streamNow('air', 'pm2_5', 12, { ...lie, doubts: ['flat-line'] }),
        streamNow('outdoor', 'humidity', 30, { state: 'stale', age: 400 }),
        streamNow('outdoor', 'temperature', 3, { state: 'doubtful', flag: 'suspect', doubts: ['agreement'] }),
        streamNow('air', 'pm10', null),
      ];
      return {
        now: {
          ...told,
          streams: told.streams.map((one) => streams.find(({ stream }) => stream === one.stream) ?? one),
          sensors: [sensorNow('air', 'sds011', 'Nova SDS011', silent), ...told.sensors.slice(1)],
        },
        life: lyingLife(),
        content: usualContent(at, { air: null }),
      };
    },
    isOn: touched,
  },
  route: { steps: ['route'], shows: '[data-screen="route"] .stops', isOn: touched },
  'route-before': {
    steps: ['route', 'stops-before'],
    shows: '[data-control="stops-before"][aria-pressed="true"]',
    isOn: touched,
  },
  help: { steps: ['help'], shows: '[data-screen="help"] [data-control="call"]', isOn: touched },
  'help-called': {
    steps: ['help', 'low-floor'],
    shows: '[data-screen="help"] [data-step="answered"]',
    told: () => ({
      help: scene.helpNow({
        connected: false,
        calls: [
          scene.call({
            id: 'a',
            kind: 'low-floor',
            line: '470',
            state: 'answered',
            age: 200,
            answer: {
              text: { ko: '저상버스가 12분 뒤 도착합니다.', en: 'A low-floor bus comes in 12 minutes.' },
            },
          }),
          scene.call(),
        ],
      }),
    }),
    isOn: touched,
  },
  'take-along': { steps: ['take-along'], shows: '[data-screen="take-along"] .coded', isOn: touched },
  notices: { steps: ['notices'], shows: '[data-screen="notices"] .announcement', isOn: touched },
  languages: { steps: ['languages'], shows: '[data-sheet="languages"]', isOn: touched },
  menu: {
    steps: ['menu'],
    shows: '.bar[data-opened]',
    isOn: (panel, mode) =>
      panel.view === 'hand' || (touched(panel) && modes[mode].some((each) => each === 'large')),
  },
  asking: { steps: ['air', 'wait a minute'], shows: '.asking', isOn: ({ view }) => view === 'panel' },
  pin: { steps: ['back-door'], shows: '.pin', isOn: touched },
  sensors: inside('sensors'),
  system: inside('system'),
  faults: inside('faults'),
  touch: inside('touch'),
  display: inside('display'),
  sound: inside('sound'),
  lost: { steps: [], shows: '.lost', shelter: 'gone' },
} as const satisfies Record<string, Situation>;

export type SituationId = keyof typeof situations;

/** The same by what a visitor would call a screen. */
export const screens = {
  board: ['board', 'board-long', 'board-empty', 'board-smog'],
  emergency: ['emergency', 'drill'],
  banner: ['banner'],
  air: ['air', 'air-smog', 'air-doubt'],
  route: ['route', 'route-before'],
  help: ['help', 'help-called'],
  'take-along': ['take-along'],
  notices: ['notices'],
  languages: ['languages'],
  menu: ['menu'],
  asking: ['asking'],
  maintenance: ['pin', 'sensors', 'system', 'faults', 'touch', 'display', 'sound'],
  lost: ['lost'],
} as const satisfies Record<string, readonly SituationId[]>;

export type ScreenName = keyof typeof screens;

/** How a situation is, whichever it is. */
export function situationOf(id: SituationId): Situation {
  return situations[id];
}

export function canBeOn(id: SituationId, panel: Panel, mode: ModeId): boolean {
  return canHave(panel, mode) && (situationOf(id).isOn?.(panel, mode) ?? true);
}
