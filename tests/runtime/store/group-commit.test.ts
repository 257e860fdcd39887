import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type GroupCommit, groupCommit } from '../../../runtime/store/group-commit.js';
import { type VirtualClock, virtualClock } from '../../../simulators/virtual-clock.js';

const interval = 10_000;

let clock: VirtualClock;
let commits: GroupCommit;
/** When each commit began, and with how many rows. */
let log: [began: number, rows: number][];
let waiting: number;
let commitOnce: (rows: number) => Promise<void>;

beforeEach(() => {
  clock = virtualClock();
  log = [];
  waiting = 0;
  commitOnce = async () => {};
  commits = groupCommit({
    clock,
    interval,
    waits: () => waiting > 0,
    async commit() {
      const rows = waiting;
      log.push([clock.monotonic(), rows]);
      await commitOnce(rows);
      waiting -= rows;
    },
  });
});

function append(rows = 1): void {
  waiting += rows;
  commits.rowsWait();
}

const lasting = (ms: number) => () => new Promise<void>((resolve) => void clock.after(ms, resolve));

describe('group commit', () => {
  it('commits the first rows soon, together with those that come right after them', async () => {
    await clock.advance(60_000);
    append();
    await clock.advance(100);
    append();
    await clock.advance(50);
    expect(log).toEqual([[60_150, 2]]);
  });

  it('then commits once per interval, counted from the beginning of the last commit', async () => {
    append();
    for (let second = 0; second < 35; second++) {
      await clock.advance(1_000);
      append();
    }
    expect(log.map(([began]) => began)).toEqual([150, 10_150, 20_150, 30_150]);
    expect(log.map(([, rows]) => rows)).toEqual([1, 10, 10, 10]);
  });

  it('commits soon again after a quiet time', async () => {
    append();
    await clock.advance(25_000);
    append();
    await clock.advance(150);
    expect(log).toEqual([
      [150, 1],
      [25_150, 1],
    ]);
  });

  it('does nothing while nothing waits', async () => {
    await commits.now();
    await clock.advance(60_000);
    expect(log).toEqual([]);
  });

  it('commits at once where asked, and counts the interval from there', async () => {
    append();
    await clock.advance(150);
    append();
    await clock.advance(2_000);
    await commits.now();
    append();
    await clock.advance(9_999);
    expect(log).toEqual([
      [150, 1],
      [2_150, 1],
    ]);
    await clock.advance(1);
    expect(log.at(-1)).toEqual([12_150, 1]);
  });

  it('lets rows that come while a commit is under way join the next', async () => {
    commitOnce = lasting(500);
    append();
    await clock.advance(200);
    append();
    await clock.advance(20_000);
    expect(log).toEqual([
      [150, 1],
      [10_150, 1],
    ]);
  });

  it('begins no commit before the last has ended, however slow the card is', async () => {
    let underWay = 0;
    let most = 0;
    commitOnce = async () => {
      most = Math.max(most, ++underWay);
      await lasting(25_000)();
      underWay -= 1;
    };
    for (let second = 0; second < 100; second++) {
      append();
      await clock.advance(1_000);
    }
    expect(most).toBe(1);
    expect(log.map(([began]) => began)).toEqual([150, 25_150, 50_150, 75_150]);
  });

  it('lets all who ask while a commit is under way share the one that follows', async () => {
    commitOnce = lasting(500);
    append();
    await clock.advance(200);
    append();
    const asked = [commits.now(), commits.now(), commits.now()];
    await clock.advance(1_000);
    await Promise.all(asked);
    expect(log).toEqual([
      [150, 1],
      [650, 1],
    ]);
  });

  it('tries again ever less often while commits fail, and goes back to the interval after one succeeds', async () => {
    commitOnce = async () => {
      throw new Error('disk full');
    };
    append();
    await clock.advance(150 + (1 + 2 + 4 + 8 + 16 + 32 + 60 + 60) * 1_000);
    const tries = log.map(([began]) => began);
    expect(tries.map((began, index) => began - (tries[index - 1] ?? 0))).toEqual([
      150, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
    ]);
    commitOnce = async () => {};
    await clock.advance(60_000);
    const last = log.at(-1)?.[0] ?? 0;
    append();
    await clock.advance(interval);
    expect(log.at(-1)).toEqual([last + interval, 1]);
  });

  it('tells those who asked that a commit failed, and tries it again by itself', async () => {
    commitOnce = async () => {
      throw new Error('disk full');
    };
    waiting = 3;
    await expect(commits.now()).rejects.toThrow('disk full');
    commitOnce = async () => {};
    await clock.advance(1_000);
    expect(waiting).toBe(0);
  });

  it('begins nothing by itself once it is stopped', async () => {
    append();
    commits.stop();
    await clock.advance(60_000);
    expect(log).toEqual([]);
    await commits.now();
    expect(log).toHaveLength(1);
  });

  it('lets no row wait longer than the interval, and makes no more commits than one per interval', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 25_000 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 100, max: 30_000 }),
        async (pauses, width) => {
          const time = virtualClock();
          const since: number[] = [];
          const begun: number[] = [];
          let longest = 0;
          const group = groupCommit({
            clock: time,
            interval: width,
            waits: () => since.length > 0,
            async commit() {
              begun.push(time.monotonic());
              for (const appended of since.splice(0))
                longest = Math.max(longest, time.monotonic() - appended);
            },
          });
          for (const pause of pauses) {
            await time.advance(pause);
            since.push(time.monotonic());
            group.rowsWait();
          }
          await time.advance(width);
          expect(since).toEqual([]);
          expect(longest).toBeLessThanOrEqual(width);
          for (const [index, at] of begun.slice(1).entries()) {
            expect(at - (begun[index] ?? 0)).toBeGreaterThanOrEqual(width);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
