import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import type { StoredEvent, StoredReading } from '../../../runtime/reading.js';
import { senmlJson } from '../../../runtime/uplink/codecs/senml-json.js';
import { event, reading, stream } from './rows.js';
import { type Resolved, resolve } from './senml.js';

const device = { id: 'seoul-jongno-01', epoch: '7f3a9c' };
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const lines = (bytes: Uint8Array) => `${text(bytes).replaceAll('},{', '},\n{')}\n`;
const readings = (rows: StoredReading[]) => senmlJson.encode.readings(rows, device);
const events = (rows: StoredEvent[]) => senmlJson.encode.events(rows, device);

describe('SenML JSON of readings', () => {
  it('is what the golden file shows', async () => {
    const time = Date.UTC(2026, 2, 1, 8, 30, 0, 250);
    const rows = [
      reading(41, { time, value: 4.4 }),
      reading(42, { time, stream: stream('air', 'pm10'), value: 9.1 }),
      reading(43, { time: time + 1_500, stream: stream('roof', 'temperature'), value: -3.3, raw: -2.9 }),
      reading(44, { time: time + 1_500, stream: stream('roof', 'humidity'), value: 41.2 }),
      reading(45, { time: time + 2_010, stream: stream('box', 'pressure'), value: 1013.25 }),
      reading(46, { time: time + 10_000, value: null, quality: quality.missing }),
      reading(47, { time: time + 20_000, value: 999.9, quality: quality.suspect }),
      reading(48, { time: time + 20_000, stream: stream('air2', 'particles_0_3'), value: 1204 }),
    ];
    await expect(lines(readings(rows))).toMatchFileSnapshot('golden/readings.golden.json');
  });

  it('writes micrograms as kilograms without the noise of binary fractions', () => {
    expect(text(readings([reading(1, { value: 4.4 })]))).toContain('"v":4.4e-9,');
    expect(text(readings([reading(1, { value: 0.3 })]))).toContain('"v":3e-10,');
    expect(text(readings([reading(1, { value: 1999.9 })]))).toContain('"v":0.0000019999,');
  });

  it('puts a row that came late into time order and leaves it its seq', () => {
    const records = resolve(readings([reading(1, { time: 2e12 }), reading(2, { time: 1e12 })]));
    expect(records.map(({ extras }) => extras.seq)).toEqual([2, 1]);
  });

  it('gives a missing reading a name of its own and no number', () => {
    const [record] = resolve(readings([reading(5, { value: null, quality: quality.missing })]));
    expect(record).toMatchObject({ name: 'ushelter:seoul-jongno-01:air/pm2_5/missing', value: true });
    expect(record?.extras).toMatchObject({ seq: 5, q: 9, bepoch: '7f3a9c' });
  });

  it('takes a number that JSON cannot hold for missing', () => {
    const [record] = resolve(
      readings([reading(5, { value: Number.POSITIVE_INFINITY, quality: quality.fail })]),
    );
    expect(record).toMatchObject({ name: 'ushelter:seoul-jongno-01:air/pm2_5/missing', value: true });
  });

  it('tells no time for a reading taken before the clock was set, and keeps those of the others', () => {
    const records = resolve(readings([reading(1, { time: 5_000 }), reading(2, { time: 1.8e12 })]));
    expect(records.map(({ time }) => time)).toEqual([0, 1.8e9]);
  });

  it('is an empty pack for no rows', () => {
    expect(text(readings([]))).toBe('[]');
  });

  it('loses nothing: whoever resolves the pack has the rows again', () => {
    fc.assert(
      fc.property(fc.array(readingRows(), { maxLength: 20 }), (given) => {
        const rows = given.map((row, index) => ({ ...row, seq: index + 1 }));
        const decoded = resolve(readings(rows)).map(factOf);
        expect(decoded.sort((a, b) => a.seq - b.seq)).toEqual(rows.map(expectedFact));
      }),
    );
  });
});

describe('SenML JSON of events', () => {
  it('is what the golden file shows', async () => {
    const rows = [
      event(7),
      event(8, {
        kind: 'sensor.lost',
        source: 'air',
        detail: { code: 'DEVICE_SILENT', tries: 3, retrying: true },
      }),
    ];
    await expect(lines(events(rows))).toMatchFileSnapshot('golden/events.golden.json');
  });

  it('is valid whatever a detail is called and holds', () => {
    const detail = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), fc.boolean()));
    fc.assert(
      fc.property(detail, fc.string(), (given, kind) => {
        const [first, ...details] = resolve(events([event(1, { kind, detail: given })]));
        expect(first).toMatchObject({ name: 'ushelter:seoul-jongno-01:help/event', value: kind });
        expect(details).toHaveLength(Object.keys(given).length);
      }),
    );
  });
});

interface Fact {
  seq: number;
  stream: string;
  time: number;
  value: number | null;
  raw: number | null;
  quality: number;
}

const decimal = () => fc.integer({ min: -999_999_999, max: 999_999_999 }).map((n) => n / 1_000);

function readingRows(): fc.Arbitrary<StoredReading> {
  return fc
    .record({
      stream: fc.constantFrom(
        stream('air', 'pm2_5'),
        stream('air', 'pm10'),
        stream('roof', 'temperature'),
        stream('roof', 'humidity'),
        stream('box', 'pressure'),
        stream('box', 'particles_10'),
      ),
      time: fc.oneof(fc.integer({ min: 0, max: 86_400_000 }), fc.integer({ min: 1e12, max: 4e12 })),
      value: fc.oneof({ weight: 5, arbitrary: decimal() }, { weight: 1, arbitrary: fc.constant(null) }),
      raw: decimal(),
      quality: fc.constantFrom(...Object.values(quality)),
    })
    .map((row) => reading(1, { ...row, raw: row.value === null ? null : row.raw }));
}

/** From the RFC's units back to ours, independently of the catalogue. */
const scale: Record<string, number> = { 'kg/m3': 1e9, Pa: 0.01, Cel: 1, '%RH': 1, count: 1 };

function factOf({ name, unit, value, time, extras }: Resolved): Fact {
  const stream = name.replace('ushelter:seoul-jongno-01:', '').replace(/\/missing$/, '');
  const ours = (number: unknown) =>
    Number((Number(number) * (scale[unit ?? ''] ?? Number.NaN)).toPrecision(12));
  const missing = name.endsWith('/missing');
  return {
    seq: Number(extras.seq),
    stream,
    time: Math.round(time * 1_000),
    value: missing ? null : ours(value),
    raw: missing ? null : ours(extras.raw ?? value),
    quality: Number(extras.q),
  };
}

function expectedFact({ seq, stream, time, value, raw, quality }: StoredReading): Fact {
  const plain = (number: number | null) => (number === null ? null : number + 0);
  return {
    seq,
    stream: stream.id,
    time: time < 1e12 ? 0 : time,
    value: plain(value),
    raw: plain(raw),
    quality,
  };
}
