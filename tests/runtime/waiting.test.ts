import { describe, expect, it } from 'vitest';
import { interruptible, pause } from '../../runtime/waiting.js';
import { virtualClock } from '../../simulators/virtual-clock.js';

describe('a wait that can be interrupted', () => {
  const reason = new Error('enough');

  it('settles as what is waited for', async () => {
    const { wait } = interruptible();
    expect(await wait(Promise.resolve(7))).toBe(7);
    await expect(wait(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('rejects when it is interrupted, and so does every later one', async () => {
    const { wait, interrupt } = interruptible();
    const waits = [wait(new Promise(() => {})), wait(new Promise(() => {}))];
    interrupt(reason);
    interrupt(new Error('again'));
    for (const each of [...waits, wait(Promise.resolve(7))]) await expect(each).rejects.toBe(reason);
  });

  it('is not disturbed by what comes after it is over', async () => {
    const clock = virtualClock();
    const { wait, interrupt } = interruptible();
    const over = wait(pause(clock, 1_000));
    await clock.advance(1_000);
    interrupt(reason);
    expect(await over).toBeUndefined();
  });
});
