import { describe, expect, it } from 'vitest';
import { spacedRequests } from '../../../drivers/bindings/spaced-requests.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

describe('spaced requests', () => {
  it('are made in order, the second after a pause, the others as far apart as they were asked for', async () => {
    const clock = virtualClock();
    const requests = spacedRequests(clock, 10);
    const made: string[] = [];
    const ask = (name: string) => requests.add(() => made.push(`${name} ${clock.monotonic()}`));

    ask('reset');
    ask('measure');
    await clock.advance(16);
    ask('read');
    await clock.advance(4);
    ask('read again');
    await clock.advance(100);
    expect(made).toEqual(['reset 0', 'measure 10', 'read 26', 'read again 30']);
  });

  it('keep their distance from one that was made late', async () => {
    const clock = virtualClock();
    let stall = 0;
    const slowClock = {
      ...clock,
      after: (ms: number, callback: () => void) => clock.after(ms + stall, callback),
    };
    const requests = spacedRequests(slowClock, 10);
    const made: number[] = [];
    const ask = () => requests.add(() => made.push(clock.monotonic()));

    ask();
    stall = 30;
    ask();
    stall = 0;
    await clock.advance(16);
    ask();
    await clock.advance(100);
    expect(made).toEqual([0, 40, 56]);
  });

  it('are forgotten when stopped', async () => {
    const clock = virtualClock();
    const requests = spacedRequests(clock, 10);
    let made = 0;
    requests.add(() => made++);
    requests.add(() => made++);
    requests.stop();
    await clock.advance(100);
    expect(made).toBe(1);
  });
});
