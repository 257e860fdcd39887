import { z } from 'zod';
import type { Calibration } from '../config/site.js';
import type { Cancel, Clock } from '../drivers/ports.js';
import type { Disk } from './disk.js';
import type { Moment } from './ingest/pipeline.js';
import { keptValue } from './kept.js';
import type { Logger } from './logger.js';
import { asShelterError } from './problem.js';
import type { ShelterEvent, Stream } from './reading.js';
import { timeBy } from './timekeeping.js';

const versionSchema = z.object({
  stream: z.string(),
  /** Counts from 1 for each stream. */
  version: z.int().min(1),
  offset: z.number(),
  gain: z.number(),
  date: z.string().optional(),
  by: z.string().optional(),
  /** Wall time in ms at which it came into force; null where the clock was never synchronised in that run. */
  from: z.number().nullable(),
});

/** A calibration that is or was in force. */
export type CalibrationVersion = z.output<typeof versionSchema>;

/** Which calibrations there have been: readings name their version, and outlive what a site file says today. */
export interface Calibrations {
  /**
   * Puts a stream's calibration into force. Where it is another than the last one, it is the next version, and told as
   * an event `sensor.calibrated`. Where there is none any more, that is a version too, which changes nothing.
   *
   * @returns its version; undefined where the stream has never been calibrated
   */
  use(stream: Stream, calibration: Calibration | undefined): number | undefined;
  /** All that are known, the newest first. */
  versions(): readonly CalibrationVersion[];
  /** Gives those of this run their true times, now that the clock is synchronised. */
  stamp(anchor: Moment): void;
  /** Writes what waits. */
  stop(): Promise<void>;
}

export interface CalibrationsParts {
  /** Where they are kept. Where that fails it is tried again and again; meanwhile memory alone holds them. */
  file: string;
  disk: Disk;
  clock: Clock;
  /** Whether the wall time can be believed. */
  isSynchronised: () => boolean;
  log: Logger;
  onEvent(event: ShelterEvent): void;
}

/** Of each stream; far more than a sensor's life has. */
const mostKept = 100;

/** Before it is tried again to keep them, in ms. */
const again = 600_000;

/** As if there were none. */
const neutral = { offset: 0, gain: 1 };

export function openCalibrations(parts: CalibrationsParts): Calibrations {
  const { file, disk, clock, isSynchronised, log, onEvent } = parts;
  const kept = keptValue({
    file,
    schema: z.array(versionSchema),
    initial: [],
    disk,
    clock,
    code: 'CALIBRATION_UNKEPT',
    onLost: warn,
  });
  /** Those whose wall time is not known yet, with their monotonic time. */
  let undated = new Map<CalibrationVersion, number>();
  let retry: Cancel | undefined;

  function warn(error: unknown): void {
    const { code, message, hint } = asShelterError(error, 'CALIBRATION_UNKEPT');
    log.warn({ code, hint }, message);
  }

  function keep(versions: CalibrationVersion[]): void {
    kept.put(versions).catch((error) => {
      if (retry) return;
      warn(error);
      retry = clock.after(again, () => {
        retry = undefined;
        keep(kept.value());
      });
    });
  }

  function add(stream: Stream, version: number, calibration: Calibration): void {
    const detail = { stream: stream.id, version, ...factsOf(calibration) };
    const added = { ...detail, from: isSynchronised() ? clock.now() : null };
    if (added.from === null) undated.set(added, clock.monotonic());
    const earlier = kept.value().filter((each) => each.stream === stream.id);
    const surplus = new Set(earlier.slice(0, Math.max(0, earlier.length + 1 - mostKept)));
    keep([...kept.value().filter((each) => !surplus.has(each)), added]);
    onEvent({
      kind: 'sensor.calibrated',
      source: stream.sensor,
      time: clock.now(),
      monotonic: clock.monotonic(),
      detail,
    });
  }

  return {
    use(stream, calibration) {
      const last = kept.value().findLast((each) => each.stream === stream.id);
      const next = calibration ?? (last && neutral);
      if (!next) return undefined;
      if (last && isSame(last, next)) return last.version;
      const version = (last?.version ?? 0) + 1;
      add(stream, version, next);
      return version;
    },
    versions: () => kept.value().toReversed(),
    stamp(anchor) {
      if (undated.size === 0) return;
      const stamped = kept.value().map((version) => {
        const monotonic = undated.get(version);
        return monotonic === undefined ? version : { ...version, from: timeBy(anchor, monotonic) };
      });
      undated = new Map();
      keep(stamped);
    },
    async stop() {
      retry?.();
      await kept.flush().catch(warn);
    },
  };
}

function isSame(last: CalibrationVersion, { offset, gain, date, by }: Calibration): boolean {
  return last.offset === offset && last.gain === gain && last.date === date && last.by === by;
}

/** Without keys that hold nothing. */
function factsOf({ offset, gain, date, by }: Calibration) {
  return { offset, gain, ...(date !== undefined && { date }), ...(by !== undefined && { by }) };
}
