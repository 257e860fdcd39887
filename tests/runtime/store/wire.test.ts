import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import type { Reading, StoredReading, Stream } from '../../../runtime/reading.js';
import type { Request, Response } from '../../../runtime/store/messages.js';
import {
  readRequest,
  readResponse,
  type Written,
  writeRequest,
  writeResponse,
} from '../../../runtime/store/wire.js';

const streams: Stream[] = [
  { id: 'air/pm2_5', sensor: 'air', property: 'pm2_5', unit: 'ug/m3' },
  { id: 'roof/temperature', sensor: 'roof', property: 'temperature', unit: 'Cel' },
];

const value = fc.option(fc.double());
const reading: fc.Arbitrary<Reading> = fc.record(
  {
    stream: fc.constantFrom(...streams),
    time: fc.double({ noNaN: true }),
    monotonic: fc.double({ noNaN: true }),
    value,
    raw: value,
    quality: fc.constantFrom(...Object.values(quality)),
    unsynchronised: fc.constant(true as const),
    doubts: fc.constantFrom(['spike'] as const, ['gross-range', 'warm-up'] as const),
    calibration: fc.integer({ min: 1, max: 1e6 }),
  },
  { requiredKeys: ['stream', 'time', 'monotonic', 'value', 'raw', 'quality'] },
);
const name = fc.record(
  { seq: fc.maxSafeNat(), mean: fc.record({ width: fc.integer({ min: 1 }), count: fc.nat() }) },
  { requiredKeys: ['seq'] },
);
const storedReading = fc
  .tuple(reading, name)
  .map(([facts, named]): StoredReading => ({ ...facts, ...named }));

/** As a message comes to the other thread. */
function crossed<Message>({ message, handedOver }: Written<Message>): Message {
  return structuredClone(message, { transfer: handedOver });
}

describe('between the threads', () => {
  it('a batch comes over as it was', () => {
    fc.assert(
      fc.property(fc.array(reading), (readings) => {
        const batch = { readings, events: [], after: { readings: 7, events: 3 }, origin: 12 };
        const request: Request = { id: 1, operation: 'commit', args: [batch] };
        expect(readRequest(crossed(writeRequest(request)))).toEqual(request);
      }),
    );
  });

  it('leased readings come over as they were', () => {
    fc.assert(
      fc.property(fc.array(storedReading), (rows) => {
        const response: Response = { kind: 'done', id: 1, result: { log: 'readings', rows } };
        expect(readResponse(crossed(writeResponse(response)))).toEqual(response);
      }),
    );
  });

  it.each<Response>([
    { kind: 'opened' },
    { kind: 'done', id: 1, result: undefined },
    { kind: 'done', id: 2, result: { log: 'events', rows: [{ seq: 1, kind: 'button.pressed' }] } },
    { kind: 'done', id: 3, result: [{ seq: 1 }] },
  ])('any other answer comes over as it was: %j', (response) => {
    expect(readResponse(crossed(writeResponse(response)))).toEqual(response);
  });
});
