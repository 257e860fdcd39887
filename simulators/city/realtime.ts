import { hereId } from './network.js';
import { delayOf, isCancelled, occupancyOf, placeHere, runs, type SimulatedRun } from './runs.js';
import { bytes, message, number } from './wire.js';

/** The buses on their way as GTFS-realtime 2.0 tells of them: TripUpdates, VehiclePositions and Alerts in one feed. */

const wholeDay = 86_400_000;
const fromUtc = 9 * 3_600_000;

/** Of buses further away, in s, nobody knows anything yet. */
const horizon = 2_700;

/** @param now wall time in ms */
export function realtimeFeed(now: number): Uint8Array {
  const today = Math.floor((now + fromUtc) / wholeDay);
  const onTheirWay = [today - 1, today].flatMap((day) =>
    runs.filter(({ line }) => line.live).flatMap((run) => entitiesOf(run, day, now)),
  );
  return message(
    bytes(1, message(bytes(1, '2.0'), number(2, 0), number(3, seconds(now)))),
    ...[...onTheirWay, ...alerts].map((entity) => bytes(2, entity)),
  );
}

function entitiesOf(run: SimulatedRun, day: number, now: number): Uint8Array[] {
  const place = placeHere(run);
  const midnight = day * wholeDay - fromUtc;
  const late = delayOf(run, day);
  const timeAt = (index: number) => midnight + ((run.times[index] ?? 0) + late) * 1_000;
  const ahead = seconds(timeAt(place) - now);
  if (ahead < -60 || ahead > horizon) return [];

  const trip = (relationship: number) =>
    bytes(
      1,
      message(bytes(1, run.trip), bytes(3, dateOf(day)), number(4, relationship), bytes(5, run.line.id)),
    );
  const entity = (name: string, field: number, content: Uint8Array) =>
    message(bytes(1, `${run.trip}-${day}-${name}`), bytes(field, content));
  if (isCancelled(run, day)) return [entity('update', 3, message(trip(3)))];

  const next = run.times.findIndex((_, index) => timeAt(index) > now);
  const update = message(
    trip(0),
    ...[...new Set([next, place])].map((index) =>
      bytes(
        2,
        message(
          number(1, index + 1),
          bytes(2, message(number(1, late), number(2, seconds(timeAt(index))))),
          bytes(4, run.line.stops[index] ?? ''),
        ),
      ),
    ),
    number(4, seconds(now)),
  );
  if (next < 0) return [];
  const vehicle = message(trip(0), number(3, next + 1), number(4, 2), number(9, occupancyOf(run, day)));
  return next === 0
    ? [entity('update', 3, update)]
    : [entity('update', 3, update), entity('vehicle', 4, vehicle)];
}

const alerts = [
  alert({
    id: 'works-270',
    about: bytes(2, 'L270'),
    effect: 4,
    title: { ko: '270번 우회 운행', en: 'Line 270 takes a detour' },
    text: {
      ko: '신촌역 앞 도로 공사로 270번은 당분간 연세로를 지나지 않습니다.',
      en: 'Because of road works at Sinchon Station, line 270 does not pass Yonsei-ro for the time being.',
    },
  }),
  alert({
    id: 'lift-jongno3',
    about: bytes(5, hereId),
    effect: 7,
    title: { ko: '종로3가역 승강기 점검', en: 'Lift check at Jongno 3-ga Station' },
    text: {
      ko: '오늘 22시부터 1번 출구 승강기를 점검합니다. 5번 출구 승강기를 이용해 주세요.',
      en: 'The lift at exit 1 is checked from 22:00 today. Please use the lift at exit 5.',
    },
  }),
];

interface SimulatedAlert {
  id: string;
  about: Uint8Array;
  effect: number;
  title: Readonly<Record<string, string>>;
  text: Readonly<Record<string, string>>;
}

function alert({ id, about, effect, title, text }: SimulatedAlert): Uint8Array {
  const translated = (texts: SimulatedAlert['title']) =>
    message(
      ...Object.entries(texts).map(([tag, words]) => bytes(1, message(bytes(1, words), bytes(2, tag)))),
    );
  const content = message(
    bytes(5, message(about)),
    number(7, effect),
    bytes(10, translated(title)),
    bytes(11, translated(text)),
  );
  return message(bytes(1, id), bytes(5, content));
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}

/** `20260131` @param day since 1970 */
function dateOf(day: number): string {
  return new Date(day * wholeDay).toISOString().slice(0, 10).replaceAll('-', '');
}
