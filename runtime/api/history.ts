import { z } from 'zod';
import { parseDuration } from '../../config/duration.js';
import { ShelterError } from '../../config/errors.js';
import { didYouMean } from '../../config/wiring.js';
import type { Stream } from '../reading.js';
import type { History } from './contract.js';
import type { ApiSource } from './source.js';

const hour = 3_600_000;
const lastMoment = Date.UTC(9999, 11, 31);

const moment = z.iso
  .datetime({ offset: true, error: 'an ISO 8601 time with its zone, a plus written as %2B' })
  .refine((text) => isWithin(Date.parse(text), 0, lastMoment), { error: 'a time from 1970 to 9999' });

const width = z.string().refine((text) => isWithin(parseDuration(text), 1_000, 366 * 24 * hour), {
  error: 'a duration from 1 s to 366 d',
});

const streamId = { error: 'the id of a stream, as /api/v1/now lists them' };
const pointCount = { error: 'a whole number from 1 to 10000' };

/**
 * What may be asked of `/api/v1/history`, as it stands in the query. A parameter's error says what it must be; its
 * example is told too.
 */
export const historyParameters = z.strictObject({
  stream: z
    .string(streamId)
    .max(150, streamId)
    .describe('Which stream: `sensor/property`.')
    .meta({ examples: ['air/pm2_5'] }),
  from: moment
    .optional()
    .describe('Start, included; by default an hour before `to`.')
    .meta({ examples: ['2026-06-01T00:00:00Z'] }),
  to: moment
    .optional()
    .describe('End, excluded; by default now.')
    .meta({ examples: ['2026-06-02T00:00:00Z'] }),
  every: width
    .optional()
    .describe('Width of a mean, with its unit (s, min, h or d); without it single readings are given.')
    .meta({ examples: ['5 min'] }),
  most: z.coerce
    .number(pointCount)
    .int(pointCount)
    .min(1, pointCount)
    .max(10_000, pointCount)
    .default(1_000)
    .describe('Most points to give; the newest are kept.')
    .meta({ examples: [288] }),
});

export type HistoryParameters = z.output<typeof historyParameters>;

/** Looks up the past of a stream. `now` is wall time in ms; throws NOT_FOUND or REQUEST_INVALID. */
export async function readHistory(
  source: ApiSource,
  now: number,
  parameters: HistoryParameters,
): Promise<History> {
  const stream = findStream(source, parameters.stream);
  const to = parameters.to === undefined ? now : Date.parse(parameters.to);
  const from = parameters.from === undefined ? Math.max(0, to - hour) : Date.parse(parameters.from);
  if (from >= to) {
    throw new ShelterError('REQUEST_INVALID', `"from" (${iso(from)}) must be before "to" (${iso(to)})`);
  }
  const every = parseDuration(parameters.every ?? '');

  const points = await source.history({
    stream: stream.id,
    from,
    to,
    most: parameters.most,
    ...(every && { every }),
  });
  return {
    stream: stream.id,
    unit: stream.unit,
    from: iso(from),
    to: iso(to),
    every: every === undefined ? null : every / 1_000,
    points: points.map(({ doubts, ...point }) => ({
      ...point,
      ...(doubts && { doubts: [...doubts] }),
      time: iso(point.time),
    })),
  };
}

function findStream(source: ApiSource, id: string): Stream {
  const streams = source.streams();
  const stream = streams.find((each) => each.id === id);
  if (stream) return stream;

  const ids = streams.map((each) => each.id);
  throw new ShelterError('NOT_FOUND', `there is no stream "${id}"${didYouMean(id, ids)}`, {
    hint: ids.length > 0 ? `The streams are ${ids.join(', ')}.` : 'The site file names no sensors.',
  });
}

function isWithin(number: number | undefined, least: number, most: number): boolean {
  return number !== undefined && number >= least && number <= most;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
