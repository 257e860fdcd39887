import type { Language } from '../../config/catalogue/languages.js';
import { type PropertyId, properties } from '../../config/catalogue/properties.js';
import { quality } from '../../config/catalogue/quality.js';
import { units } from '../../config/catalogue/units.js';
import type { Life, Now, ProblemNow, SensorNow, StreamNow } from '../../runtime/api/contract.js';
import { hoursOf, lifeOf } from '../runtime/life/stop.js';

/** A shelter as its API tells of it, with the demo's sensors. */

export const sceneTime = '2026-01-15T07:31:00.000Z';

export const silent: ProblemNow = {
  code: 'DEVICE_SILENT',
  message: 'No valid frame from /dev/serial/by-id/usb-1a86 within 5 s.',
  hint: 'Check power and TX/RX wiring.',
  since: '2026-01-15T07:30:10.000Z',
};

/** A stream as of now, one second old unless told otherwise. */
export function streamNow(
  sensor: string,
  property: PropertyId,
  value: number | null,
  changes: Partial<StreamNow> = {},
): StreamNow {
  const { unit, name, digits } = properties[property];
  const isThere = value !== null;
  return {
    stream: `${sensor}/${property}`,
    sensor,
    property,
    name,
    unit,
    symbol: units[unit].symbol,
    digits,
    value,
    time: isThere ? sceneTime : null,
    age: isThere ? 1 : null,
    staleAfter: 180,
    quality: isThere ? quality.pass : quality.missing,
    flag: isThere ? 'pass' : 'missing',
    doubts: [],
    state: isThere ? 'fresh' : 'missing',
    calibration: null,
    correction: null,
    ...changes,
  };
}

export function sensorNow(sensor: string, driver: string, title: string, trouble?: ProblemNow): SensorNow {
  return { sensor, driver, title, state: trouble ? 'failing' : 'ok', problem: trouble ?? null };
}

/** The whole shelter, every value fresh; `streams` replace those of the same id. */
export function now({ streams = [], ...changes }: Partial<Now> = {}): Now {
  const all = [
    streamNow('air', 'pm2_5', 12.4),
    streamNow('air', 'pm10', 27.1),
    streamNow('air2', 'pm1', 8),
    streamNow('air2', 'pm2_5', 13),
    streamNow('air2', 'pm10', 25),
    streamNow('air2', 'pm1_cf1', 8),
    streamNow('air2', 'particles_0_3', 1_872),
    streamNow('outdoor', 'temperature', 3.4),
    streamNow('outdoor', 'humidity', 61.2),
    streamNow('roof', 'temperature', 3.1),
    streamNow('roof', 'humidity', 63.8),
    streamNow('roof', 'pressure', 1_013.2),
  ];
  return {
    site: {
      id: 'seoul-jongno-01',
      name: { ko: '종로2가', en: 'Jongno 2-ga' },
      timeZone: 'Asia/Seoul',
      languages: ['ko', 'en'],
      pxPerMm: 4,
      panelBottom: 900,
      voice: { volume: 80, night: { from: 1_320, to: 420, volume: 40 } },
    },
    time: sceneTime,
    streams: all.map((one) => streams.find(({ stream }) => stream === one.stream) ?? one),
    sensors: [
      sensorNow('air', 'sds011', 'Nova SDS011'),
      sensorNow('air2', 'pms5003', 'Plantower PMS5003'),
      sensorNow('outdoor', 'dht22', 'DHT22 / AM2302'),
      sensorNow('roof', 'bme280', 'Bosch BME280'),
    ],
    inputs: [{ input: 'help', driver: 'button', state: 'released', since: sceneTime }],
    ...changes,
  };
}

const certification = { air: 'grade-1' };

/** What the numbers of `now` mean, after an hour that was worse: it is what the runtime would say. */
export function lifeNow(
  languages: readonly Language[] = ['ko', 'en'],
  certified: Record<string, string> = certification,
): Life {
  return lifeOf(
    {
      'air/pm2_5': { value: 12.4, hours: hoursOf(1, 48) },
      'air/pm10': { value: 27.1, hours: hoursOf(1, 70) },
      'air2/pm2_5': { value: 13 },
      'air2/pm10': { value: 25 },
      'outdoor/temperature': { value: 3.4 },
      'outdoor/humidity': { value: 61.2 },
    },
    { certification: certified, languages: [...languages] },
  );
}

/** Hours of smog, and great heat. */
export function smogLife(): Life {
  return lifeOf(
    {
      'air/pm2_5': { value: 210, hours: hoursOf(24, 210) },
      'air/pm10': { value: 320, hours: hoursOf(24, 320) },
      'outdoor/temperature': { value: 37 },
      'outdoor/humidity': { value: 66 },
    },
    { at: '2026-07-15T14:20:00+09:00', certification },
  );
}

/** No sensor is believed. */
export function lyingLife(): Life {
  const lies = { flag: quality.fail, doubts: ['flat-line'] } as const;
  return lifeOf({
    'air/pm2_5': { value: 40, ...lies },
    'air/pm10': { value: 60, ...lies },
    'outdoor/temperature': { value: 99, flag: quality.fail, doubts: ['gross-range'] },
    'outdoor/humidity': { value: 60, flag: quality.suspect, doubts: ['one-message'] },
  });
}
