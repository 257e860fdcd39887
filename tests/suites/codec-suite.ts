import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctionIds } from '../../config/catalogue/corrections.js';
import { type Quality, quality, testIds } from '../../config/catalogue/quality.js';
import { ShelterError } from '../../config/errors.js';
import type { StoredEvent, StoredReading } from '../../runtime/reading.js';
import type { Codec } from '../../runtime/uplink/codecs/codec.js';
import type { Message } from '../../runtime/uplink/message.js';
import { type EventFact, type ReadingFact, type Receiver, rounded } from '../runtime/uplink/receivers.js';
import { event, reading, stream } from '../runtime/uplink/rows.js';
import { now, speaker, streams } from '../runtime/uplink/speaker.js';

/** What the suite has to know of a codec. */
export interface CodecTrial {
  name: string;
  make: () => Codec;
  /** Understands its messages without knowing our code. */
  receiver: () => Receiver;
  /** A payload as people read it in the golden file. */
  show: (payload: Uint8Array) => string;
}

const ages = ['live', 'backlog'] as const;
const minute = 60_000;

/** What every codec promises. */
export function codecSuite({ name, make, receiver, show }: CodecTrial): void {
  const begin = () => make().begin(speaker());

  /** What arrives of rows on a new connection. */
  function understood(say: (dialogue: ReturnType<typeof begin>) => Message[]): Receiver {
    const dialogue = begin();
    const city = receiver();
    for (const message of [...dialogue.greeting(), ...say(dialogue)]) city.hear(message);
    return city;
  }

  const readings = (rows: StoredReading[], age: (typeof ages)[number]) =>
    understood((dialogue) => dialogue.readings(rows, age)).readings.sort(bySeq);
  const events = (rows: StoredEvent[]) => understood((dialogue) => dialogue.events(rows)).events.sort(bySeq);

  describe(name, () => {
    it('has the name a site file gives it', () => {
      expect(make().name).toBe(name);
    });

    it.each(ages)('loses nothing of %s readings: whoever reads the standard has the rows again', (age) => {
      fc.assert(
        fc.property(fc.array(readingRow(), { minLength: 1, maxLength: 20 }), (given) => {
          const rows = numbered(given);
          expect(readings(rows, age)).toEqual(rows.map(factOf));
        }),
      );
    });

    it('loses nothing of events, whether they just happened or come late', () => {
      fc.assert(
        fc.property(fc.array(eventRow(), { minLength: 1, maxLength: 10 }), (given) => {
          const rows = numbered(given);
          expect(events(rows)).toEqual(rows.map(eventFactOf));
        }),
      );
    });

    it.each(ages)('says %s rows of a stream and a source that the shelter has no more', (age) => {
      const row = reading(9, { stream: stream('old-roof', 'temperature') });
      expect(readings([row], age)).toEqual([factOf(row)]);
      const gone = event(9, { source: 'old-door' });
      expect(events([gone])).toEqual([eventFactOf(gone)]);
    });

    it('gives a missing reading no number, and keeps what the sensor said', () => {
      const nothing = reading(1, { value: null, quality: quality.missing });
      const nonsense = reading(2, { value: null, raw: 85, quality: quality.fail });
      expect(readings([nothing, nonsense], 'live')).toMatchObject([
        { value: null, raw: null, quality: 9 },
        { value: null, raw: 85, quality: 4 },
      ]);
    });

    it('takes what is no number for missing', () => {
      const row = reading(1, { value: Number.POSITIVE_INFINITY, quality: quality.fail });
      expect(readings([row], 'live')).toMatchObject([{ value: null, raw: null, quality: 4 }]);
    });

    it('keeps value and flag of what is suspect, failed or not evaluated', () => {
      const rows = [quality.suspect, quality.fail, quality.notEvaluated].map((flag, index) =>
        reading(index + 1, { quality: flag, value: 900 }),
      );
      expect(readings(rows, 'live').map(({ value, quality }) => [value, quality])).toEqual([
        [900, 3],
        [900, 4],
        [900, 2],
      ]);
    });

    it('says the raw value beside a calibrated one', () => {
      const row = reading(1, { stream: stream('roof', 'temperature'), value: -3.3, raw: -2.9 });
      expect(readings([row], 'live')).toMatchObject([{ value: -3.3, raw: -2.9 }]);
    });

    it('claims no time for rows from before the clock was set', () => {
      const rows = [reading(1, { time: 5_000 }), reading(2, { time: now })];
      expect(readings(rows, 'backlog').map(({ time }) => time)).toEqual([null, now]);
      expect(events([event(3, { time: 5_000 })]).map(({ time }) => time)).toEqual([null]);
    });

    it.each(ages)(
      'claims no time for %s rows of a clock that was never synchronised, however likely',
      (age) => {
        const mark = { time: now - 3_000, unsynchronised: true } as const;
        const rows = [reading(1, { time: now - 4_000 }), reading(2, mark)];
        expect(readings(rows, age).map(({ time }) => time)).toEqual([now - 4_000, null]);
        expect(events([event(3, mark)]).map(({ time }) => time)).toEqual([null]);
      },
    );

    it('bears every row that its type allows', () => {
      const wild: fc.Arbitrary<StoredReading> = fc.record({
        seq: fc.oneof(fc.maxSafeNat(), fc.double()),
        stream: fc.constantFrom(...streams),
        time: fc.double(),
        monotonic: fc.double(),
        value: fc.option(fc.double()),
        raw: fc.option(fc.double()),
        quality: fc.constantFrom<Quality>(...Object.values(quality)),
        mean,
      });
      const wildEvent: fc.Arbitrary<StoredEvent> = fc.record({
        seq: fc.maxSafeNat(),
        kind: fc.string(),
        source: fc.string(),
        time: fc.double(),
        monotonic: fc.double(),
        detail: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), fc.boolean())),
      });
      fc.assert(
        fc.property(fc.array(wild), fc.array(wildEvent), fc.constantFrom(...ages), (rows, happened, age) => {
          const dialogue = begin();
          checkTopics(onlyShelterErrors(() => dialogue.readings(rows, age)));
          checkTopics(onlyShelterErrors(() => dialogue.events(happened)));
        }),
      );
    });

    it('is there after the greeting, and gone after taking leave or without it', () => {
      const dialogue = begin();
      const ends = [dialogue.farewell(), [dialogue.will]];
      for (const end of ends) {
        const city = receiver();
        for (const message of dialogue.greeting()) city.hear(message);
        expect(city.online).toBe(true);
        for (const message of end) city.hear(message);
        expect(city.online).toBe(false);
      }
    });

    it('counts nothing of its greeting as a row', () => {
      const city = understood(() => []);
      expect(city.readings).toEqual([]);
      expect(city.events).toEqual([]);
    });

    it('lets the broker keep no reading and no event', () => {
      const dialogue = begin();
      const messages = [
        ...ages.flatMap((age) => dialogue.readings([reading(1)], age)),
        ...dialogue.events([event(1), event(2, { time: now })]),
      ];
      expect(messages.filter(({ retain }) => retain)).toEqual([]);
    });

    it('does not throw at anything it may hear', () => {
      const dialogue = begin();
      const topics = fc.oneof(fc.string(), fc.constantFrom('', ...dialogue.listens));
      fc.assert(
        fc.property(topics, fc.uint8Array({ maxLength: 200 }), (topic, payload) => {
          checkTopics(dialogue.hear({ topic, payload }));
        }),
      );
    });

    it('answers nothing to what it said itself', () => {
      const dialogue = begin();
      const said = [
        ...dialogue.greeting(),
        ...dialogue.readings([reading(1)], 'live'),
        ...dialogue.farewell(),
      ];
      for (const message of said) expect(dialogue.hear(message)).toEqual([]);
    });

    it('says what the golden file shows', async () => {
      const dialogue = begin();
      const chapters: [string, Message[]][] = [
        ['will', [dialogue.will]],
        ['greeting', dialogue.greeting()],
        ['live readings', dialogue.readings(exampleReadings, 'live')],
        ['readings of an outage', dialogue.readings(exampleBacklog, 'backlog')],
        ['events', dialogue.events(exampleEvents)],
        ['farewell', dialogue.farewell()],
      ];
      const page = chapters.map(([title, messages]) => `# ${title}\n${messages.map(paragraph).join('\n')}`);
      await expect(`${page.join('\n\n')}\n`).toMatchFileSnapshot(`golden/${name}.golden.txt`);
    });

    function paragraph({ topic, payload, retain, contentType }: Message): string {
      return `${[topic, retain && 'retained', contentType].filter(Boolean).join(' · ')}\n${show(payload)}`;
    }
  });
}

const exampleTime = now - minute / 2;

const exampleReadings = [
  reading(41, { time: exampleTime, value: 4.4 }),
  reading(42, { time: exampleTime, stream: stream('air', 'pm10'), value: 9.1 }),
  reading(43, { time: exampleTime + 1_500, stream: stream('roof', 'temperature'), value: -3.3, raw: -2.9 }),
  reading(44, { time: exampleTime + 1_500, stream: stream('roof', 'humidity'), value: 41.2 }),
  reading(45, { time: exampleTime + 2_010, stream: stream('box', 'pressure'), value: 1013.25 }),
  reading(46, { time: exampleTime + 10_000, value: null, quality: quality.missing }),
  reading(47, {
    time: exampleTime + 20_000,
    value: 999.9,
    quality: quality.suspect,
    doubts: ['gross-range', 'spike'],
  }),
  reading(48, { time: exampleTime + 20_000, stream: stream('box', 'particles_10'), value: 1204 }),
  reading(49, {
    time: exampleTime + 20_000,
    value: 80.9,
    raw: 67,
    calibration: 3,
    correction: 'epa-piecewise',
  }),
];

const exampleBacklog = [
  reading(12, { time: exampleTime - 60 * minute, value: 7.25, mean: { width: minute, count: 6 } }),
  reading(40, { time: exampleTime - minute, value: 4.2 }),
];

const exampleEvents = [
  event(7, { time: now - 60 * minute }),
  event(8, { time: now - 2_000 }),
  event(9, {
    kind: 'device.failing',
    source: 'air',
    time: now - 1_000,
    detail: { code: 'DEVICE_SILENT', tries: 3, retrying: true },
  }),
];

function readingRow(): fc.Arbitrary<StoredReading> {
  const decimal = fc.integer({ min: -999_999_999, max: 999_999_999 }).map((n) => n / 1_000);
  return fc
    .record({
      stream: fc.constantFrom(...streams),
      time,
      value: fc.option(decimal, { freq: 5 }),
      raw: decimal,
      quality: fc.constantFrom<Quality>(...Object.values(quality)),
      mean: fc.option(mean, { nil: undefined, freq: 3 }),
      calibration: fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: undefined }),
      correction: fc.option(fc.constantFrom(...correctionIds), { nil: undefined }),
      doubts: fc.subarray([...testIds]),
    })
    .map(({ mean, calibration, correction, doubts, ...given }) =>
      reading(1, {
        ...given,
        ...(mean && { mean }),
        ...(calibration && { calibration }),
        ...(correction && { correction }),
        ...(doubts.length > 0 && { doubts }),
      }),
    );
}

function eventRow(): fc.Arbitrary<StoredEvent> {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  return fc
    .record({
      kind: fc.constantFrom('button.pressed', 'button.released', 'device.failing'),
      source: fc.constantFrom('help', 'air', 'main-door'),
      time,
      detail: fc.dictionary(word, fc.oneof(fc.string(), fc.integer(), fc.boolean()), {
        noNullPrototype: true,
      }),
    })
    .map((given) => event(1, given));
}

const mean = fc.record({ width: fc.constantFrom(60_000, 600_000), count: fc.integer({ min: 1, max: 600 }) });

/** Of a clock that was not set, of an outage, and of just now. */
const time = fc.oneof(
  fc.integer({ min: 0, max: 86_400_000 }),
  fc.integer({ min: 1e12, max: 4e12 }),
  fc.integer({ min: now - minute, max: now }),
);

function numbered<Row extends { seq: number }>(rows: readonly Row[]): Row[] {
  return rows.map((row, index) => ({ ...row, seq: index + 1 }));
}

const bySeq = (a: { seq: number }, b: { seq: number }) => a.seq - b.seq;
const known = (time: number) => (time < 1e12 ? null : time);
const orNull = (value: number | null) => (value === null ? null : rounded(value));
const device = 'seoul-jongno-01';
const epoch = '7f3a9c';

function factOf(reading: StoredReading): ReadingFact {
  const { seq, stream, time, value, raw, quality, mean, calibration, correction, doubts } = reading;
  const told = {
    quality,
    ...(calibration && { calibration }),
    ...(correction && { correction }),
    ...(doubts && { doubts }),
  };
  const row = { device, epoch, seq, time: known(time), ...told, ...(mean && { mean }) };
  return { ...row, stream: stream.id, value: orNull(value), raw: orNull(raw ?? value) };
}

function eventFactOf({ seq, source, kind, time, detail }: StoredEvent): EventFact {
  return { device, epoch, seq, source, kind, time: known(time), detail };
}

function onlyShelterErrors(say: () => Message[]): Message[] {
  try {
    return say();
  } catch (error) {
    expect(error).toBeInstanceOf(ShelterError);
    return [];
  }
}

function checkTopics(messages: readonly Message[]): void {
  for (const { topic } of messages) expect(topic).toMatch(/^[^+#\0]+$/);
}
