import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../config/errors.js';
import { type Driver, drivers } from '../drivers/index.js';

/** The rules of the house that no linter knows. */

const house = new URL('../', import.meta.url);

const product = ['config', 'drivers', 'simulators', 'runtime', 'kiosk'].flatMap((folder) =>
  readdirSync(new URL(folder, house), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|tsx|cts)$/.test(path))
    .map((path) => ({ path: `${folder}/${path}`, text: read(`${folder}/${path}`) })),
);

function read(path: string): string {
  return readFileSync(new URL(path, house), 'utf8');
}

describe('time', () => {
  /** One for each kind of process: the device's program, the page, the window that shows it. */
  const clocks = ['drivers/bindings/system-clock.ts', 'kiosk/ui/clock.ts', 'kiosk/supervision/clock.ts'];

  const machineTime =
    /\bDate\.now\b|\bnew Date\(\s*\)|\bset(Timeout|Interval)\b|\bperformance\.now\b|\bhrtime\b|\bAbortSignal\.timeout\b|['"](node:)?timers\b/;

  const askers = product.filter(({ text }) => machineTime.test(text)).map(({ path }) => path);

  it('is asked of the machine by the clocks alone', () => {
    expect(askers.sort()).toEqual(clocks.sort());
  });

  it.each([
    'const start = Date.now();',
    'new Date( )',
    'setTimeout(act, 5)',
    'globalThis.setInterval(act, 5)',
    'performance.now()',
    'process.hrtime.bigint()',
    "import { setTimeout as sleep } from 'node:timers/promises';",
    'AbortSignal.timeout(5)',
  ])('would be found in: %s', (line) => {
    expect(line).toMatch(machineTime);
  });

  it.each(['new Date(reading.time)', 'clock.now()', 'Date.parse(text)', 'Date.UTC(2026, 0)'])(
    'is not meant in: %s',
    (line) => {
      expect(line).not.toMatch(machineTime);
    },
  );
});

describe('an error code', () => {
  const users = product.filter(({ path }) => path !== 'config/errors.ts');

  it.each(Object.keys(errorCodes))('is there because something fails so: %s', (code) => {
    expect(users.filter(({ text }) => text.includes(`'${code}'`)).map(({ path }) => path)).not.toEqual([]);
  });
});

describe('a driver', () => {
  /** Of these no bytes reach our own code, so that there is nothing to capture. */
  const decodedElsewhere: Partial<Record<Driver['link'], string>> = {
    firmata: 'firmata-io and johnny-five read the bytes',
    dht: 'the native code of node-dht-sensor reads the pulses',
    input: 'a line has a level and no bytes',
    output: 'a line has a level and no bytes',
  };

  it.each(drivers.map(({ model, link }) => ({ model, link })))(
    'has captures with what they must give, or none can be made: $model',
    ({ model, link }) => {
      const hasCaptures = existsSync(new URL(`tests/testcases/${model}`, house));
      expect(hasCaptures).toBe(decodedElsewhere[link] === undefined);
    },
  );

  it('has a file of its own, of its name', () => {
    for (const { model } of drivers)
      expect(existsSync(new URL(`drivers/sensors/${model}.ts`, house))).toBe(true);
  });
});
