import { isDeepStrictEqual } from 'node:util';
import { type PropertyId, properties } from '../../config/catalogue/properties.js';
import { quality } from '../../config/catalogue/quality.js';
import type { Calibration, SensorConfig } from '../../config/site.js';
import type { Channels, Sample } from '../../drivers/contract.js';
import type { SensorJudge, Taken, Verdict } from '../quality/judge.js';
import type { Reading, Stream } from '../reading.js';
import { type Correctable, correct, type HumidityOf } from './correction.js';

/** When something was measured, on both times. */
export interface Moment {
  time: number;
  monotonic: number;
}

/** Turns the samples of one sensor into readings: named, calibrated, judged, corrected. */
export interface Pipeline {
  streams: readonly Stream[];
  /** One reading per channel; a channel the sample lacks is missing. */
  readings(sample: Sample, moment: Moment): Reading[];
  /** From now on readings are calibrated and corrected so. Before it is called first, no reading names a version. */
  adjust(config: Adjustable): void;
}

export type Adjustable = Pick<SensorConfig, 'calibration' | 'corrections'>;

/** What a pipeline asks of the rest of the shelter. */
export interface Surroundings {
  /** Puts a stream's calibration into force; @returns its version, undefined where there never was one */
  useCalibration(stream: Stream, calibration: Calibration | undefined): number | undefined;
  humidityOf: HumidityOf;
}

/** Where nobody counts calibrations and nobody else measures the humidity. */
export const nobody: Surroundings = { useCalibration: () => undefined, humidityOf: () => undefined };

const missing: Verdict = { quality: quality.missing };

export function createPipeline(
  sensor: Pick<SensorConfig, 'id'> & Adjustable,
  channels: Channels,
  judge: SensorJudge,
  { useCalibration, humidityOf }: Surroundings = nobody,
): Pipeline {
  let { calibration, corrections } = sensor;
  let versions: ReadonlyMap<PropertyId, number | undefined> = new Map();
  const streams = (Object.keys(channels) as PropertyId[]).map(
    (property): Stream => ({
      id: `${sensor.id}/${property}`,
      sensor: sensor.id,
      property,
      unit: properties[property].unit,
    }),
  );

  function take(sample: Sample): ReadonlyMap<PropertyId, Taken> {
    const taken = new Map<PropertyId, Taken>();
    for (const { property } of streams) {
      const raw = sample[property];
      if (raw === undefined || !Number.isFinite(raw)) continue;
      taken.set(property, { property, raw, value: calibrated(raw, calibration[property]) });
    }
    return taken;
  }

  function version(property: PropertyId): Pick<Reading, 'calibration'> {
    const calibration = versions.get(property);
    return calibration === undefined ? {} : { calibration };
  }

  /** What a value becomes by its correction; nothing where there is none. */
  function correction(
    { property, value }: Taken,
    passed: Correctable['passed'],
    { monotonic }: Moment,
  ): Pick<Reading, 'calibrated' | 'correction'> & { value?: number } {
    const wanted = corrections[property];
    if (!wanted) return {};
    const corrected = correct(
      property,
      wanted,
      { sensor: sensor.id, channels, monotonic, passed },
      humidityOf,
    );
    if (corrected === undefined) return {};
    return { value: corrected, calibrated: value, correction: wanted.method };
  }

  return {
    streams,
    readings(sample, moment) {
      const taken = take(sample);
      const verdicts = judge.judge([...taken.values()], moment.monotonic);
      const passed = new Map<PropertyId, number>();
      for (const { property, value } of taken.values()) {
        if (verdicts.get(property)?.quality === quality.pass) passed.set(property, value);
      }
      return streams.map((stream): Reading => {
        const given = taken.get(stream.property);
        if (!given) return { stream, ...moment, value: null, raw: null, ...missing };
        const { property, value, raw } = given;
        const verdict = verdicts.get(property) ?? missing;
        return {
          stream,
          ...moment,
          value,
          raw,
          ...verdict,
          ...version(property),
          ...correction(given, passed, moment),
        };
      });
    },
    adjust(next) {
      if (!isDeepStrictEqual(next.calibration, calibration)) judge.forget();
      ({ calibration, corrections } = next);
      versions = new Map(
        streams.map((stream) => [stream.property, useCalibration(stream, calibration[stream.property])]),
      );
    },
  };
}

/** Twelve digits keep what a sensor can resolve and drop what binary fractions add. */
function calibrated(raw: number, calibration: Calibration | undefined): number {
  return calibration ? Number((raw * calibration.gain + calibration.offset).toPrecision(12)) : raw;
}
