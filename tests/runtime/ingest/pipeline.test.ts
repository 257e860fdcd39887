import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import { createPipeline } from '../../../runtime/ingest/pipeline.js';

const channels = {
  temperature: { range: [-40, 80], resolution: 0.1 },
  humidity: { range: [0, 100], resolution: 0.1 },
} as const;
const moment = { time: 1_000, monotonic: 5 };

function readings(sample: object, calibration = {}) {
  return createPipeline({ id: 'outdoor', calibration }, channels).readings(sample, moment);
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
    expect(readings({ temperature: 70 })[0]).toMatchObject({ value: 70, quality: quality.fail });
  });

  it('a value beyond what the sensor can measure is flagged fail, though the weather could have it', () => {
    const narrow = { temperature: { range: [0, 50], resolution: 1 } } as const;
    const [reading] = createPipeline({ id: 'a', calibration: {} }, narrow).readings(
      { temperature: -5 },
      moment,
    );
    expect(reading).toMatchObject({ value: -5, quality: quality.fail });
  });

  it('a calibrated value stands beside the raw one, without the dust of binary fractions', () => {
    const [reading] = readings({ temperature: 21.1 }, { temperature: { gain: 1, offset: -0.4 } });
    expect(reading).toMatchObject({ value: 20.7, raw: 21.1 });
  });
});
