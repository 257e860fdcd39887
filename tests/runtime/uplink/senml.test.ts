import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent, StoredReading } from '../../../runtime/reading.js';
import { senmlCbor } from '../../../runtime/uplink/codecs/senml-cbor.js';
import { senmlJson } from '../../../runtime/uplink/codecs/senml-json.js';
import type { Message } from '../../../runtime/uplink/message.js';
import { event, reading, stream } from './rows.js';
import { resolve } from './senml.js';
import { speaker } from './speaker.js';

const bytes = ([message]: Message[]) => message?.payload ?? new Uint8Array();
const readings = (...rows: StoredReading[]) => bytes(senmlJson.begin(speaker()).readings(rows, 'live'));
const events = (...rows: StoredEvent[]) => bytes(senmlJson.begin(speaker()).events(rows));
const text = (payload: Uint8Array) => new TextDecoder().decode(payload);

describe('SenML', () => {
  it('writes micrograms as kilograms without the noise of binary fractions', () => {
    expect(text(readings(reading(1, { value: 4.4 })))).toContain('"v":4.4e-9,');
    expect(text(readings(reading(1, { value: 0.3 })))).toContain('"v":3e-10,');
    expect(text(readings(reading(1, { value: 1999.9 })))).toContain('"v":0.0000019999,');
  });

  it('puts a row that came late into time order and leaves it its seq', () => {
    const records = resolve(readings(reading(1, { time: 2e12 }), reading(2, { time: 1e12 })));
    expect(records.map(({ extras }) => extras.seq)).toEqual([2, 1]);
  });

  it('gives a missing reading a name of its own', () => {
    const [record] = resolve(readings(reading(5, { value: null, quality: 9 })));
    expect(record).toMatchObject({ name: 'ushelter:seoul-jongno-01:air/pm2_5/missing', value: true });
  });

  it('is valid whatever a detail of an event is called and holds', () => {
    const detail = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), fc.boolean()));
    fc.assert(
      fc.property(detail, fc.string(), (given, kind) => {
        const [first, ...details] = resolve(events(event(1, { kind, detail: given })));
        expect(first).toMatchObject({ name: 'ushelter:seoul-jongno-01:help/event', value: kind });
        expect(details).toHaveLength(Object.keys(given).length);
      }),
    );
  });

  it('takes fewer bytes as CBOR than as JSON', () => {
    const rows = Array.from({ length: 100 }, (_, index) =>
      reading(index + 1_000_000, {
        stream: stream('air', index % 2 ? 'pm10' : 'pm2_5'),
        value: index / 10,
        time: 1.8e12 + index * 10_000,
      }),
    );
    const cbor = bytes(senmlCbor.begin(speaker()).readings(rows, 'live'));
    expect(cbor.length / readings(...rows).length).toBeLessThan(0.8);
  });
});
