import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from './scratch.js';

/**
 * A small timetable: line 5 from A over B, our stop H and C to D on weekdays, its last trip ending after midnight;
 * line 7 from H to E every 10 minutes, Sundays only; line 9 over C and D, which does not stop here.
 */
export const smallTimetable: Readonly<Record<string, string>> = {
  'agency.txt':
    'agency_id,agency_name,agency_url,agency_timezone,agency_lang\n1,City,https://x,Asia/Seoul,ko\n',
  'feed_info.txt': 'feed_publisher_name,feed_publisher_url,feed_lang\nCity,https://x,ko-KR\n',
  'stops.txt': `stop_id,stop_name,parent_station
A,가역,
B,나역,
H,"시청, 남쪽",S
S,시청,
C,다역,
D,라역,
E,마역,
`,
  'routes.txt': 'route_id,route_short_name,route_long_name,route_type\nR5,5,,3\nR7,,순환 7,3\nR9,9,,3\n',
  'trips.txt': `route_id,service_id,trip_id,trip_headsign,wheelchair_accessible
R5,week,5-1,라역,1
R5,week,5-2,라역,2
R5,week,5-3,라역,0
R7,sunday,7-1,,
R9,week,9-1,라역,1
`,
  'stop_times.txt': `trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,stop_headsign
5-1,08:00:00,08:00:00,A,1,0,
5-1,08:05:00,08:05:00,B,2,0,
5-1,08:10:00,08:11:00,H,5,0,
5-1,08:15:00,08:15:00,C,6,0,
5-1,08:20:00,08:20:00,D,9,0,
9-1,08:00:00,08:00:00,C,1,0,
9-1,08:20:00,08:20:00,D,2,0,
5-2,09:00:00,09:00:00,A,1,0,
5-2,,,B,2,0,
5-2,,,H,5,0,
5-2,09:15:00,09:15:00,C,6,0,
5-2,09:20:00,09:20:00,D,9,0,
5-3,24:00:00,24:00:00,A,1,0,
5-3,24:05:00,24:05:00,B,2,0,
5-3,24:10:00,24:10:00,H,5,0,
5-3,24:15:00,24:15:00,C,6,0,
5-3,24:20:00,24:20:00,D,9,0,
7-1,06:00:00,06:00:00,H,1,0,
7-1,06:30:00,06:30:00,E,2,0,
`,
  'calendar.txt': `service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
week,1,1,1,1,1,0,0,20260601,20260630
sunday,0,0,0,0,0,0,1,20260601,20260630
`,
  'calendar_dates.txt': 'service_id,date,exception_type\nweek,20260604,2\nweek,20260606,1\n',
  'frequencies.txt': 'trip_id,start_time,end_time,headway_secs\n7-1,10:00:00,10:30:00,600\n',
  'translations.txt': `table_name,field_name,language,translation,record_id,field_value
stops,stop_name,en,City Hall South,H,
stops,stop_name,en,Station D,,라역
trips,trip_headsign,en,Station D,,라역
stops,stop_name,ja,エー,A,
`,
};

/** Writes a timetable into a new folder. @returns its path */
export function gtfsFolder(files: Readonly<Record<string, string>> = smallTimetable): string {
  const folder = join(scratchFolder(), 'gtfs');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
