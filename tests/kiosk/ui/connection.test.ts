import { describe, expect, it } from 'vitest';
import { type OpenEvents, patience, stayConnected } from '../../../kiosk/ui/state/connection.js';
import type { Message } from '../../../kiosk/ui/state/message.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { now, sceneTime } from '../scene.js';

type Listener = Parameters<OpenEvents>[0];

function connected() {
  const clock = virtualClock();
  const opened: { listener: Listener; closed: boolean; at: number }[] = [];
  const heard: Message[] = [];
  const lost: number[] = [];
  const connection = stayConnected({
    open(listener) {
      const stream = { listener, closed: false, at: clock.monotonic() };
      opened.push(stream);
      return () => {
        stream.closed = true;
      };
    },
    clock,
    onMessage: (message) => heard.push(message),
    onLost: () => lost.push(clock.monotonic()),
  });

  function stream(): Listener {
    const last = opened.at(-1);
    if (!last) throw new Error('no event stream was opened');
    return last.listener;
  }

  return {
    clock,
    opened,
    heard,
    lost,
    connection,
    beat: () => stream().onMessage('beat', JSON.stringify({ time: sceneTime })),
    tellAll: () => stream().onMessage('now', JSON.stringify(now())),
    say: (json: string) => stream().onMessage('stream', json),
    breakOff: () => stream().onBroken(),
  };
}

describe('The connection to the shelter', () => {
  it('hands on what it hears', () => {
    const { tellAll, beat, heard } = connected();
    tellAll();
    beat();
    expect(heard.map(({ name }) => name)).toEqual(['now', 'beat']);
  });

  it('holds while beats come', async () => {
    const { clock, beat, lost, opened } = connected();
    for (let count = 0; count < 100; count++) {
      beat();
      await clock.advance(2_000);
    }
    expect(lost).toEqual([]);
    expect(opened).toHaveLength(1);
  });

  it('is given up within 5 s of silence, and opened anew', async () => {
    const { clock, beat, lost, opened } = connected();
    beat();
    await clock.advance(5_000);
    expect(lost).toEqual([patience]);
    expect(patience).toBeLessThan(5_000);
    expect(opened.map(({ closed }) => closed)).toEqual([true, false]);
  });

  it('is given up at once when it breaks', () => {
    const { clock, beat, breakOff, lost } = connected();
    beat();
    breakOff();
    expect(lost).toEqual([clock.monotonic()]);
  });

  it('is given up when it talks nonsense', () => {
    const { say, lost, heard } = connected();
    say('{"stream":');
    expect(lost).toHaveLength(1);
    expect(heard).toEqual([]);
  });

  it('is tried again ever more slowly, at least every 5 s', async () => {
    const { clock, breakOff, opened } = connected();
    for (let count = 0; count < 6; count++) {
      breakOff();
      await clock.advance(count < 5 ? ([500, 1_000, 2_000][count] ?? 5_000) : 0);
    }
    expect(opened.map(({ at }) => at)).toEqual([0, 500, 1_500, 3_500, 8_500, 13_500]);
  });

  it('is tried again soon after it held', async () => {
    const { clock, beat, breakOff, opened } = connected();
    for (const pause of [500, 1_000, 2_000]) {
      breakOff();
      await clock.advance(pause);
    }
    beat();
    breakOff();
    await clock.advance(500);
    expect(opened).toHaveLength(5);
  });

  it('counts as lost when it never began', async () => {
    const { clock, lost } = connected();
    await clock.advance(patience);
    expect(lost).toEqual([patience]);
  });

  it('is opened anew when asked to, as after a sleep', () => {
    const { connection, opened, lost } = connected();
    connection.renew();
    expect(lost).toHaveLength(1);
    expect(opened.map(({ closed }) => closed)).toEqual([true, false]);
  });

  it('ends when closed', async () => {
    const { clock, connection, opened, lost } = connected();
    connection.close();
    await clock.advance(60_000);
    expect(opened.map(({ closed }) => closed)).toEqual([true]);
    expect(lost).toEqual([]);
  });
});
