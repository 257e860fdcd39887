import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSite, parseSite, SiteError } from '../../config/load.js';
import { writeSite } from '../../config/write.js';
import { sensorModels } from '../../drivers/index.js';

const models = sensorModels();
const sites = new URL('../../config/sites/', import.meta.url);

const good = `id: stop-1
name: { ko: 정류장, en: Stop }
place: { latitude: 37.5, longitude: 127 }
timeZone: Asia/Seoul
languages: [ko, en]
serial:
  air: { path: /dev/ttyUSB0 }
gpio:
  lines: { lamp: 27, button: 17, dht: 4 }
sensors:
  - id: air
    driver: sds011
    port: air
    interval: 10 s
  - id: help
    driver: button
    port: button
outputs:
  - id: lamp
    driver: led
    port: lamp
    follows: help
`;

/** The messages for a good site with one text replaced by another. */
function complaints(from: string, to: string): string[] {
  expect(good).toContain(from);
  try {
    parseSite(good.replace(from, to), { file: 'site.yaml', models });
  } catch (error) {
    expect(error).toBeInstanceOf(SiteError);
    return (error as SiteError).message.split('\n');
  }
  return [];
}

describe('the example sites', () => {
  it.each(readdirSync(sites))('%s loads', async (file) => {
    const site = await loadSite(new URL(file, sites).pathname, models);
    expect(site.sensors.length).toBeGreaterThan(1);
  });

  it.each(readdirSync(sites))('%s is the same after it is written and read again', async (file) => {
    const site = await loadSite(new URL(file, sites).pathname, models);
    expect(parseSite(writeSite(site), { models })).toEqual(site);
  });
});

describe('a good site', () => {
  it('has every default filled in, the driver’s own too', () => {
    const site = parseSite(good, { models });
    expect(site.store).toEqual({
      file: 'data/readings.db',
      commitInterval: 10_000,
      quota: 512_000_000,
      keep: 30 * 86_400_000,
    });
    expect(site.api).toEqual({ host: '127.0.0.1', port: 8080 });
    expect(site.sensors[0]).toMatchObject({
      interval: 10_000,
      calibration: {},
      corrections: {},
      options: { mode: 'active' },
    });
  });
});

describe('a mistake is told with its line, its key, what was expected and an example', () => {
  it.each([
    [
      'an unknown key, and the one that was meant',
      ['    interval: 10 s', '    intervall: 10 s'],
      'site.yaml:14:5: sensors[0].intervall: unknown key (did you mean "interval"?)',
    ],
    [
      'a duration without its unit',
      ['interval: 10 s', 'interval: 10'],
      'site.yaml:14:5: sensors[0].interval: expected a duration with its unit, as in `interval: 10 s`',
    ],
    [
      'a duration with an unknown unit',
      ['interval: 10 s', 'interval: 10 parsecs'],
      'site.yaml:14:5: sensors[0].interval: expected a duration with its unit (ms, s, min, h or d), such as 10 s, as in `interval: 10 s`',
    ],
    [
      'an interval that the sensor does not bear',
      ['interval: 10 s', 'interval: 500 ms'],
      'site.yaml:14:5: sensors[0].interval: Nova SDS011 needs an interval of at least 1 s with these options',
    ],
    [
      'an interval shorter than the warm-up of a sensor that sleeps',
      ['interval: 10 s', 'interval: 10 s\n    options: { mode: duty, warmUp: 30 s }'],
      'site.yaml:14:5: sensors[0].interval: Nova SDS011 needs an interval of at least 35 s with these options',
    ],
    [
      'a default interval shorter than that',
      ['    interval: 10 s', '    options: { mode: duty }'],
      'site.yaml:11:5: sensors[0]: Nova SDS011 needs an interval of at least 35 s with these options',
    ],
    [
      'a driver that is spelt wrong',
      ['driver: sds011', 'driver: sds11'],
      'site.yaml:12:5: sensors[0].driver: there is no driver "sds11" here (did you mean "sds011"?)',
    ],
    [
      'a port that is not wired',
      ['port: air', 'port: aire'],
      'site.yaml:13:5: sensors[0].port: sds011 needs a name that stands under serial; "aire" does not (did you mean "air"?)',
    ],
    [
      'a limit for what the sensor does not measure',
      ['interval: 10 s', 'interval: 10 s\n    quality: { humidity: { spike: { suspect: 5 } } }'],
      'site.yaml:15:16: sensors[0].quality.humidity: Nova SDS011 does not measure humidity; it has pm2_5, pm10',
    ],
    [
      'a calibration of a day that there is not',
      ['interval: 10 s', 'interval: 10 s\n    calibration: { pm10: { offset: 2, date: 2026-02-30 } }'],
      'site.yaml:15:39: sensors[0].calibration.pm10.date: expected a date such as 2026-03-01, or a time such as 2026-03-01T09:30:00+09:00, as in `date: 2026-03-01`',
    ],
    [
      'a correction that there is not',
      ['interval: 10 s', 'interval: 10 s\n    corrections: { pm2_5: { method: epa } }'],
      'site.yaml:15:29: sensors[0].corrections.pm2_5.method: expected one of epa-2021, epa-piecewise, humidity-growth, as in `method: epa-piecewise`',
    ],
    [
      'a correction of what it is not made for',
      ['interval: 10 s', 'interval: 10 s\n    corrections: { pm10: { method: epa-2021 } }'],
      'site.yaml:15:28: sensors[0].corrections.pm10.method: epa-2021 does not correct pm10, but pm2_5',
    ],
    [
      'a correction where nobody measures the humidity',
      ['interval: 10 s', 'interval: 10 s\n    corrections: { pm2_5: { method: epa-2021 } }'],
      'site.yaml:15:20: sensors[0].corrections.pm2_5: epa-2021 needs the humidity, which no sensor here measures',
    ],
    [
      'a correction with the humidity of a sensor that measures none',
      [
        'interval: 10 s',
        'interval: 10 s\n    corrections: { pm2_5: { method: epa-2021, humidity: air } }\n  - { id: roof, driver: dht22, port: dht }',
      ],
      'site.yaml:15:47: sensors[0].corrections.pm2_5.humidity: there is no sensor "air" that measures humidity; there is roof',
    ],
    [
      'a quality test that there is not',
      ['interval: 10 s', 'interval: 10 s\n    quality: { pm10: { spikes: { suspect: 5 } } }'],
      'site.yaml:15:24: sensors[0].quality.pm10.spikes: unknown key (did you mean "spike"?)',
    ],
    [
      'a suspect span beyond the fail span',
      [
        'interval: 10 s',
        'interval: 10 s\n    quality: { pm10: { grossRange: { fail: [0, 900], suspect: [0, 999] } } }',
      ],
      'site.yaml:15:24: sensors[0].quality.pm10.grossRange: expected a suspect span that lies within the fail span',
    ],
    [
      'a span that ends before it begins',
      [
        'interval: 10 s',
        'interval: 10 s\n    quality: { pm10: { grossRange: { fail: [900, 0], suspect: [0, 500] } } }',
      ],
      'site.yaml:15:38: sensors[0].quality.pm10.grossRange.fail: expected two numbers, the least and the greatest, such as [-20, 45], as in `fail: [-40,60]`',
    ],
    [
      'a flat line that fails before it is suspect',
      [
        'interval: 10 s',
        'interval: 10 s\n    quality: { pm10: { flatLine: { tolerance: 1, suspectFor: 2 d, failFor: 1 d } } }',
      ],
      'site.yaml:15:24: sensors[0].quality.pm10.flatLine: expected suspectFor not longer than failFor',
    ],
    [
      'an output that follows nothing',
      ['follows: help', 'follows: helper'],
      'site.yaml:22:5: outputs[0].follows: there is no input "helper" to follow (did you mean "help"?)',
    ],
    [
      'a place off the earth',
      ['latitude: 37.5', 'latitude: 375'],
      'site.yaml:3:10: place.latitude: expected a number of at most 90, as in `latitude: 37.5703`',
    ],
    [
      'a time zone that does not exist',
      ['Asia/Seoul', 'Asia/Soul'],
      'site.yaml:4:1: timeZone: expected a time zone of the IANA database, as in `timeZone: Asia/Seoul`',
    ],
    [
      'a key that is missing',
      ['timeZone: Asia/Seoul\n', ''],
      'site.yaml:1:1: timeZone: is missing; expected a text, as in `timeZone: Asia/Seoul`',
    ],
    [
      'a language without a name of the stop',
      [', en: Stop', ''],
      'site.yaml:2:1: name: the name of the stop is missing in "en"',
    ],
    [
      'two devices with one id',
      ['id: help', 'id: air'],
      'site.yaml:15:5: sensors[1].id: "air" is taken: every device needs an id of its own',
    ],
    [
      'two devices on one line',
      ['lamp: 27', 'lamp: 17'],
      'site.yaml:21:5: outputs[0].port: "lamp" is already used by another device',
    ],
    [
      'an option that the driver does not know',
      ['    interval: 10 s', '    options: { mod: duty }'],
      'site.yaml:14:16: sensors[0].options.mod: Nova SDS011 has no such option (did you mean "mode"?)',
    ],
    [
      'a calibration of what the sensor does not measure',
      ['    interval: 10 s', '    calibration: { temperature: { offset: 1 } }'],
      'site.yaml:14:20: sensors[0].calibration.temperature: Nova SDS011 does not measure temperature; it has pm2_5, pm10',
    ],
    [
      'an interval for what is not sampled',
      ['    port: button', '    port: button\n    interval: 1 s'],
      'site.yaml:18:5: sensors[1].interval: Push button reports changes by itself and has no interval',
    ],
  ])('%s', (_, [from, to], expected) => {
    expect(complaints(from as string, to as string)).toContain(expected);
  });

  it('text that is not YAML, with its place', () => {
    expect(complaints('languages: [ko, en]', 'languages: [ko, en')[0]).toMatch(
      /^site\.yaml:\d+:\d+: not YAML: /,
    );
  });

  it('every mistake at once, not only the first', () => {
    expect(
      complaints('place: { latitude: 37.5, longitude: 127 }', 'place: { latitude: x, length: 1 }'),
    ).toHaveLength(3);
  });

  it('a bomb of aliases is refused', () => {
    const bomb =
      'a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]';
    expect(() => parseSite(bomb, { models })).toThrow(SiteError);
  });
});

it('any text at all is a site or a SiteError that names a place', () => {
  const fragment = fc.constantFrom(
    ...good.split(/(?=[\s:{}[\],])/),
    '- ',
    '&a',
    '*a',
    '!!x',
    '\t',
    '"',
    '0x',
    '~',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (yaml) => {
      try {
        parseSite(yaml, { models });
      } catch (error) {
        expect(error).toBeInstanceOf(SiteError);
        for (const { line, column } of (error as SiteError).issues) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
      }
    }),
    { numRuns: 300 },
  );
});
