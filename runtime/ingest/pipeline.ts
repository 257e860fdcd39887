import { type PropertyId, properties } from '../../config/catalogue/properties.js';
import { quality } from '../../config/catalogue/quality.js';
import type { SensorConfig } from '../../config/site.js';
import type { Channel, Channels, Sample } from '../../drivers/contract.js';
import { grossRange } from '../quality/gross-range.js';
import { rollUp } from '../quality/roll-up.js';
import type { Reading, Stream } from '../reading.js';

/** When something was measured, on both times. */
export interface Moment {
  time: number;
  monotonic: number;
}

/** Turns the samples of one sensor into readings: named, calibrated, judged. */
export interface Pipeline {
  streams: readonly Stream[];
  /** One reading per channel; a channel the sample lacks is missing. */
  readings(sample: Sample, moment: Moment): Reading[];
  /** From now on readings are calibrated so. */
  calibrate(calibration: SensorConfig['calibration']): void;
}

export function createPipeline(
  sensor: Pick<SensorConfig, 'id' | 'calibration'>,
  channels: Channels,
): Pipeline {
  let { calibration } = sensor;
  const outputs = (Object.entries(channels) as [PropertyId, Channel][]).map(([property, channel]) => ({
    stream: { id: `${sensor.id}/${property}`, sensor: sensor.id, property, unit: properties[property].unit },
    measures: { fail: channel.range, suspect: channel.range },
    gross: properties[property].gross,
  }));

  return {
    streams: outputs.map(({ stream }) => stream),
    readings: (sample, moment) =>
      outputs.map(({ stream, measures, gross }) => {
        const raw = sample[stream.property];
        if (raw === undefined || !Number.isFinite(raw)) {
          return { stream, ...moment, value: null, raw: null, quality: quality.missing };
        }
        const value = calibrated(raw, calibration[stream.property]);
        return {
          stream,
          ...moment,
          value,
          raw,
          quality: rollUp([grossRange(raw, measures), grossRange(value, gross)]),
        };
      }),
    calibrate(next) {
      calibration = next;
    },
  };
}

/** Twelve digits keep what a sensor can resolve and drop what binary fractions add. */
function calibrated(raw: number, calibration: { gain: number; offset: number } | undefined): number {
  return calibration ? Number((raw * calibration.gain + calibration.offset).toPrecision(12)) : raw;
}
