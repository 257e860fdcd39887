import { describe, expect, it } from 'vitest';
import { pms3003 } from '../../../drivers/sensors/pms3003.js';
import { pms5003 } from '../../../drivers/sensors/pms5003.js';
import { pms5003st } from '../../../drivers/sensors/pms5003st.js';
import type { PlantowerReport } from '../../../simulators/models/plantower.js';
import { channelNames, plantowerEncoders, sampleOf, serialDriver } from '../../serial-models.js';

const hex = (bytes: Uint8Array | undefined) =>
  Buffer.from(bytes ?? [])
    .toString('hex')
    .toUpperCase();

/** A report whose every word is the same 16 bits. */
function uniform(word: number): PlantowerReport {
  return {
    cf1: [word, word, word],
    atmospheric: [word, word, word],
    counts: [word, word, word, word, word, word],
    formaldehyde: word,
    temperature: (word < 0x8000 ? word : word - 0x10000) / 10,
    humidity: word / 10,
  };
}

const clean: PlantowerReport = { ...uniform(0), temperature: 21.5, humidity: 40.2 };
const withCounts = Object.entries(plantowerEncoders).filter(([model]) => model !== 'pms3003');

describe('a Plantower driver', () => {
  it.each(['pms3003', 'pms5003', 'pms5003t', 'pms5003st'])(
    'reads every value of every word of a %s back',
    (model) => {
      const driver = serialDriver(model);
      const encode = plantowerEncoders[model] ?? expect.fail(`there is no encoder of a ${model}`);
      const names = channelNames(driver);
      for (let word = 0; word <= 0xffff; word++) {
        const report = uniform(word);
        const decoded = driver.decode(encode(report));
        if (decoded.kind !== 'sample') throw new Error('a report is a sample');
        for (const name of names) {
          const expected = name === 'temperature' || name === 'humidity' ? report[name] : word;
          if (decoded.sample[name] !== expected)
            expect({ [name]: decoded.sample[name] }).toEqual({ [name]: expected });
        }
      }
    },
  );

  it.each(withCounts)(
    'gives mass without one particle as a %s says it: judging is not its part',
    (model, encode) => {
      const driver = serialDriver(model);
      const dimmed: PlantowerReport = { ...clean, cf1: [0, 0, 1] };
      expect(driver.decode(encode(dimmed))).toEqual({
        kind: 'sample',
        sample: sampleOf(dimmed, driver.channels),
      });
    },
  );

  it.each(Object.entries(plantowerEncoders))('takes clean air for a sample in a %s', (model, encode) => {
    const driver = serialDriver(model);
    expect(driver.decode(encode(clean))).toEqual({
      kind: 'sample',
      sample: sampleOf(clean, driver.channels),
    });
  });

  it('gives the channels of its model', () => {
    const masses = ['pm1_cf1', 'pm2_5_cf1', 'pm10_cf1', 'pm1', 'pm2_5', 'pm10'];
    const fine = ['particles_0_3', 'particles_0_5', 'particles_1_0', 'particles_2_5'];
    const counts = [...fine, 'particles_5_0', 'particles_10'];
    expect(channelNames(serialDriver('pms3003'))).toEqual(masses);
    for (const model of ['pms5003', 'pms7003', 'pmsa003']) {
      expect(channelNames(serialDriver(model))).toEqual([...masses, ...counts]);
    }
    expect(channelNames(serialDriver('pms5003t'))).toEqual([...masses, ...fine, 'temperature', 'humidity']);
    expect(channelNames(serialDriver('pms5003st'))).toEqual([
      ...masses,
      ...counts,
      'formaldehyde',
      'temperature',
      'humidity',
    ]);
  });

  it('writes its commands as the data manual does', () => {
    const duty = pms5003.plan({ mode: 'duty', warmUp: 30_000 });
    expect(duty.prepare.map(({ bytes }) => hex(bytes))).toEqual(['424DE400010174', '424DE100000170']);
    expect(hex(duty.request?.bytes)).toBe('424DE200000171');
    expect(hex(duty.rest?.sleep.bytes)).toBe('424DE400000173');
    expect(hex(duty.rest?.wake.bytes)).toBe('424DE400010174');
    const active = pms5003.plan({ mode: 'active', warmUp: 30_000 });
    expect(active.prepare.map(({ bytes }) => hex(bytes))).toEqual(['424DE400010174', '424DE100010171']);
    expect(active.request).toBeUndefined();
  });

  it('sends nothing to a PMS3003, which takes no commands', () => {
    expect(pms3003.options.parse({})).toEqual({ mode: 'active' });
    expect(pms3003.options.safeParse({ mode: 'passive' }).success).toBe(false);
    expect(pms3003.plan({ mode: 'active' })).toEqual({ prepare: [], patience: 5_000 });
  });

  it('lets the others report actively by default', () => {
    expect(pms5003st.options.parse({})).toEqual({ mode: 'active', warmUp: 30_000 });
    expect(pms5003st.options.parse({ mode: 'duty', warmUp: '1 min' })).toEqual({
      mode: 'duty',
      warmUp: 60_000,
    });
    expect(pms5003st.options.safeParse({ mode: 'query' }).success).toBe(false);
  });
});
