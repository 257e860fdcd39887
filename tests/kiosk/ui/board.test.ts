import { describe, expect, it } from 'vitest';
import { type Board, boardOf, type Readout } from '../../../kiosk/ui/state/board.js';
import { hear, type Live, lose, nothingYet } from '../../../kiosk/ui/state/live.js';
import type { Now, StreamNow } from '../../../runtime/api/contract.js';
import { now, sceneTime, sensorNow, silent, streamNow } from '../scene.js';

const start = Date.parse(sceneTime);

function heardNow(changes: Partial<Now> = {}): Live {
  return hear(nothingYet, { name: 'now', data: now(changes) }, 0);
}

function readout(board: Board, stream: string): Readout | undefined {
  const groups = [...board.front, ...board.beside, ...board.sensors];
  return groups.flatMap(({ readouts }) => readouts).find((one) => one.stream === stream);
}

describe('The board', () => {
  it('shows every stream exactly once', () => {
    const board = boardOf(heardNow(), 0);
    const shown = [...board.front, ...board.beside, ...board.sensors].flatMap(({ readouts }) => readouts);
    expect(shown.map(({ stream }) => stream).sort()).toEqual(
      now()
        .streams.map(({ stream }) => stream)
        .sort(),
    );
  });

  it('puts temperature, humidity and particulates in front, each with all sensors that measure it', () => {
    const { front } = boardOf(heardNow(), 0);
    expect(front.map(({ property, readouts }) => [property, readouts.map(({ sensor }) => sensor)])).toEqual([
      ['temperature', ['DHT22 / AM2302', 'Bosch BME280']],
      ['humidity', ['DHT22 / AM2302', 'Bosch BME280']],
      ['pm2_5', ['Nova SDS011', 'Plantower PMS5003']],
      ['pm10', ['Nova SDS011', 'Plantower PMS5003']],
    ]);
  });

  it('leaves factory calibration and particle counts to the technician', () => {
    const { sensors } = boardOf(heardNow(), 0);
    const plantower = sensors.find(({ sensor }) => sensor.sensor === 'air2');
    expect(plantower?.readouts.map(({ stream }) => stream)).toEqual(['air2/pm1_cf1', 'air2/particles_0_3']);
  });

  it('tells two sensors of the same model apart by their ids', () => {
    const twins = [sensorNow('air', 'sds011', 'Nova SDS011'), sensorNow('air2', 'sds011', 'Nova SDS011')];
    const { front } = boardOf(heardNow({ sensors: twins }), 0);
    const pm = front.find(({ property }) => property === 'pm10');
    expect(pm?.readouts.map(({ sensor }) => sensor)).toEqual(['Nova SDS011 · air', 'Nova SDS011 · air2']);
  });

  it('counts the age of a value on its own clock', () => {
    const live = heardNow({ streams: [streamNow('air', 'pm10', 4, { age: 2.5 })] });
    expect(readout(boardOf(live, 10_000), 'air/pm10')?.age).toBe(12.5);
  });

  it('calls a value stale once it is too old, before anybody says so', () => {
    const live = heardNow({ streams: [streamNow('air', 'pm10', 4, { age: 170, staleAfter: 180 })] });
    expect(readout(boardOf(live, 9_999), 'air/pm10')?.state).toBe('fresh');
    expect(readout(boardOf(live, 10_000), 'air/pm10')).toMatchObject({ state: 'stale', value: 4 });
  });

  it('shows zero as zero, and nothing as missing', () => {
    const live = heardNow({ streams: [streamNow('air', 'pm10', 0), streamNow('air', 'pm2_5', null)] });
    expect(readout(boardOf(live, 0), 'air/pm10')).toMatchObject({ state: 'fresh', value: 0 });
    expect(readout(boardOf(live, 0), 'air/pm2_5')).toMatchObject({ state: 'missing', value: undefined });
  });

  it('hides the value of a faulty sensor and says why', () => {
    const live = heardNow({
      streams: [streamNow('air', 'pm10', 4, { state: 'faulty' })],
      sensors: [sensorNow('air', 'sds011', 'Nova SDS011', silent)],
    });
    expect(readout(boardOf(live, 0), 'air/pm10')).toMatchObject({
      state: 'faulty',
      value: undefined,
      problem: silent,
    });
  });

  it('keeps a value that quality control doubts from people, and shows technicians what it is', () => {
    const doubtful: Partial<StreamNow> = { state: 'doubtful', flag: 'suspect', doubts: ['spike'] };
    const live = heardNow({
      streams: [
        streamNow('air', 'pm10', 900, doubtful),
        streamNow('air2', 'particles_0_3', 900, doubtful),
        streamNow('air2', 'pm1_cf1', 900, { ...doubtful, state: 'faulty', flag: 'fail' }),
      ],
    });
    const [board, lost] = [boardOf(live, 0), boardOf(lose(live), 1_000_000)];
    for (const each of [board, lost]) {
      expect(readout(each, 'air/pm10')).toMatchObject({
        state: 'doubtful',
        value: undefined,
        doubts: ['spike'],
      });
    }
    expect(readout(board, 'air2/particles_0_3')).toMatchObject({ state: 'doubtful', value: 900 });
    expect(readout(board, 'air2/pm1_cf1')).toMatchObject({ state: 'faulty', value: undefined });
  });

  it('knows the time only while somebody confirms it', () => {
    expect(boardOf(nothingYet, 0).time).toBeUndefined();
    const live = heardNow();
    expect(boardOf(live, 1_500).time).toBe(start + 1_500);
    const beaten = hear(live, { name: 'beat', data: { time: '2026-01-15T08:00:00.000Z' } }, 2_000);
    expect(boardOf(beaten, 2_000).time).toBe(Date.parse('2026-01-15T08:00:00.000Z'));
    expect(boardOf(lose(beaten), 2_000).time).toBeUndefined();
  });

  it('knows no time while the shelter’s clock has not been synchronised', () => {
    const live = hear(heardNow(), { name: 'beat', data: { time: null } }, 2_000);
    expect(boardOf(live, 2_000).time).toBeUndefined();
    expect(boardOf(lose(live), 5_000).lastHeard).toEqual({ time: undefined, age: 3 });
  });

  it('keeps the last values as old ones when the connection is lost, and says when it last heard', () => {
    const board = boardOf(lose(heardNow({ streams: [streamNow('air', 'pm10', 0)] })), 7_000);
    expect(readout(board, 'air/pm10')).toMatchObject({ state: 'stale', value: 0, age: 8 });
    expect(board.lastHeard).toEqual({ time: start, age: 7 });
  });

  it('takes a new value of one stream and leaves the others as they are', () => {
    const live = hear(heardNow(), { name: 'stream', data: streamNow('air', 'pm10', 99, { age: 0 }) }, 5_000);
    expect(readout(boardOf(live, 5_000), 'air/pm10')).toMatchObject({ value: 99, age: 0 });
    expect(readout(boardOf(live, 5_000), 'air/pm2_5')).toMatchObject({ value: 12.4, age: 6 });
  });

  it('shows an event for some seconds, and the state it left its input in', () => {
    const pressed = { kind: 'button.pressed', source: 'help', time: sceneTime, detail: {} };
    const live = hear(heardNow(), { name: 'event', data: pressed }, 1_000);
    expect(boardOf(live, 8_999).recent).toEqual([pressed]);
    expect(boardOf(live, 9_000).recent).toEqual([]);
    expect(boardOf(live, 60_000).inputs).toEqual([
      { input: 'help', driver: 'button', state: 'pressed', since: sceneTime },
    ]);
  });

  it('claims nothing of sensors and inputs while nobody confirms it', () => {
    const board = boardOf(lose(heardNow()), 1_000);
    expect(board.sensors.map(({ health }) => health)).toEqual(board.sensors.map(() => 'unknown'));
    expect(board.inputs.map(({ state }) => state)).toEqual(board.inputs.map(() => null));
    expect(board.sensors.length * board.inputs.length).toBeGreaterThan(0);
  });

  it('does not grow however much happens', () => {
    let live = heardNow();
    const event = { kind: 'button.pressed', source: 'help', time: sceneTime, detail: {} };
    for (let count = 0; count < 500; count++) live = hear(live, { name: 'event', data: event }, count);
    expect(live.happened).toHaveLength(10);
  });

  it('has no values before it heard any', () => {
    expect(boardOf(lose(nothingYet), 5_000)).toMatchObject({
      link: 'lost',
      front: [],
      sensors: [],
      lastHeard: undefined,
    });
  });
});
