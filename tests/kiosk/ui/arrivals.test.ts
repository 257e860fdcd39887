import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivalsOnBoard } from '../../../kiosk/ui/state/arrivals.js';
import { type Arrival, arrival, sent } from '../city-scene.js';

const at = Date.parse('2026-01-15T07:31:00.000Z');
const iso = (time: number) => new Date(time).toISOString();

function rowsOf(arrivals: Arrival[], time: number | undefined = at) {
  return arrivalsOnBoard(sent(at, { arrivals }), time).rows;
}

function rowOf(one: Arrival, time: number | undefined = at) {
  return rowsOf([one], time)[0];
}

describe('An arrival', () => {
  it('counts whole minutes down to none', () => {
    const bus = arrival(at, '470', 3, { expected: iso(at + 180_000), asOf: iso(at + 179_000) });
    const minutes = [0, 1, 60_000, 120_001, 179_999, 180_000, 239_999].map(
      (later) => rowOf(bus, at + later)?.when,
    );
    expect(minutes).toEqual([3, 2, 2, 0, 0, 0, 0].map((left) => ({ shows: 'minutes', minutes: left })));
  });

  it('leaves the board a minute after its time', () => {
    const bus = arrival(at, '470', 3, { expected: iso(at + 180_000), asOf: iso(at + 239_000) });
    expect(rowsOf([bus], at + 239_999)).toHaveLength(1);
    expect(rowsOf([bus], at + 240_000)).toHaveLength(0);
  });

  it('says its age from 60 s on', () => {
    const bus = arrival(at, '470', 9, { asOf: iso(at) });
    expect(rowOf(bus, at + 59_999)).toMatchObject({ standing: 'live', age: undefined });
    expect(rowOf(bus, at + 60_000)).toMatchObject({ standing: 'old', age: 60, when: { shows: 'minutes' } });
    expect(rowOf(bus, at + 89_999)).toMatchObject({ standing: 'old', when: { shows: 'minutes' } });
  });

  it('gives way to the timetable from 90 s on', () => {
    const scheduled = iso(at + 600_000);
    const bus = arrival(at, '470', 9, { asOf: iso(at), scheduled });
    expect(rowOf(bus, at + 90_000)).toMatchObject({
      standing: 'timetable',
      when: { shows: 'time', time: at + 600_000 },
    });
  });

  it('has no time from 90 s on where there is no timetable, and says for how long', () => {
    const bus = arrival(at, '470', 9, { asOf: iso(at) });
    expect(rowOf(bus, at + 90_000)).toMatchObject({
      standing: 'overdue',
      age: 90,
      when: { shows: 'nothing' },
    });
  });

  it('is not counted down where it is by the timetable alone', () => {
    const bus = arrival(at, '470', 9, { basis: 'timetable', expected: iso(at + 540_000) });
    expect(rowOf(bus)).toMatchObject({ standing: 'timetable', when: { shows: 'time', time: at + 540_000 } });
  });

  it('is not counted down while nobody knows the time', () => {
    const scheduled = iso(at + 600_000);
    const arrivals = [arrival(at, '1', 9, { scheduled }), arrival(at, '2', 9)];
    expect(arrivalsOnBoard(sent(at, { arrivals }), undefined).rows).toMatchObject([
      { standing: 'timetable', when: { shows: 'time' } },
      { standing: 'overdue', age: undefined, when: { shows: 'nothing' } },
    ]);
  });

  it('that is cancelled stays in its place, with the time it would have had', () => {
    const rows = rowsOf([
      arrival(at, '2', 5, { status: 'cancelled', scheduled: iso(at + 240_000) }),
      arrival(at, '1', 3),
      arrival(at, '3', 9),
    ]);
    expect(rows.map(({ arrival: { line }, standing }) => [line, standing])).toEqual([
      ['1', 'live'],
      ['2', 'cancelled'],
      ['3', 'live'],
    ]);
    expect(rows[1]?.when).toEqual({ shows: 'time', time: at + 240_000 });
  });

  it('is the time of day where it is hours away', () => {
    expect(rowOf(arrival(at, '1', 90))?.when).toEqual({ shows: 'minutes', minutes: 90 });
    expect(rowOf(arrival(at, '1', 91))?.when).toMatchObject({ shows: 'time' });
  });

  it('passes midnight as any minute', () => {
    const night = Date.parse('2026-01-15T14:59:00Z');
    const bus = arrival(night, 'N26', 2, { expected: '2026-01-15T15:01:00.000Z' });
    expect(rowOf(bus, night)?.when).toEqual({ shows: 'minutes', minutes: 2 });
    expect(rowOf({ ...bus, asOf: iso(night + 60_000) }, night + 60_000)?.when).toEqual({
      shows: 'minutes',
      minutes: 1,
    });
  });
});

describe('The arrivals', () => {
  it('come soonest first, and those without a time last', () => {
    const rows = rowsOf([
      arrival(at, '3', 1, { asOf: iso(at - 90_000) }),
      arrival(at, '2', 8),
      arrival(at, '1', 2),
    ]);
    expect(rows.map(({ arrival: { line } }) => line)).toEqual(['1', '2', '3']);
  });

  it('are none, or not known, and the two are told apart', () => {
    expect(arrivalsOnBoard(sent(at, { arrivals: [] }), at).service).toBe('none');
    expect(arrivalsOnBoard(sent(at, { arrivals: [arrival(at, '1', -5)] }), at).service).toBe('none');
    expect(arrivalsOnBoard(null, at).service).toBe('unknown');
  });

  it('keep a name of their own while they come nearer', () => {
    const both = [arrival(at, '470', 3), arrival(at, '470', 12)];
    const keys = (time: number) => rowsOf(both, time).map(({ key }) => key);
    expect(new Set(keys(at)).size).toBe(2);
    expect(keys(at + 20_000)).toEqual(keys(at));
  });

  it('never show a countdown that is 90 s old, whatever is sent', () => {
    const some = fc.record({
      minutes: fc.integer({ min: -10, max: 200 }),
      old: fc.integer({ min: -60, max: 1_000 }),
      basis: fc.constantFrom('live' as const, 'timetable' as const),
      status: fc.constantFrom('running' as const, 'delayed' as const, 'cancelled' as const),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (several) => {
        const rows = rowsOf(
          several.map(({ minutes, old, basis, status }, index) =>
            arrival(at, String(index), minutes, { asOf: iso(at - old * 1_000), basis, status }),
          ),
        );
        for (const { arrival, when } of rows) {
          if (when.shows !== 'minutes') continue;
          expect(at - Date.parse(arrival.asOf)).toBeLessThan(90_000);
          expect(arrival.basis).toBe('live');
          expect(arrival.status).not.toBe('cancelled');
        }
      }),
    );
  });
});
