import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Health, Now, SensorNow } from '../../../runtime/api/contract.js';
import { hearEvents } from '../../rigs/api-events.js';
import { readDatabase } from '../../rigs/database.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { startSimulator } from '../../rigs/simulator.js';
import { program, type RunningProgram, startUshelter, ushelter, without } from '../../rigs/ushelter.js';

const nowhere = '/dev/ttyNONE';

const patient = { timeout: 10_000, interval: 20 };

interface Wiring {
  /** Where the SDS011 is. */
  air: string;
  /** Where the Arduino is. */
  board?: string;
  interval?: string;
  database?: string;
  /** Of the API. */
  port?: number;
  /** Further lines under `sensors`. */
  more?: string;
}

/** Writes a site file into a folder of its own. */
function siteFile({
  air,
  board = nowhere,
  interval = '1 s',
  database = 'readings.db',
  port = 0,
  more = '',
}: Wiring): string {
  const file = join(scratchFolder(), 'site.yaml');
  writeFileSync(
    file,
    `
id: stop
name: { en: Stop }
place: { latitude: 37.57, longitude: 126.98 }
timeZone: Asia/Seoul
languages: [en]
serial: { air: { path: '${air}' }, board: { path: '${board}' } }
gpio: { lines: { dht: 4, button: 17 } }
sensors:
  - { id: air, driver: sds011, port: air, interval: ${interval} }${more}
store: { file: ${database}, commitInterval: 10 min }
api: { port: ${port} }
`,
  );
  return file;
}

/** Waits for the line of the log that says where the API is. */
async function urlOf(program: RunningProgram): Promise<string> {
  const [, url = ''] = await program.says(/"url":"([^"]*)","msg":"The page and the API are at/);
  return url;
}

async function ask<Answer>(url: string, path: 'now' | 'health'): Promise<Answer> {
  return (await (await fetch(`${url}/api/v1/${path}`)).json()) as Answer;
}

describe.concurrent('ushelter run', () => {
  it('senses until SIGTERM, then ends at once with exit code 0 and commits what it held', async () => {
    const { path } = await startSimulator('sds011', '--port', 'tcp:127.0.0.1:0');
    const site = siteFile({ air: path });
    const program = startUshelter(['run', '--config', site]);
    const events = await hearEvents(await urlOf(program));
    await vi.waitFor(() => expect(events.of('stream').length).toBeGreaterThanOrEqual(6), patient);
    const { code, stdout, stderr } = await program.end('SIGTERM');
    await events.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    for (const line of stdout.trimEnd().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({
        level: expect.any(Number),
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        msg: expect.any(String),
      });
    }
    const { readings } = readDatabase(join(site, '../readings.db'));
    for (const { stream, value, time } of events.of('stream')) {
      expect(readings).toContainEqual(
        expect.objectContaining({ stream, value, time: Date.parse(time ?? '') }),
      );
    }
  });

  it('does not wait for a sample that is due in five minutes when it is told to stop', async () => {
    const { path } = await startSimulator('sds011', '--port', 'tcp:127.0.0.1:0');
    const program = startUshelter(['run', '--config', siteFile({ air: path, interval: '5 min' })]);
    await program.says(/"msg":"air is there"/);
    const told = performance.now();
    expect(await program.end('SIGTERM')).toMatchObject({ code: 0 });
    expect(performance.now() - told).toBeLessThan(5_000);
  });

  it('runs on where no device can be reached and the database cannot be made, and says so', async () => {
    // Its folder would have to be a file.
    const site = siteFile({ air: nowhere, database: 'site.yaml/readings.db' });
    const program = startUshelter(['run', '--config', site]);
    const health = await vi.waitFor(async () => {
      const answer = await ask<Health>(await urlOf(program), 'health');
      expect(answer.store.problem).not.toBeNull();
      return answer;
    }, patient);
    expect(health).toMatchObject({ status: 'degraded', store: { ok: false } });
    expect(health.store.problem).toMatchObject({ code: 'STORE_UNUSABLE' });
    expect(await program.end('SIGTERM')).toMatchObject({ code: 0 });
  });

  it.skipIf(!existsSync('/dev/full'))(
    'goes on, and ends when it is told to, where its log is a file on a full disk',
    async () => {
      const { path } = await startSimulator('sds011', '--port', 'tcp:127.0.0.1:0');
      const port = await freePort();
      const full = openSync('/dev/full', 'w');
      const child = spawn(process.execPath, [program, 'run', '--config', siteFile({ air: path, port })], {
        stdio: ['ignore', full, 'pipe'],
      });
      closeSync(full);
      const ended = once(child, 'close');
      try {
        await vi.waitFor(async () => {
          const { streams } = await ask<Now>(`http://127.0.0.1:${port}`, 'now');
          expect(streams.map(({ state }) => state)).toEqual(['fresh', 'fresh']);
        }, patient);
      } finally {
        child.kill('SIGTERM');
      }
      expect(await ended).toEqual([0, null]);
    },
  );

  it('takes the next free port where the wanted one is taken, and says so', async () => {
    const first = startUshelter(['run', '--config', siteFile({ air: nowhere })]);
    const taken = Number(new URL(await urlOf(first)).port);
    const second = startUshelter(['run', '--config', siteFile({ air: nowhere, port: taken })]);
    const url = await urlOf(second);
    await second.says(new RegExp(`port ${taken} is taken; the API listens on ${new URL(url).port}`));
    expect((await ask<Now>(url, 'now')).site.id).toBe('stop');
    await Promise.all([first.end('SIGTERM'), second.end('SIGTERM')]);
  });

  it('logs nothing below the wanted level', async () => {
    const { path } = await startSimulator('sds011', '--port', 'tcp:127.0.0.1:0');
    const more = '\n  - { id: board, driver: bme280, port: board }';
    const program = startUshelter(['run', '--config', siteFile({ air: path, more }), '--log-level', 'warn']);
    await program.says(/"device":"board"/);
    const { stdout } = await program.end('SIGTERM');
    const levels = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).level);
    expect(new Set(levels)).toEqual(new Set([40]));
  });

  it('does not start on a site file that is not right, and says every mistake', async () => {
    const site = siteFile({ air: 'ttyUSB0', interval: '10' });
    const { code, stdout, stderr } = await ushelter(['run', '--config', site]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/site\.yaml:7:\d+: serial\.air\.path: expected a device path/);
    expect(stderr).toMatch(/site\.yaml:10:\d+: sensors\[0\]\.interval: expected a duration with its unit/);
    expect(stderr).toMatch(/\nSITE_INVALID: .*\n$/);
  });
});

/** Nobody listens there, at least not yet. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe.concurrent('A package that is not installed', () => {
  it('better-sqlite3 takes away the database alone, with a hint', async () => {
    const { path } = await startSimulator('sds011', '--port', 'tcp:127.0.0.1:0');
    const program = startUshelter(['run', '--config', siteFile({ air: path })], {
      env: without('better-sqlite3'),
    });
    const url = await urlOf(program);
    const events = await hearEvents(url);
    await vi.waitFor(async () => {
      expect(events.of('stream').filter(({ state }) => state === 'fresh').length).toBeGreaterThan(2);
      expect((await ask<Health>(url, 'health')).store).toMatchObject({
        ok: false,
        uncommitted: expect.any(Number),
        problem: { code: 'NATIVE_PACKAGE_MISSING', hint: expect.stringContaining('npm rebuild') },
      });
    }, patient);
    expect(await program.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  });

  const more = `
  - { id: bench, driver: dht22, port: dht }
  - { id: help, driver: button, port: button }
  - { id: outdoor, driver: bme280, port: board }`;

  it.each([
    ['node-dht-sensor', ['bench']],
    ['onoff', ['help']],
    ['johnny-five', ['outdoor']],
    ['serialport', ['outdoor']],
  ])('%s disables only the drivers that need it, with a hint', async (name, disabled) => {
    const { path } = await startSimulator('sds011', '--port', 'tcp:127.0.0.1:0');
    const board = await startSimulator('bme280');
    const site = siteFile({ air: path, board: board.path, more });
    const program = startUshelter(['run', '--config', site], { env: without(name) });
    const url = await urlOf(program);
    const sensors = await vi.waitFor(async () => {
      const { sensors } = await ask<Now>(url, 'now');
      expect(sensors.filter(({ state }) => state === 'starting')).toEqual([]);
      return sensors;
    }, patient);
    expect(sensors.find(({ sensor }) => sensor === 'air')?.state).toBe('ok');
    expect(sensors.filter(isDisabled).map(({ sensor }) => sensor)).toEqual(disabled);
    expect(await program.end('SIGTERM')).toMatchObject({ code: 0 });
  });
});

function isDisabled({ problem }: SensorNow): boolean {
  return problem?.code === 'NATIVE_PACKAGE_MISSING' && /`npm (rebuild|install)`/.test(problem.hint);
}
