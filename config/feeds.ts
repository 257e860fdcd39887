import { z } from 'zod';
import { duration } from './duration.js';

/** Where the screen has its arrivals, routes and official air from, beside what the city sends over MQTT. */

const address = (example: string) =>
  z
    .url({ protocol: /^https?$/, error: `an address such as ${example}` })
    .refine((url) => !/\/\/[^/]*@/.test(url) && !url.includes('?'), {
      error: 'no password and no key in the address: a key stands in the file that keyFile names',
    });

const keyFile = z
  .string()
  .min(1)
  .describe('File that holds the key, alone in one line: a secret never stands in a site file.');

const callsPerDay = (perDay: number) =>
  z
    .int()
    .min(24)
    .max(10_000_000)
    .default(perDay)
    .describe(
      'Calls that the key allows in a day. They are spread over the day; the count outlives a restart.',
    );

const id = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}\p{P} ]{0,63}$/u, {
  error: 'letters, digits and punctuation, at most 64',
});

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a time of day in quotes, such as "04:30"' });

const hours = z.strictObject({
  from: timeOfDay
    .default('04:30')
    .describe('When the first buses run.')
    .meta({ examples: ['04:30'] }),
  to: timeOfDay
    .default('00:30')
    .describe('When the last ones have gone; before `from`, it is of the next day.')
    .meta({ examples: ['00:30'] }),
});

const preference = z.enum(['city', 'feeds']).default('city');

const prefer = z.strictObject({
  arrivals: preference.describe('Arrivals.'),
  routes: preference.describe('Routes.'),
  notices: preference.describe('Notices.'),
  air: preference.describe('Official air data.'),
});

const timetable = z.strictObject({
  path: z
    .string()
    .min(1)
    .describe('A GTFS timetable: a zip file, or a folder of its text files. A new one is read by itself.')
    .meta({ examples: ['/var/lib/ushelter/gtfs.zip'] }),
  stops: z
    .array(id)
    .min(1)
    .max(20)
    .describe('`stop_id` of this stop; several where buses of more than one platform are shown.')
    .meta({ examples: [['101000009']] }),
});

const gtfsRealtime = z
  .strictObject({
    url: address('https://example.city/gtfs-realtime/trip-updates.pb')
      .describe('Where TripUpdates (and VehiclePositions and Alerts, where they are in it) are given out.')
      .meta({ examples: ['https://example.city/gtfs-realtime/trip-updates.pb'] }),
    keyFile: keyFile.optional().meta({ examples: ['/etc/ushelter/gtfs.key'] }),
    keyName: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, { error: 'the name of a header or a parameter' })
      .default('x-api-key')
      .describe('Under which name the key is sent.'),
    keyIn: z
      .enum(['header', 'query'])
      .default('header')
      .describe('Whether it is sent as a header or as a parameter of the address.'),
    interval: duration({ least: 5_000, most: 600_000 })
      .prefault('20 s')
      .describe('How often it is asked while buses run.')
      .meta({ examples: ['20 s'] }),
    callsPerDay: z
      .int()
      .min(24)
      .max(10_000_000)
      .optional()
      .describe('Calls that the key allows in a day, where there is such a limit.')
      .meta({ examples: [10_000] }),
  })
  .describe('Live arrivals by GTFS-realtime. It needs `timetable`, whose trips it speaks of.');

const tago = z
  .strictObject({
    cityCode: z
      .int()
      .min(1)
      .max(99_999)
      .describe('`cityCode` of TAGO.')
      .meta({ examples: [25] }),
    nodeId: id.describe('`nodeId` of this stop.').meta({ examples: ['DJB8001793'] }),
    keyFile: keyFile.meta({ examples: ['/etc/ushelter/data-go-kr.key'] }),
    callsPerDay: callsPerDay(1_000),
    url: address('https://apis.data.go.kr/1613000')
      .default('https://apis.data.go.kr/1613000')
      .describe('Where its services are.'),
  })
  .describe('Live arrivals of Korean cities by TAGO, the national API (data.go.kr).');

const seoul = z
  .strictObject({
    arsId: z
      .string()
      .regex(/^\d{5}$/, { error: 'the five digits on the sign of the stop, in quotes, such as "01190"' })
      .describe('The number on the sign of the stop.')
      .meta({ examples: ['01190'] }),
    keyFile: keyFile.meta({ examples: ['/etc/ushelter/data-go-kr.key'] }),
    callsPerDay: callsPerDay(1_000),
    url: address('http://ws.bus.go.kr/api/rest')
      .default('http://ws.bus.go.kr/api/rest')
      .describe('Where its services are. It knows HTTP only, so the key can be read on the way.'),
  })
  .describe('Live arrivals of Seoul by its own API.');

const airkorea = z
  .strictObject({
    station: id.describe('Name of the station, in Korean.').meta({ examples: ['종로구'] }),
    names: z
      .record(
        z.string().regex(/^[a-z]{2,3}$/, { error: 'a language tag such as en' }),
        z.string().min(1).max(80),
      )
      .default({})
      .describe('Its name in other languages.')
      .meta({ examples: [{ en: 'Jongno-gu' }] }),
    keyFile: keyFile.meta({ examples: ['/etc/ushelter/data-go-kr.key'] }),
    callsPerDay: callsPerDay(500),
    url: address('https://apis.data.go.kr/B552584/ArpltnInforInqireSvc')
      .default('https://apis.data.go.kr/B552584/ArpltnInforInqireSvc')
      .describe('Where its service is.'),
  })
  .describe('Official air data of Korea (AirKorea). They stand apart from what is measured here.');

export const feeds = z
  .strictObject({
    hours: hours
      .prefault({})
      .describe('When buses run, in the time zone of the site: feeds are asked less often at other times.'),
    prefer: prefer
      .prefault({})
      .describe('Whose word counts where both the city (over MQTT, signed) and feeds tell of a kind.'),
    timetable: timetable
      .optional()
      .describe('What stands in where nothing live is known, and gives the routes.'),
    gtfsRealtime: gtfsRealtime.optional(),
    tago: tago.optional(),
    seoul: seoul.optional(),
    airkorea: airkorea.optional(),
  })
  .refine(({ gtfsRealtime, timetable }) => !gtfsRealtime || timetable, {
    path: ['gtfsRealtime'],
    error: 'feeds.timetable beside it: GTFS-realtime speaks of the trips of a timetable',
  });

export type FeedsConfig = z.output<typeof feeds>;
export type TimetableConfig = NonNullable<FeedsConfig['timetable']>;
export type GtfsRealtimeConfig = NonNullable<FeedsConfig['gtfsRealtime']>;
export type TagoConfig = NonNullable<FeedsConfig['tago']>;
export type SeoulConfig = NonNullable<FeedsConfig['seoul']>;
export type AirKoreaConfig = NonNullable<FeedsConfig['airkorea']>;
