import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctionIds, correctionOfNumber, corrections } from '../../../config/catalogue/corrections.js';
import type { PropertyId } from '../../../config/catalogue/properties.js';
import { drivers } from '../../../drivers/index.js';
import { type Correctable, correct, type HumidityOf } from '../../../runtime/ingest/correction.js';

const nobody: HumidityOf = () => undefined;

/** What a sensor of this model gave, all of which passed. */
function message(model: string, passed: Partial<Record<PropertyId, number>>): Correctable {
  const driver = drivers.find((each) => each.model === model);
  if (!driver || !('channels' in driver)) throw new Error(`no sensor ${model}`);
  const values = new Map(Object.entries(passed) as [PropertyId, number][]);
  return { sensor: 'air', channels: driver.channels, monotonic: 1_000, passed: values };
}

describe('PM2.5 is corrected after US EPA', () => {
  it('from what the sensor says under CF=1, where it says that', () => {
    const given = message('pms5003', { pm2_5: 67, pm2_5_cf1: 100 });
    expect(correct('pm2_5', { method: 'epa-piecewise' }, given, () => 40)).toBe(80.9);
    expect(correct('pm2_5', { method: 'epa-2021' }, given, () => 40)).toBe(54.7);
  });

  it('from its PM2.5, where it has no other', () => {
    const given = message('sds011', { pm2_5: 100 });
    expect(correct('pm2_5', { method: 'epa-piecewise' }, given, () => 40)).toBe(80.9);
  });

  it('not from its PM2.5, where what it says under CF=1 is missing or doubted', () => {
    const given = message('pms5003', { pm2_5: 67 });
    expect(correct('pm2_5', { method: 'epa-piecewise' }, given, () => 40)).toBeUndefined();
  });

  it('and is never below 0', () => {
    const given = message('sds011', { pm2_5: 0 });
    expect(correct('pm2_5', { method: 'epa-piecewise' }, given, () => 100)).toBe(0);
  });
});

describe('without the water that they took up, particles', () => {
  it('weigh less the more humid it is', () => {
    const given = message('sds011', { pm2_5: 48 });
    expect(correct('pm2_5', { method: 'humidity-growth' }, given, () => 0)).toBe(48);
    expect(correct('pm2_5', { method: 'humidity-growth' }, given, () => 80)).toBe(24.37);
  });

  it('are not told in fog, of which the formula knows nothing', () => {
    const given = message('sds011', { pm2_5: 48 });
    expect(correct('pm2_5', { method: 'humidity-growth' }, given, () => 95.1)).toBeUndefined();
  });

  it('are corrected by size', () => {
    const given = message('pms5003', { pm1: 20, pm2_5: 40 });
    const wanted = { method: 'humidity-growth' } as const;
    const [fine, finer] = [
      correct('pm2_5', wanted, given, () => 70),
      correct('pm1', wanted, given, () => 70),
    ];
    expect(fine).toBeCloseTo(2 * (finer ?? 0), 1);
  });
});

describe('the humidity of a correction', () => {
  const asked: (string | undefined)[] = [];
  const site: HumidityOf = (sensor) => {
    asked.push(sensor);
    return 40;
  };

  it.each([
    ['is that of the same message, where the sensor measures it', undefined, 50, 76.28, []],
    ['is that of the same message, where the sensor names itself', 'air', 50, 76.28, []],
    ['is another sensor’s, where that is named', 'roof', 50, 77.14, ['roof']],
    ['is that of the site, where the sensor has none that passed', undefined, undefined, 77.14, [undefined]],
  ])('%s', (_, humidity, own, corrected, from) => {
    asked.length = 0;
    const given = message('pms5003t', {
      pm2_5: 64,
      pm2_5_cf1: 95.22,
      ...(own !== undefined && { humidity: own }),
    });
    const wanted = { method: 'epa-piecewise', ...(humidity && { humidity }) } as const;
    expect(correct('pm2_5', wanted, given, site)).toBe(corrected);
    expect(asked).toEqual(from);
  });

  it('is nobody’s where none vouches for one: then nothing is corrected', () => {
    const given = message('pms5003', { pm2_5: 67, pm2_5_cf1: 100 });
    expect(correct('pm2_5', { method: 'epa-piecewise' }, given, nobody)).toBeUndefined();
  });
});

it('a correction gives a number of hundredths that is not below 0, or none', () => {
  const any = fc.double();
  fc.assert(
    fc.property(fc.constantFrom(...correctionIds), any, any, any, (method, pm2_5, cf1, humidity) => {
      const given = message('pms5003', { pm2_5, pm2_5_cf1: cf1 });
      const corrected = correct('pm2_5', { method }, given, () => humidity);
      if (corrected === undefined) return;
      expect(corrected).toBeGreaterThanOrEqual(0);
      expect(Number(corrected.toFixed(2))).toBe(corrected);
    }),
  );
});

describe('the numbers that stand for corrections in rows', () => {
  it('are kept for ever', () => {
    expect(correctionIds.map((id) => [id, corrections[id].number])).toEqual([
      ['epa-2021', 1],
      ['epa-piecewise', 2],
      ['humidity-growth', 3],
    ]);
  });

  it('lead back to them, and others to none', () => {
    for (const id of correctionIds) expect(correctionOfNumber(corrections[id].number)).toBe(id);
    fc.assert(
      fc.property(fc.integer({ min: 4 }), (number) => {
        expect(correctionOfNumber(number)).toBeUndefined();
      }),
    );
    expect(correctionOfNumber(0)).toBeUndefined();
  });
});
