import { lines, stops } from './network.js';
import { runs } from './runs.js';

const wholeDay = 86_400_000;
const fromUtc = 9 * 3_600_000;

/** The timetable as GTFS has it, by the names of its files. It holds from a month before to a year after. @param now wall time in ms */
export function gtfsFiles(now: number): ReadonlyMap<string, string> {
  const today = Math.floor((now + fromUtc) / wholeDay);
  return new Map([
    [
      'agency.txt',
      table(['agency_id', 'agency_name', 'agency_url', 'agency_timezone', 'agency_lang'], agency),
    ],
    ['feed_info.txt', table(['feed_publisher_name', 'feed_publisher_url', 'feed_lang'], [publisher])],
    [
      'stops.txt',
      table(
        ['stop_id', 'stop_name'],
        stops.map(({ id, name }) => [id, name.ko]),
      ),
    ],
    [
      'routes.txt',
      table(
        ['route_id', 'agency_id', 'route_short_name', 'route_type'],
        lines.map(({ id, number }) => [id, 'seoul', number, '3']),
      ),
    ],
    [
      'trips.txt',
      table(
        ['route_id', 'service_id', 'trip_id', 'trip_headsign', 'wheelchair_accessible'],
        runs.map(({ line, trip, lowFloor }) => [
          line.id,
          'daily',
          trip,
          lastName(line.stops),
          lowFloor ? '1' : '2',
        ]),
      ),
    ],
    [
      'stop_times.txt',
      table(
        ['trip_id', 'arrival_time', 'departure_time', 'stop_id', 'stop_sequence'],
        runs.flatMap(({ trip, line, times }) =>
          line.stops.map((stop, index) => {
            const time = clockTime(times[index] ?? 0);
            return [trip, time, time, stop, String(index + 1)];
          }),
        ),
      ),
    ],
    [
      'calendar.txt',
      table(
        [
          ...['service_id', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
          ...['start_date', 'end_date'],
        ],
        [['daily', ...Array<string>(7).fill('1'), date(today - 30), date(today + 365)]],
      ),
    ],
    [
      'translations.txt',
      table(
        ['table_name', 'field_name', 'language', 'translation', 'field_value'],
        stops.flatMap(({ name }) => [
          ['stops', 'stop_name', 'en', name.en, name.ko],
          ['trips', 'trip_headsign', 'en', name.en, name.ko],
        ]),
      ),
    ],
  ]);
}

const agency = [['seoul', '서울 시내버스', 'https://example.city', 'Asia/Seoul', 'ko']];
const publisher = ['U-shelter', 'https://example.city', 'ko'];

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

function quoted(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function lastName(ids: readonly string[]): string {
  return stops.find(({ id }) => id === ids.at(-1))?.name.ko ?? '';
}

/** `25:10:00` */
function clockTime(seconds: number): string {
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** `20260131` @param day since 1970 */
function date(day: number): string {
  return new Date(day * wholeDay).toISOString().slice(0, 10).replaceAll('-', '');
}
