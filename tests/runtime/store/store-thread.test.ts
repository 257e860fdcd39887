import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DatabaseOptions } from '../../../runtime/store/database.js';
import type { Commit, Store } from '../../../runtime/store/port.js';
import { openStore } from '../../../runtime/store/store.js';
import { databaseThread, type Thread } from '../../../runtime/store/thread.js';
import { type VirtualClock, virtualClock } from '../../../simulators/virtual-clock.js';
import { eventAt, readingAt } from '../../suites/store-suite.js';
import { temporaryFolder } from './folder.js';

const start = Date.UTC(2026, 0, 1);

let file: string;
let clock: VirtualClock;
beforeEach(() => {
  file = join(temporaryFolder(), 'readings.db');
  clock = virtualClock(start);
});

const open = (startThread?: (options: DatabaseOptions) => Thread) =>
  openStore({
    file,
    device: 'shelter-1',
    commitInterval: 10_000,
    clock,
    ...(startThread && { startThread }),
  });

const nextCommit = (store: Store) =>
  new Promise<Commit>((resolve) => {
    const stop = store.onCommit((commit) => {
      stop();
      resolve(commit);
    });
  });

async function stored(store: Store): Promise<(number | null)[][]> {
  const { rows } = await store.lease('reader', 'readings', 1_000);
  return rows.map(({ seq, value }) => [seq, value]);
}

/** Real threads, of which the first is changed. */
function firstThread(change: (thread: Thread) => Thread): (options: DatabaseOptions) => Thread {
  let started = 0;
  return (options) => (++started === 1 ? change(databaseThread(options)) : databaseThread(options));
}

/** Dies when it is told to commit, without having begun. */
const diesBeforeCommit = (thread: Thread): Thread => ({
  ...thread,
  send: (request) => (request.operation === 'commit' ? thread.kill() : thread.send(request)),
});

/** Dies when it has committed, without having said so. */
const diesAfterCommit = (thread: Thread): Thread => ({
  ...thread,
  onResponse: (listener) =>
    thread.onResponse((response) => {
      const committed = response.kind === 'done' && JSON.stringify(response.result).includes('"took"');
      if (committed) thread.kill();
      else listener(response);
    }),
});

describe.each([
  ['before', diesBeforeCommit],
  ['after', diesAfterCommit],
])('a database thread that dies %s a commit', (_, dies) => {
  it('is started again, and each row is committed once', async () => {
    const store = await open(firstThread(dies));
    store.append([readingAt(start, 1), readingAt(start, 2)]);
    const recorded = store.record(eventAt(start));
    await vi.waitFor(async () =>
      expect((await store.status()).problem?.error.message).toContain('thread ended'),
    );
    store.append([readingAt(start, 3)]);
    const committed = nextCommit(store);
    await clock.advance(1_000);
    expect((await committed).last).toEqual({ readings: 2, events: 1 });
    expect(await recorded).toBe(1);
    await store.flush();
    expect(await stored(store)).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect((await store.lease('reader', 'events', 9)).rows).toHaveLength(1);
    expect((await store.status()).problem).toBeNull();
    await store.close();
  });
});

describe('a database that cannot be opened again', () => {
  it('leaves the last known figures, says why, and takes readings all the same', async () => {
    mkdirSync(`${file}.folder`);
    let started = 0;
    const store = await open((options) => {
      started += 1;
      if (started === 1) return diesBeforeCommit(databaseThread(options));
      return databaseThread(started === 2 ? { ...options, file: `${file}.folder` } : options);
    });
    store.append([readingAt(start, 1)]);
    await expect(store.flush()).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
    await clock.advance(0);
    const status = await store.status();
    expect(status).toMatchObject({ last: { readings: 0 }, uncommitted: 1, epoch: store.epoch });
    expect(status.problem).toMatchObject({ since: start, error: { code: 'STORE_UNUSABLE' } });
    expect(() => store.append([readingAt(start, 2)])).not.toThrow();
    await store.flush();
    expect(await stored(store)).toEqual([
      [1, 1],
      [2, 2],
    ]);
    await store.close();
  });

  it('is said at once where it never could be', async () => {
    mkdirSync(file);
    await expect(open()).rejects.toMatchObject({
      name: 'ShelterError',
      code: 'STORE_UNUSABLE',
      message: expect.stringContaining(file),
      hint: expect.stringContaining('may write'),
    });
  });
});

describe('a database that another program has locked', () => {
  function lock(): Sqlite.Database {
    const other = new Sqlite(file);
    other.exec('BEGIN IMMEDIATE');
    return other;
  }

  it('keeps its readings waiting, says why and since when, and commits them when it is free again', async () => {
    const store = await open();
    const other = lock();
    store.append([readingAt(start, 1)]);
    await expect(store.flush()).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
    const { problem, uncommitted } = await store.status();
    expect(uncommitted).toBe(1);
    expect(problem).toMatchObject({
      since: start,
      error: {
        message: expect.stringContaining('SQLITE_BUSY'),
        hint: expect.stringContaining(`fuser -v ${file}`),
      },
    });
    other.close();
    const committed = nextCommit(store);
    await clock.advance(1_000);
    await committed;
    expect(await stored(store)).toEqual([[1, 1]]);
    expect(await store.status()).toMatchObject({ problem: null, uncommitted: 0 });
    await store.close();
  });

  it('cannot be closed without a word about what is lost', async () => {
    const store = await open();
    const other = lock();
    store.append([readingAt(start, 1), readingAt(start, 2)]);
    await expect(store.close()).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringContaining('2 rows were lost'),
    });
    other.close();
    const again = await open();
    expect(await stored(again)).toEqual([]);
    await again.close();
  });
});

describe('the main thread', () => {
  it('commits readings by itself, soon after the first', async () => {
    const store = await open();
    const committed = nextCommit(store);
    store.append([readingAt(start, 1)]);
    await clock.advance(250);
    expect(await committed).toMatchObject({ readings: 1, last: { readings: 1, events: 0 } });
    await store.close();
  });

  it('takes readings while the database answers nothing', async () => {
    const requests: string[] = [];
    const store = await open((options) => {
      const thread = databaseThread(options);
      return {
        ...thread,
        send(request) {
          requests.push(request.operation);
          if (request.operation !== 'commit') thread.send(request);
        },
      };
    });
    for (let second = 0; second < 60; second++) {
      store.append([readingAt(start + second, second)]);
      await clock.advance(1_000);
    }
    expect(await store.status()).toMatchObject({ uncommitted: 60, last: { readings: 0 } });
    expect(requests.filter((operation) => operation === 'commit')).toHaveLength(1);
  });

  it('loads nothing that could touch SQLite or a file', () => {
    const store = fileURLToPath(new URL('../../../runtime/store/store.ts', import.meta.url));
    const loaded = everythingLoadedBy(store);
    expect(loaded).toContain('node:worker_threads');
    expect(loaded).not.toContain('better-sqlite3');
    expect([...loaded].filter((name) => name.startsWith('node:fs'))).toEqual([]);
  });
});

/** All modules that a source file loads, directly or not; what it imports for its types alone is not loaded. */
function everythingLoadedBy(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const imports = readFileSync(path, 'utf8').matchAll(/^import (?!type )[^;]*?'([^']+)';/gm);
  for (const [, name = ''] of imports) {
    if (name.startsWith('.')) everythingLoadedBy(join(dirname(path), name.replace(/\.js$/, '.ts')), seen);
    else seen.add(name);
  }
  return seen;
}
