import type { Content } from '../../runtime/api/content.js';

/** What a city sends to the stop of `scene.ts`. */

type Sent<Kind extends keyof Content> = NonNullable<Content[Kind]>;
export type Arrival = Sent<'arrivals'>['body']['arrivals'][number];
export type EmergencyMessage = Sent<'emergency'>['body']['messages'][number];
export type Notice = Sent<'notices'>['body']['notices'][number];

const minute = 60_000;

const iso = (time: number) => new Date(time).toISOString();

/** A bus that was told of just now, unless told otherwise. @param at the wall time in ms */
export function arrival(at: number, line: string, minutes: number, changes: Partial<Arrival> = {}): Arrival {
  return {
    line,
    destination: { ko: '청량리역환승센터', en: 'Cheongnyangni Station' },
    route: `route-${line}`,
    expected: iso(at + minutes * minute + 5_000),
    basis: 'live',
    asOf: iso(at - 10_000),
    status: 'running',
    lastOfDay: false,
    detour: false,
    ...changes,
  };
}

export function emergency(changes: Partial<EmergencyMessage> = {}): EmergencyMessage {
  return {
    id: 'flood-1',
    status: 'actual',
    severity: 'extreme',
    headline: { ko: '청계천 범람 위험, 즉시 대피', en: 'Cheonggyecheon may flood: leave at once' },
    instruction: {
      ko: '높은 곳으로 이동하세요. 지하도와 지하철역 출입구로 내려가지 마세요.',
      en: 'Move to higher ground. Do not go down into underpasses or stations.',
    },
    description: {
      ko: '종로구에 시간당 90 mm의 비가 내리고 있습니다.',
      en: '90 mm of rain an hour are falling in Jongno.',
    },
    sender: { ko: '서울특별시', en: 'Seoul Metropolitan Government' },
    ...changes,
  };
}

export function notice(id: string, changes: Partial<Notice> = {}): Notice {
  return {
    id,
    severity: 'information',
    title: { ko: '종로2가 정류장 공사 안내', en: 'Works at the stop Jongno 2-ga' },
    text: {
      ko: '11월 30일까지 22시 이후에는 30 m 앞 임시 정류장을 이용하세요.',
      en: 'Until 30 November, please use the temporary stop 30 m ahead after 22:00.',
    },
    ...changes,
  };
}

export function sent<Body>(at: number, body: Body, signedBy: string | null = 'city-1') {
  return { issued: iso(at - minute), expires: iso(at + 60 * minute), signedBy, sources: ['city'], body };
}

/** Each way that an arrival can stand, soonest first. */
export function arrivalsNow(at: number): Arrival[] {
  return [
    arrival(at, '470', 3, { stopsAway: 2, lowFloor: true, crowding: 'seats' }),
    arrival(at, '종로09', 4, {
      destination: { ko: '명륜새마을금고', en: 'Myeongnyun' },
      stopsAway: 3,
      crowding: 'empty',
    }),
    arrival(at, '143', 7, {
      destination: { ko: '개포동차고지', en: 'Gaepo-dong depot' },
      asOf: iso(at - 70_000),
      stopsAway: 5,
      lowFloor: true,
      crowding: 'full',
    }),
    arrival(at, 'N26', 11, {
      destination: { ko: '강서공영차고지', en: 'Gangseo depot' },
      lastOfDay: true,
      stopsAway: 8,
      detour: true,
    }),
    arrival(at, '201', 14, {
      destination: { ko: '수택차고지', en: 'Sutaek depot' },
      status: 'cancelled',
      scheduled: iso(at + 14 * minute),
    }),
    arrival(at, '9401', 19, {
      destination: { ko: '분당 구미동차고지', en: 'Bundang Gumi-dong depot' },
      status: 'delayed',
      stopsAway: 12,
      crowding: 'standing',
    }),
    arrival(at, '111', 24, {
      destination: { ko: '도봉산역', en: 'Dobongsan Station' },
      basis: 'timetable',
      scheduled: iso(at + 24 * minute),
      lowFloor: true,
    }),
    arrival(at, '721', 31, {
      destination: { ko: '건국대학교', en: 'Konkuk University' },
      asOf: iso(at - 200_000),
    }),
  ];
}

/** All is well, and much is told. @param at the wall time in ms */
export function contentNow(at: number, changes: Partial<Content> = {}): Content {
  return {
    arrivals: sent(at, { arrivals: arrivalsNow(at) }),
    routes: null,
    notices: sent(at, {
      notices: [
        notice('n1'),
        notice('n2', {
          severity: 'warning',
          title: { ko: '버스전용차로 통제로 우회 운행', en: 'Buses detour: the bus lane is closed' },
        }),
      ],
    }),
    air: null,
    emergency: null,
    ...changes,
  };
}
