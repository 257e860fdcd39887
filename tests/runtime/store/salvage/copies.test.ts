import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import type { StoredEvent, StoredReading } from '../../../../runtime/reading.js';
import { healingDatabase } from '../../../../runtime/store/healing.js';
import { everything, type Log } from '../../../../runtime/store/port.js';
import { scratchFolder } from '../../../rigs/scratch.js';
import { copyDatabase, randomFrom } from '../../../rigs/worn-card.js';
import { eventAt, readingAt } from '../../../suites/store-suite.js';

const writer = fileURLToPath(new URL('../../../rigs/store-writer.mjs', import.meta.url));
const start = Date.UTC(2026, 0, 1);
const clock = { monotonic: () => performance.now(), now: () => start };

/** Database and log are copied so often, and between two of them the writer runs so long, in ms, at most. */
const copies = 100;
const spell = 15;

/** Stops all threads of a process where they are, as the power does. */
async function freeze(child: ChildProcess): Promise<void> {
  child.kill('SIGSTOP');
  const tasks = `/proc/${child.pid}/task`;
  await vi.waitFor(() => {
    const states = readdirSync(tasks).map((task) => readFileSync(`${tasks}/${task}/stat`, 'utf8'));
    for (const state of states) expect(state).toMatch(/\) T /);
  });
}

it.skipIf(!existsSync('/proc/self/task'))(
  `a database that is being written, copied at ${copies} random instants, always opens, with all that was committed before`,
  async () => {
    const file = join(scratchFolder(), 'readings.db');
    const copy = join(scratchFolder(), 'readings.db');
    const random = randomFrom(20_260_101);
    const child = spawn(process.execPath, [writer, file, '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    const said = { committed: 0, recorded: 0 };
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [what, seq] = line.split(' ');
      if (what === 'committed' || what === 'recorded') said[what] = Number(seq);
    });
    const found: Record<Log, Set<number>> = { readings: new Set(), events: new Set() };
    try {
      await vi.waitFor(() => expect(said.committed).toBeGreaterThan(0), { timeout: 10_000 });
      for (let instant = 0; instant < copies; instant++) {
        await pause(random() * spell);
        const before = { ...said };
        await freeze(child);
        copyDatabase(file, copy);
        child.kill('SIGCONT');

        const boot = { name: 'reader', time: start, monotonic: 0 };
        const options = { file: copy, device: 'shelter-1', epoch: 'another', boot };
        const database = healingDatabase(options, clock, (salvage) => expect(salvage).toBeUndefined());
        const readings = database.perform('read', 'readings', everything, 1e6) as StoredReading[];
        const events = database.perform('read', 'events', everything, 1e6) as StoredEvent[];
        expect(readings.length).toBeGreaterThanOrEqual(before.committed);
        expect(events.length).toBeGreaterThanOrEqual(before.recorded);
        expect(readings.every(({ seq, value }, index) => seq === index + 1 && value === index)).toBe(true);
        expect(events.every(({ seq }, index) => seq === index + 1)).toBe(true);

        const after = database.perform('status').last;
        const more = { after, readings: [readingAt(start, 1)], events: [eventAt(start)] };
        const { last } = database.perform('commit', more);
        expect(last.readings).toBeGreaterThan(readings.length);
        expect(last.events).toBeGreaterThan(events.length);
        database.perform('close');
        found.readings.add(readings.length);
        found.events.add(events.length);
      }
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
    expect(found.readings.size).toBeGreaterThan(copies / 4);
    expect(found.events.size).toBeGreaterThan(10);
  },
  60_000,
);
