import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustablePart, differences, overlaySite, withoutRestart } from '../../config/desired.js';
import { loadSite } from '../../config/load.js';
import type { Site } from '../../config/site.js';
import { sensorModels } from '../../drivers/index.js';

const models = sensorModels();
const site = await loadSite('config/sites/seoul-jongno.yaml', models);

function overlaid(desired: unknown): Site {
  const result = overlaySite(site, desired, models);
  if ('issues' in result) throw new Error(JSON.stringify(result.issues));
  return result.site;
}

function issues(desired: unknown) {
  const result = overlaySite(site, desired, models);
  return 'issues' in result ? result.issues : [];
}

describe('a desired configuration', () => {
  it('that desires nothing leaves the site as it is', () => {
    expect(overlaid({})).toEqual(site);
  });

  it('that desires what is changes nothing', () => {
    expect(overlaid(adjustablePart(site))).toEqual(site);
  });

  it('stands in the place of what the file says, and only there', () => {
    const next = overlaid({
      kiosk: { pxPerMm: 2.75 },
      sensors: {
        air: { interval: '10 min', options: { warmUp: '45 s' } },
        outdoor: { calibration: { temperature: { offset: 0.2 } } },
      },
    });
    const [air, outdoor, help] = next.sensors;
    expect(air).toMatchObject({ interval: 600_000, options: { mode: 'duty', warmUp: 45_000 } });
    expect(outdoor?.calibration).toEqual({ temperature: { offset: 0.2, gain: 1 } });
    expect(help).toEqual(site.sensors[2]);
    expect(next.uplink).toEqual(site.uplink);
    expect(next.serial).toEqual(site.serial);
  });

  it('may calibrate with date and author, and correct', () => {
    const calibration = {
      pm2_5: { offset: 1, gain: 0.9, date: '2026-05-12T09:30:00+09:00', by: 'Lee Minho' },
    };
    const corrections = { pm2_5: { method: 'humidity-growth', humidity: 'outdoor' } };
    const [air] = overlaid({ sensors: { air: { calibration, corrections } } }).sensors;
    expect(air).toMatchObject({ calibration, corrections });
    const wrong = { pm2_5: { method: 'epa-2021', humidity: 'help' } };
    expect(issues({ sensors: { air: { corrections: wrong } } })).toEqual([
      { key: 'sensors.air.corrections.pm2_5.humidity', message: expect.stringContaining('there is outdoor') },
    ]);
  });

  it('is refused with each key that is wrong, in the words of a site file', () => {
    expect(
      issues({ sensors: { air: { interval: 'soon' }, outdoor: { calibration: { pm10: {} } } } }),
    ).toEqual([
      { key: 'sensors.air.interval', message: expect.stringContaining('a duration with its unit') },
    ]);
    expect(issues({ sensors: { outdoor: { calibration: { pm10: {} } } } })).toEqual([
      { key: 'sensors.outdoor.calibration.pm10', message: expect.stringContaining('does not measure pm10') },
    ]);
    expect(issues({ sensors: { air: { interval: '20 s' } } })).toEqual([
      { key: 'sensors.air.interval', message: expect.stringContaining('at least') },
    ]);
    expect(issues({ sensors: { air: { options: { mod: 'duty' } } } })).toEqual([
      { key: 'sensors.air.options.mod', message: expect.stringContaining('did you mean "mode"?') },
    ]);
  });

  it('cannot change who the shelter is, what is wired where, or whom it believes', () => {
    const forbidden = {
      id: 'other',
      serial: {},
      gpio: {},
      outputs: [],
      uplink: { url: 'mqtt://elsewhere' },
      api: { host: '0.0.0.0' },
      store: { file: '/tmp/x' },
      sensors: { air: { driver: 'bme280', port: 'x' }, ari: {}, constructor: {} },
    };
    expect(issues(forbidden).map(({ key }) => key)).toEqual([
      'id',
      'serial',
      'gpio',
      'outputs',
      'uplink',
      'api',
      'sensors.ari',
      'sensors.constructor',
      'store.file',
      'sensors.air.driver',
      'sensors.air.port',
    ]);
    expect(issues({ sensors: { ari: {} } })[0]?.message).toContain('did you mean "air"?');
  });

  it('names no file whose content could be had on the screen, nor who may do maintenance', () => {
    const kiosk = {
      wifi: { name: 'x', passwordFile: '/etc/shadow' },
      maintenance: { pinFile: '/dev/null', from: 'anywhere' },
    };
    expect(issues({ kiosk }).map(({ key }) => key)).toEqual(['kiosk.wifi', 'kiosk.maintenance']);
    const help = { phone: '02-120' };
    expect(overlaid({ kiosk: { help } }).kiosk).toEqual({ ...site.kiosk, help });
  });

  it('is a right site or refused with reasons, whatever it is', () => {
    const before = structuredClone(site);
    const sensor = fc.record(
      {
        interval: fc.oneof(fc.constantFrom('1 s', '5 min', '2 d'), fc.jsonValue()),
        staleAfter: fc.jsonValue(),
        calibration: fc.jsonValue(),
        options: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const desired = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          name: fc.jsonValue(),
          timeZone: fc.oneof(fc.constantFrom('Asia/Seoul', 'Asia/Soul'), fc.jsonValue()),
          languages: fc.jsonValue(),
          kiosk: fc.oneof(fc.record({ pxPerMm: fc.double() }), fc.jsonValue()),
          store: fc.jsonValue(),
          sensors: fc.dictionary(fc.constantFrom('air', 'outdoor', 'help', '__proto__'), sensor),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(desired, (any) => {
        const result = overlaySite(site, any, models);
        if ('issues' in result) expect(result.issues.length).toBeGreaterThan(0);
        else expect(result.site.id).toBe(site.id);
        expect(site).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });
});

describe('what holds without a restart', () => {
  it('is all but options, place and commit interval', () => {
    const wanted = overlaid({
      name: { ko: '광화문', en: 'Gwanghwamun' },
      place: { latitude: 1, longitude: 2 },
      store: { commitInterval: '60 s' },
      kiosk: { pxPerMm: 3 },
      sensors: {
        air: { interval: '15 min', options: { warmUp: '60 s' } },
        outdoor: { staleAfter: '9 min', calibration: {} },
      },
    });
    const effective = withoutRestart(site, wanted);
    expect(differences(site, effective)).toEqual([
      'kiosk.pxPerMm',
      'name.en',
      'name.ko',
      'sensors.air.interval',
      'sensors.outdoor.calibration.temperature.by',
      'sensors.outdoor.calibration.temperature.date',
      'sensors.outdoor.calibration.temperature.gain',
      'sensors.outdoor.calibration.temperature.offset',
      'sensors.outdoor.staleAfter',
    ]);
    expect(differences(effective, wanted)).toEqual([
      'place.altitude',
      'place.latitude',
      'place.longitude',
      'sensors.air.options.warmUp',
      'store.commitInterval',
    ]);
  });
});
