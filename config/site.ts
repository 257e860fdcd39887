import { z } from 'zod';
import { type Certification, certifications } from './catalogue/certification.js';
import { type CorrectionId, correctionIds } from './catalogue/corrections.js';
import { type Language, languages } from './catalogue/languages.js';
import { type PropertyId, properties } from './catalogue/properties.js';
import { type TestId, testIds } from './catalogue/quality.js';
import { dayHours } from './day-hours.js';
import { duration } from './duration.js';
import { feeds } from './feeds.js';
import { type ProfileId, profiles } from './profiles/index.js';
import { readPublicKey } from './public-key.js';
import { size } from './size.js';

/**
 * What a site is: the one schema from which types, defaults, the editors' JSON Schema and the reference page come.
 *
 * A site file says what is wired where. What a driver makes of its `options` is the driver's own schema, which
 * `wiring.ts` brings in.
 */

/** What the schema of a site needs to know of a driver. */
export interface SensorModel {
  model: string;
  title: string;
  /** What its `port` names: an entry of `serial` or of `gpio.lines`. */
  port: 'serial' | 'gpio';
  /** True where several sensors may share one port, as behind a Firmata board. */
  sharesPort: boolean;
  options: z.ZodType;
  /** Absent for what reports changes instead of being sampled. */
  sampled?: {
    interval: { default: number; least: number };
    /** The shortest time between two samples, in ms, with these parsed options. */
    leastWith(options: unknown): number;
    channels: readonly PropertyId[];
  };
  /** True for lamps and relays, which stand under `outputs`. */
  output: boolean;
}

const name = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: 'lower-case letters, digits and inner hyphens, at most 63',
});

const languageTags = Object.keys(languages) as [Language, ...Language[]];

const place = z.strictObject({
  latitude: z
    .number()
    .min(-90)
    .max(90)
    .describe('Degrees north.')
    .meta({ examples: [37.5703] }),
  longitude: z
    .number()
    .min(-180)
    .max(180)
    .describe('Degrees east.')
    .meta({ examples: [126.9837] }),
  altitude: z
    .number()
    .min(-500)
    .max(9_000)
    .default(0)
    .describe('Metres above the sea.')
    .meta({ examples: [38] }),
});

const serialPort = z.strictObject({
  path: z
    .string()
    .regex(/^(\/dev\/\S+|\/\S+|tcp:\/\/[^\s:/]+:\d{1,5})$/, {
      error: 'a device path such as /dev/serial/by-id/… or an address such as tcp://192.168.0.20:4001',
    })
    .describe('Device path (best a stable one below /dev/serial/by-id) or `tcp://HOST:PORT`.')
    .meta({ examples: ['/dev/serial/by-id/usb-1a86_USB2.0-Serial-if00-port0'] }),
});

const gpio = z.strictObject({
  chip: z
    .string()
    .min(1)
    .default('auto')
    .describe(
      'Label of the GPIO chip, as in /sys/class/gpio/gpiochip*/label; `auto` takes the Raspberry Pi’s own.',
    )
    .meta({ examples: ['pinctrl-bcm2711'] }),
  lines: z
    .record(name, z.int().min(0).max(511))
    .default({})
    .describe('Line numbers on the chip (BCM numbers on a Raspberry Pi), each under a name of its own.')
    .meta({ examples: [{ 'help-button': 17 }] }),
});

const calibration = z
  .partialRecord(
    z.enum(Object.keys(properties) as [PropertyId, ...PropertyId[]]),
    z.strictObject({
      offset: z.number().default(0).describe('Added after the gain, in the unit of the property.'),
      gain: z.number().positive().max(10).default(1).describe('Multiplies the raw value.'),
      date: z
        .string()
        .refine(isDate, { error: 'a date such as 2026-03-01, or a time such as 2026-03-01T09:30:00+09:00' })
        .optional()
        .describe('When it was found: a date, or a time with its zone.')
        .meta({ examples: ['2026-03-01'] }),
      by: z
        .string()
        .trim()
        .min(1)
        .max(80)
        .optional()
        .describe('Who found it.')
        .meta({ examples: ['Kim Jiwoo'] }),
    }),
  )
  .default({})
  .describe(
    'Per channel: calibrated = raw × gain + offset. The raw value is kept too. Whenever any of it changes, also date or author alone, that is the next version of the calibration; readings name the version, and `/api/v1/calibrations` lists all.',
  )
  .meta({ examples: [{ temperature: { offset: -0.4, date: '2026-03-01', by: 'Kim Jiwoo' } }] });

const corrections = z
  .partialRecord(
    z.enum(Object.keys(properties) as [PropertyId, ...PropertyId[]]),
    z.strictObject({
      method: z
        .enum(correctionIds as [CorrectionId, ...CorrectionId[]])
        .describe(
          'epa-2021 and epa-piecewise (which is for smoke too), after US EPA, make `pm2_5` from `pm2_5_cf1`, calibrated, where the sensor has that, and otherwise from its `pm2_5`; humidity-growth takes the water off `pm1` or `pm2_5`, and knows nothing of air above 95 %.',
        )
        .meta({ examples: ['epa-piecewise'] }),
      humidity: name
        .optional()
        .describe(
          'The sensor whose humidity it is made with; by default its own, or else that of the first sensor of the site that vouches for one.',
        )
        .meta({ examples: ['outdoor'] }),
    }),
  )
  .default({})
  .describe(
    'Per channel, what corrects the calibrated value; by default nothing does. A reading names its correction and keeps the raw and the calibrated value; without a humidity that passed all quality tests it is not corrected and names none. The quality tests judge the value before.',
  )
  .meta({ examples: [{ pm2_5: { method: 'epa-piecewise' } }] });

const span = z
  .tuple([z.number(), z.number()])
  .refine(([least, greatest]) => least <= greatest, {
    error: 'two numbers, the least and the greatest, such as [-20, 45]',
  })
  .meta({ title: 'two numbers' });

const positive = z.number().positive();

const quality = z
  .partialRecord(
    z.enum(Object.keys(properties) as [PropertyId, ...PropertyId[]]),
    z.strictObject({
      grossRange: z
        .strictObject({
          fail: span.describe('Outside it a value cannot be true.').meta({ examples: [[-40, 60]] }),
          suspect: span
            .describe('Outside it a value is doubtful. It lies within `fail`.')
            .meta({ examples: [[-25, 42]] }),
        })
        .refine(({ fail, suspect }) => suspect[0] >= fail[0] && suspect[1] <= fail[1], {
          error: 'a suspect span that lies within the fail span',
        })
        .optional()
        .describe('Which values there can be at this place.'),
      rateOfChange: z
        .strictObject({
          allowance: z
            .number()
            .min(0)
            .default(0)
            .describe('A change that is believed however fast it comes.')
            .meta({ examples: [3] }),
          perHour: positive.describe('How much more is believed for each hour.').meta({ examples: [12] }),
        })
        .optional()
        .describe('How far a value may be from the last one that passed; beyond it is doubtful.'),
      spike: z
        .strictObject({
          suspect: positive
            .optional()
            .describe('Further away it is doubtful.')
            .meta({ examples: [3] }),
          fail: positive
            .optional()
            .describe('Further away it cannot be true.')
            .meta({ examples: [8] }),
        })
        .refine(({ suspect, fail }) => suspect === undefined || fail === undefined || suspect <= fail, {
          error: 'a suspect limit that is not above the fail limit',
        })
        .optional()
        .describe('How far a value may be from the mean of the two before it.'),
      flatLine: z
        .strictObject({
          tolerance: positive.describe('Values move by at least so much.').meta({ examples: [0.1] }),
          suspectFor: duration({ least: 60_000 })
            .describe('Resting for so long is doubtful.')
            .meta({ examples: ['8 h'] }),
          failFor: duration({ least: 60_000 })
            .describe('Resting for so long cannot be true.')
            .meta({ examples: ['1 d'] }),
        })
        .refine(({ suspectFor, failFor }) => suspectFor <= failFor, {
          error: 'suspectFor not longer than failFor',
        })
        .optional()
        .describe('How long values may rest. A coarse sensor is given longer.'),
      agreement: z
        .strictObject({
          within: z
            .number()
            .min(0)
            .describe('Sensors may differ by so much, in the unit of the property.')
            .meta({ examples: [5] }),
          share: z
            .number()
            .min(0)
            .max(1)
            .default(0)
            .describe('Or by this share of the greater value, where that is more.')
            .meta({ examples: [0.6] }),
        })
        .optional()
        .describe('How far it may be from other sensors of the same property.'),
      without: z
        .array(z.enum(testIds as [TestId, ...TestId[]]))
        .default([])
        .describe('Tests that are not run.')
        .meta({ examples: [['flat-line']] }),
    }),
  )
  .default({})
  .describe(
    'Per channel: what stands here takes the place of the catalogue’s limits for that test, in the unit of the property.',
  )
  .meta({ examples: [{ temperature: { spike: { suspect: 2, fail: 6 } } }] });

const sensor = z.strictObject({
  id: name.describe('Names the sensor in topics, in the API and on the screen.').meta({ examples: ['air'] }),
  driver: z
    .string()
    .describe('The model; `ushelter config schema` lists them.')
    .meta({ examples: ['sds011'] }),
  port: z
    .string()
    .describe('A name under `serial` or `gpio.lines`.')
    .meta({ examples: ['air'] }),
  interval: duration({ least: 500, most: 86_400_000 })
    .optional()
    .describe('Time between two samples; by default the driver’s own.')
    .meta({ examples: ['10 s'] }),
  staleAfter: duration({ least: 1_000 })
    .optional()
    .describe('Age from which a value counts as stale; by default 3 min, or 3 intervals where that is more.')
    .meta({ examples: ['3 min'] }),
  options: z.record(z.string(), z.unknown()).default({}).describe('What the driver lets you choose.'),
  calibration,
  corrections,
  quality,
  warmUp: duration({ most: 3_600_000 })
    .prefault('0 s')
    .describe('Whenever its device is there again, its values are doubtful for so long.')
    .meta({ examples: ['30 s'] }),
  certification: z
    .enum(Object.keys(certifications) as [Certification, ...Certification[]])
    .optional()
    .describe(
      'Of a particle meter: its grade in Korea’s performance certification, which is told beside its values.',
    )
    .meta({ examples: ['grade-2'] }),
});

const output = z.strictObject({
  id: name.describe('Names the output.').meta({ examples: ['status'] }),
  driver: z
    .string()
    .describe('`led` or `relay`.')
    .meta({ examples: ['led'] }),
  port: z
    .string()
    .describe('A name under `gpio.lines`.')
    .meta({ examples: ['status-led'] }),
  follows: z
    .string()
    .optional()
    .describe('The id of an input: the output is on while the input is active.')
    .meta({ examples: ['help'] }),
  options: z.record(z.string(), z.unknown()).default({}).describe('What the driver lets you choose.'),
});

const store = z.strictObject({
  file: z
    .string()
    .min(1)
    .default('data/readings.db')
    .describe('The SQLite database; a relative path starts at the site file’s folder.')
    .meta({ examples: ['/var/lib/ushelter/readings.db'] }),
  commitInterval: duration({ least: 100, most: 600_000 })
    .prefault('10 s')
    .describe('The most that a power cut can take. Longer spares the card; events always commit at once.')
    .meta({ examples: ['10 s'] }),
  quota: size({ least: 4_000_000, most: 1_000_000_000_000 })
    .prefault('512 MB')
    .describe(
      'The most that the database takes, its log included. Where that is reached, what was sent goes first; then the oldest unsent readings give way to means over 1 min, then 10 min, and only then are the oldest dropped. All of it is on record.',
    )
    .meta({ examples: ['64 MB'] }),
  keep: duration({ least: 3_600_000 })
    .prefault('30 d')
    .describe('How long single readings stay after they were sent. Means over 10 min stay longer.')
    .meta({ examples: ['7 d'] }),
});

/** What a trusted key may sign. */
const rights = ['command', 'desired', 'content', 'emergency'] as const;

const trustedKey = z.strictObject({
  name: name.describe('Names the key: the `kid` of what it signs.').meta({ examples: ['city-1'] }),
  key: z
    .string()
    .refine((text) => readPublicKey(text) !== undefined, {
      error: 'an Ed25519 public key, in base64 or PEM',
    })
    .describe('The Ed25519 public key: base64 of its 32 bytes or of its SPKI form, or PEM.')
    .meta({ examples: ['11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='] }),
  may: z
    .array(z.enum(rights))
    .min(1)
    .default([...rights])
    .describe('What it may sign; by default everything. Give those who only send arrivals `content` alone.')
    .meta({ examples: [['content']] }),
});

/** The ways to say things upstream. */
const codecs = ['senml-json', 'senml-cbor', 'sparkplug-b', 'home-assistant'] as const;

const uplink = z.strictObject({
  url: z
    .url({ protocol: /^mqtts?$/, error: 'an address such as mqtts://broker.example.city:8883' })
    .refine((url) => !/\/\/[^/]*@/.test(url), {
      error: 'no user name and no password: they stand in username and passwordFile',
    })
    .describe('The MQTT broker.')
    .meta({ examples: ['mqtts://broker.example.city:8883'] }),
  topicPrefix: z
    .string()
    .regex(/^[^#+/\s]+(\/[^#+/\s]+)*$/, { error: 'topic levels without +, # or white space' })
    .default('ushelter')
    .describe('First levels of every topic.')
    .meta({ examples: ['city/shelters'] }),
  username: z
    .string()
    .min(1)
    .optional()
    .describe('User name at the broker.')
    .meta({ examples: ['shelter-01'] }),
  passwordFile: z
    .string()
    .min(1)
    .optional()
    .describe('File that holds the password: a secret never stands in a site file.')
    .meta({ examples: ['/etc/ushelter/broker.password'] }),
  caFile: z
    .string()
    .min(1)
    .optional()
    .describe('PEM file of the authority that signed the broker’s certificate.')
    .meta({ examples: ['/etc/ushelter/ca.pem'] }),
  certificateFile: z
    .string()
    .min(1)
    .optional()
    .describe('PEM file of this device’s certificate.')
    .meta({ examples: ['/etc/ushelter/device.pem'] }),
  keyFile: z
    .string()
    .min(1)
    .optional()
    .describe('PEM file of this device’s private key.')
    .meta({ examples: ['/etc/ushelter/device.key'] }),
  codec: z
    .enum(codecs)
    .default('senml-json')
    .describe(
      'How readings and events are written: which topics there are, and what bytes stand in a message.',
    )
    .meta({ examples: ['sparkplug-b'] }),
  batch: z.int().min(1).max(1_000).default(100).describe('Most readings in one message.'),
  backlogRate: z
    .number()
    .positive()
    .max(1_000_000)
    .default(500)
    .describe(
      'Most readings of an outage sent per second; the newest always go first. A day of ten streams every 10 s takes three minutes.',
    )
    .meta({ examples: [50] }),
  trustedKeys: z
    .array(trustedKey)
    .default([])
    .describe('Whose commands, configuration and emergency messages are believed; without a key none are.'),
  unsignedContent: z
    .enum(['refuse', 'show'])
    .default('refuse')
    .describe(
      'Whether arrivals, notices and official air data are shown unsigned too. Emergency messages never are.',
    ),
});

const api = z.strictObject({
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address to listen on; loopback unless you know why.'),
  port: z
    .int()
    .min(0)
    .max(65_535)
    .default(8080)
    .describe('Port to listen on. Where it is taken the next free one is used, and said; 0 takes any.'),
});

const wifi = z.strictObject({
  name: z
    .string()
    .min(1)
    .refine((text) => new TextEncoder().encode(text).length <= 32 && !/\p{Cc}/u.test(text), {
      error: 'the name of a Wi-Fi network, at most 32 bytes',
    })
    .describe('Name of the network (SSID).')
    .meta({ examples: ['U-shelter free'] }),
  passwordFile: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File that holds its password, which the screen shows to everybody; without it the network is open.',
    )
    .meta({ examples: ['/etc/ushelter/guest-wifi.password'] }),
});

const help = z.strictObject({
  phone: z
    .string()
    .regex(/^\+?\d[\d ()-]{1,23}$/, { error: 'a phone number such as 02-120 or +82 2 120' })
    .optional()
    .describe('Number of the people who look after the stop: the way to help while there is no connection.')
    .meta({ examples: ['02-120'] }),
});

const maintenance = z.strictObject({
  pinFile: z
    .string()
    .min(1)
    .describe(
      'File with the PIN that `ushelter pin` made; what stands in it is no PIN, but what one is checked by.',
    )
    .meta({ examples: ['/etc/ushelter/maintenance.pin'] }),
  from: z
    .enum(['here', 'anywhere'])
    .default('here')
    .describe(
      'From where a technician may log in: at the device itself, or from wherever its API is reached. Nothing encrypts the PIN on its way.',
    ),
});

const brightness = z
  .strictObject({
    least: z
      .number()
      .min(1)
      .max(100)
      .default(20)
      .describe('At night.')
      .meta({ examples: [15] }),
    most: z
      .number()
      .min(1)
      .max(100)
      .default(100)
      .describe('In full daylight.')
      .meta({ examples: [90] }),
  })
  .refine(({ least, most }) => least <= most, { error: 'a least brightness that is not above the most' });

const rendererMemory = z
  .strictObject({
    soft: size({ least: 50_000_000, most: 8_000_000_000 })
      .prefault('300 MB')
      .describe('From here on it is started anew in a quiet hour, as also where it has doubled.')
      .meta({ examples: ['300 MB'] }),
    hard: size({ least: 50_000_000, most: 8_000_000_000 })
      .prefault('600 MB')
      .describe('From here on as soon as nobody touches the screen.')
      .meta({ examples: ['600 MB'] }),
  })
  .refine(({ soft, hard }) => soft <= hard, { error: 'a soft limit that is not above the hard one' });

const loudness = z.int().min(0).max(100);

const voice = z.strictObject({
  volume: loudness
    .default(80)
    .describe(
      'How loud it speaks, in percent. Set the amplifier so that 100 is at most 65 dB(A) at half a metre: visitors can go up to that.',
    )
    .meta({ examples: [70] }),
  night: z
    .strictObject({
      hours: dayHours()
        .default('22:00-07:00')
        .describe('When neighbours sleep.')
        .meta({ examples: ['21:00-08:00'] }),
      volume: loudness
        .default(40)
        .describe('How loud it speaks then.')
        .meta({ examples: [30] }),
    })
    .prefault({})
    .describe('It speaks more softly at night.'),
  cache: size({ least: 1_000_000, most: 1_000_000_000 })
    .prefault('32 MB')
    .describe('What was spoken is kept beside the database: so much of it.')
    .meta({ examples: ['16 MB'] }),
});

const kiosk = z.strictObject({
  pxPerMm: z
    .number()
    .min(1)
    .max(20)
    .default(4)
    .describe('CSS pixels per millimetre of the panel: 4 on a 21.5" 1080p panel, 2.75 on 32".'),
  panelBottom: z
    .number()
    .min(0)
    .max(2_000)
    .default(900)
    .describe(
      'How high above the floor, in mm, the picture begins: where it reaches above 1,220 mm, the low position moves all of it into what is within reach of a wheelchair.',
    ),
  publicUrl: z
    .url({ protocol: /^https?$/, error: 'an address such as https://stops.example.city/jongno' })
    .max(300)
    .optional()
    .describe('Where people find this page with a phone: the screen shows it as a QR code.')
    .meta({ examples: ['https://stops.example.city/jongno'] }),
  wifi: wifi
    .optional()
    .describe('The network that people waiting may use: the screen shows it as a QR code.'),
  help: help.prefault({}).describe('Help for the people at the stop.'),
  voice: voice.prefault({}).describe('What is on the screen, spoken.'),
  silentAfter: duration({ least: 30_000, most: 86_400_000 })
    .optional()
    .describe(
      'From so long without a word from `ushelter kiosk` health is degraded; without it no kiosk is expected.',
    )
    .meta({ examples: ['90 s'] }),
  quietHours: dayHours()
    .default('03:00-04:00')
    .describe('When the page may be started anew, if it takes too much memory and nobody touches the screen.')
    .meta({ examples: ['02:30-04:00'] }),
  withoutService: z
    .array(dayHours())
    .max(10)
    .default([])
    .describe('Hours without a bus. Only then may the screen be dark; without any it never is.')
    .meta({ examples: [['00:30-04:30']] }),
  darkAfter: duration({ least: 30_000, most: 3_600_000 })
    .prefault('5 min')
    .describe('How long nobody has touched the screen before it is dark then.')
    .meta({ examples: ['5 min'] }),
  brightness: brightness
    .prefault({})
    .describe(
      'Between what the panel’s light moves, in percent: by a light sensor of the machine, or else by the sun.',
    ),
  memory: rendererMemory.prefault({}).describe('How much the page’s process may take.'),
  touchDeadAfter: duration({ least: 600_000 })
    .prefault('1 d')
    .describe(
      'From so long without a touch the panel is reported as maybe dead, where buttons and presence sensors tell of people all the while.',
    )
    .meta({ examples: ['12 h'] }),
  maintenance: maintenance.optional().describe('The screen for technicians; without it nobody can log in.'),
});

/** The shape of a site file, before its wiring is checked against the drivers. */
export const siteShape = z.strictObject({
  id: name.describe('Names the shelter upstream; never reused.').meta({ examples: ['seoul-jongno-01'] }),
  name: z
    .partialRecord(z.enum(languageTags), z.string().min(1).max(80))
    .describe('The name of the stop, in each of its languages.')
    .meta({ examples: [{ ko: '종로2가', en: 'Jongno 2-ga' }] }),
  place,
  timeZone: z
    .string()
    .refine(isTimeZone, { error: 'a time zone of the IANA database' })
    .describe('Time zone of the clock and of every day and hour.')
    .meta({ examples: ['Asia/Seoul'] }),
  languages: z
    .array(z.enum(languageTags))
    .min(1)
    .describe('The screen’s languages, the first being its own.')
    .meta({ examples: [['ko', 'en']] }),
  profile: z
    .enum(Object.keys(profiles) as [ProfileId, ...ProfileId[]])
    .default('korea')
    .describe(
      'Whose indices, grades, words, colours, units and advice tell what the numbers mean. Feels-like temperatures that need the wind are there where a sensor measures `wind_speed`.',
    )
    .meta({ examples: ['european-union'] }),
  serial: z.record(name, serialPort).default({}).describe('Serial ports, each under a name of its own.'),
  gpio: gpio.prefault({}).describe('GPIO lines in use.'),
  sensors: z.array(sensor).default([]).describe('What is measured or watched.'),
  outputs: z.array(output).default([]).describe('What is switched.'),
  store: store.prefault({}).describe('Where readings are kept.'),
  uplink: uplink.optional().describe('Where readings are sent; without it they are only kept and shown.'),
  feeds: feeds
    .optional()
    .describe('Where arrivals, routes and official air come from, beside what the city sends over MQTT.'),
  api: api.prefault({}).describe('The local HTTP interface and the page.'),
  kiosk: kiosk.prefault({}).describe('The touchscreen.'),
});

export type Site = z.output<typeof siteShape>;
export type SensorConfig = Site['sensors'][number];
export type Calibration = NonNullable<SensorConfig['calibration'][PropertyId]>;
export type OutputConfig = Site['outputs'][number];
export type UplinkConfig = NonNullable<Site['uplink']>;
export type CodecName = (typeof codecs)[number];
export type TrustedKey = UplinkConfig['trustedKeys'][number];
export type Right = (typeof rights)[number];

function isDate(text: string): boolean {
  return z.iso.date().safeParse(text).success || z.iso.datetime({ offset: true }).safeParse(text).success;
}

/** The list lacks aliases such as Asia/Kolkata, and UTC; a formatter knows them all, but takes 8 MB of memory. */
function isTimeZone(text: string): boolean {
  if (Intl.supportedValuesOf('timeZone').includes(text)) return true;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: text }));
  } catch {
    return false;
  }
}
