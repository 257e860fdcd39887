import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import type { Calibration } from '../../../config/site.js';
import type { Channels } from '../../../drivers/contract.js';
import { createPipeline, nobody } from '../../../runtime/ingest/pipeline.js';
import { createJudge } from '../../../runtime/quality/judge.js';
import type { Stream } from '../../../runtime/reading.js';

const channels = {
  temperature: { range: [-40, 80], resolution: 0.1 },
  humidity: { range: [0, 100], resolution: 0.1 },
} as const;
const moment = { time: 1_000, monotonic: 5 };

function pipeline(calibration = {}, its: Channels = channels) {
  const sensor = { id: 'outdoor', calibration, corrections: {}, quality: {}, warmUp: 0 };
  return createPipeline(sensor, its, createJudge().sensor(sensor, its));
}

function readings(sample: object, calibration = {}) {
  return pipeline(calibration).readings(sample, moment);
}

describe('a sample becomes readings', () => {
  it('one per channel, with stream, unit, both times and a flag', () => {
    expect(readings({ temperature: 21.5, humidity: 40 })).toEqual([
      {
        stream: { id: 'outdoor/temperature', sensor: 'outdoor', property: 'temperature', unit: 'Cel' },
        time: 1_000,
        monotonic: 5,
        value: 21.5,
        raw: 21.5,
        quality: quality.pass,
      },
      {
        stream: { id: 'outdoor/humidity', sensor: 'outdoor', property: 'humidity', unit: '%RH' },
        time: 1_000,
        monotonic: 5,
        value: 40,
        raw: 40,
        quality: quality.pass,
      },
    ]);
  });

  it('zero is a value like any other', () => {
    expect(readings({ temperature: 0, humidity: 50 })[0]).toMatchObject({ value: 0, quality: quality.pass });
  });

  it('a channel that the sample lacks, or that is no number, is missing and has no value', () => {
    for (const { value, raw, quality: flag } of readings({ temperature: Number.NaN })) {
      expect({ value, raw, flag }).toEqual({ value: null, raw: null, flag: quality.missing });
    }
  });

  it('a value that no weather gives is flagged fail, and kept', () => {
    expect(readings({ temperature: 70 })[0]).toMatchObject({
      value: 70,
      quality: quality.fail,
      doubts: ['gross-range'],
    });
  });

  it('a value beyond what the sensor can measure is flagged fail, though the weather could have it', () => {
    const narrow = { temperature: { range: [0, 50], resolution: 1 } } as const;
    const [reading] = pipeline({}, narrow).readings({ temperature: -5 }, moment);
    expect(reading).toMatchObject({ value: -5, quality: quality.fail });
  });

  it('a calibrated value stands beside the raw one, without the dust of binary fractions', () => {
    const [reading] = readings({ temperature: 21.1 }, { temperature: { gain: 1, offset: -0.4 } });
    expect(reading).toMatchObject({ value: 20.7, raw: 21.1 });
  });

  it('a new calibration makes no spike', () => {
    const own = pipeline();
    for (let tenths = 0; tenths < 3; tenths++)
      own.readings({ temperature: 20 }, { time: 0, monotonic: tenths });
    own.adjust({ calibration: { temperature: { gain: 1, offset: -15 } }, corrections: {} });
    expect(own.readings({ temperature: 20 }, { time: 0, monotonic: 9 })[0]).toMatchObject({
      value: 5,
      quality: quality.pass,
    });
  });
});

describe('a calibration', () => {
  const calibration = { temperature: { gain: 1, offset: -0.4 } };

  function counted() {
    const used: [string, object | undefined][] = [];
    const sensor = { id: 'outdoor', calibration, corrections: {}, quality: {}, warmUp: 0 };
    const useCalibration = (stream: Stream, next: Calibration | undefined) => {
      used.push([stream.id, next]);
      return next && used.length;
    };
    const judge = createJudge().sensor(sensor, channels);
    return { used, own: createPipeline(sensor, channels, judge, { ...nobody, useCalibration }) };
  }

  it('is put into force for each stream, and each reading with a value names its version', () => {
    const { used, own } = counted();
    own.adjust({ calibration, corrections: {} });
    expect(used).toEqual([
      ['outdoor/temperature', calibration.temperature],
      ['outdoor/humidity', undefined],
    ]);
    const [warm, humid] = own.readings({ temperature: 21.1, humidity: 40 }, moment);
    expect(warm).toMatchObject({ value: 20.7, raw: 21.1, calibration: 1 });
    expect(humid).not.toHaveProperty('calibration');
    own.adjust({ calibration: { temperature: { gain: 1, offset: 0 } }, corrections: {} });
    expect(own.readings({ temperature: 21.1 }, moment)[0]).toMatchObject({ value: 21.1, calibration: 3 });
    expect(own.readings({}, moment)[0]).not.toHaveProperty('calibration');
  });
});

describe('a correction', () => {
  const its = {
    pm2_5: { range: [0, 1_000], resolution: 1 },
    pm10: { range: [0, 1_000], resolution: 1 },
  } as const;
  const corrections = { pm2_5: { method: 'epa-piecewise' } } as const;
  const calibration = { pm2_5: { gain: 2, offset: 0 } };

  function corrected(sample: object, humidity: number | undefined, wanted = { calibration, corrections }) {
    const sensor = { id: 'air', ...wanted, quality: {}, warmUp: 0 };
    const judge = createJudge().sensor(sensor, its);
    const own = createPipeline(sensor, its, judge, { ...nobody, humidityOf: () => humidity });
    return own.readings(sample, moment);
  }

  it('stands in the value and is named, beside the raw and the calibrated value', () => {
    const [fine, coarse] = corrected({ pm2_5: 50, pm10: 120 }, 40);
    expect(fine).toMatchObject({
      value: 80.9,
      raw: 50,
      calibrated: 100,
      correction: 'epa-piecewise',
      quality: quality.pass,
    });
    expect(coarse).not.toHaveProperty('correction');
  });

  it('is neither there nor named while nobody vouches for a humidity', () => {
    const [fine] = corrected({ pm2_5: 50, pm10: 120 }, undefined);
    expect(fine).toMatchObject({ value: 100, raw: 50 });
    expect(fine).not.toHaveProperty('correction');
    expect(fine).not.toHaveProperty('calibrated');
  });

  it('is not made of what is doubted, which is judged as it was before', () => {
    const [fine] = corrected({ pm2_5: 450, pm10: 950 }, 40);
    expect(fine).toMatchObject({ value: 900, raw: 450, quality: quality.suspect, doubts: ['gross-range'] });
    expect(fine).not.toHaveProperty('correction');
  });

  it('that exceeds the coarse particles doubts nothing: it is no measurement', () => {
    const [fine] = corrected({ pm2_5: 0, pm10: 0 }, 0);
    expect(fine).toMatchObject({ value: 5.75, calibrated: 0, quality: quality.pass });
  });
});
