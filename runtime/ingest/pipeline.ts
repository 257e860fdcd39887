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
}

export function createPipeline(
  sensor: Pick<SensorConfig, 'id' | 'calibration'>,
  channels: Channels,
): Pipeline {
  const outputs = (Object.entries(channels) as [PropertyId, Channel][]).map(([property, channel]) => ({
    stream: { id: `${sensor.id}/${property}`, sensor: sensor.id, property, unit: properties[property].unit },
    measures: { fail: channel.range, suspect: channel.range },
    gross: properties[property].gross,
    calibrate: calibrator(sensor.calibration[property]),
  }));

  return {
    streams: outputs.map(({ stream }) => stream),
    readings: (sample, moment) =>
      outputs.map(({ stream, measures, gross, calibrate }) => {
        const raw = sample[stream.property];
        if (raw === undefined || !Number.isFinite(raw)) {
          return { stream, ...moment, value: null, raw: null, quality: quality.missing };
        }
        const value = calibrate(raw);
        return {
          stream,
          ...moment,
          value,
          raw,
          quality: rollUp([grossRange(raw, measures), grossRange(value, gross)]),
        };
      }),
  };
}

function calibrator(calibration: { gain: number; offset: number } | undefined): (raw: number) => number {
  if (!calibration) return (raw) => raw;
  // Twelve digits keep what a sensor can resolve and drop what binary fractions add.
  return (raw) => Number((raw * calibration.gain + calibration.offset).toPrecision(12));
}
