import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import type { Life } from '../../../runtime/api/life.js';
import { pm24hEstimate } from '../../../runtime/indices/air/pm24h-estimate.js';
import { evaluate } from '../../../runtime/indices/evaluate.js';
import { roundHalfUp } from '../../../runtime/indices/rounding.js';
import { hour, hoursBack, readHours } from '../../../runtime/life/windows.js';
import { openStore } from '../../../runtime/store/store.js';
import { seededRandom } from '../../../simulators/random.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { readDatabase } from '../../rigs/database.js';
import { temporaryFolder } from '../store/folder.js';

/**
 * A shelter in a process of its own is killed again and again, while it measures in virtual time. Beside its windows,
 * the same worked out from what it had said before.
 */

const program = fileURLToPath(new URL('../../rigs/mortal-stop.mjs', import.meta.url));
const minute = 60_000;
const start = Date.UTC(2026, 6, 1, 3, 7, 23);
const pollutants = ['pm2_5', 'pm10'] as const;

/** A reading as the process said it; its time is the true one. */
interface Told {
  time: number;
  stream: string;
  value: number | null;
  quality: number;
}

/** What a process said until it was killed. */
interface Testimony {
  readings: Told[];
  /** What the hours meant to it at last. */
  meant: { time: number; parts: Life['air']['parts']; estimates: Life['indices'] } | undefined;
}

/** One process: how far behind its clock is until it is set, for how many minutes it measures, and what follows. */
interface Run {
  behind?: number;
  minutes: number;
  pause: number;
}

const runs: readonly Run[] = [
  { minutes: 130, pause: minute },
  { minutes: 47, pause: 3 * minute },
  { minutes: 200, pause: 2 * minute },
  { minutes: 3, pause: minute },
  { minutes: 160, pause: 5 * hour },
  { minutes: 75, pause: 2 * minute },
  { behind: 9 * 24 * hour + 1_234_567, minutes: 110, pause: minute },
  { minutes: 90, pause: minute },
  { behind: 300 * 24 * hour, minutes: 64, pause: 2 * minute },
  { minutes: 220, pause: 0 },
];

/** Kills it a random moment after it has measured for long enough. */
async function measureUntilKilled(file: string, from: number, run: Run, delay: number): Promise<Testimony> {
  const { behind = 0, minutes } = run;
  const child = spawn(process.execPath, [program, file, String(from), String(behind)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  const ended = once(child, 'close');
  const told: Testimony = { readings: [], meant: undefined };
  let isSet = behind === 0;
  let isDoomed = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, time = '', ...rest] = line.split(' ');
    if (what === 'set') isSet = true;
    if (what === 'reading') told.readings.push(readingOf(Number(time), rest));
    if (what === 'life' && line.endsWith('}')) {
      told.meant = { time: Number(time), ...JSON.parse(rest.join(' ')) };
    }
    if (!isDoomed && isSet && told.readings.length >= pollutants.length * minutes) {
      isDoomed = true;
      setTimeout(() => child.kill('SIGKILL'), delay);
    }
  }
  const [, signal] = await ended;
  expect(complaints).toBe('');
  expect(signal).toBe('SIGKILL');
  return told;
}

function readingOf(time: number, [stream = '', value, flag]: string[]): Told {
  return { time, stream, value: value === 'null' ? null : Number(value), quality: Number(flag) };
}

/** The hours before a moment, the newest first, from what was said of a stream. */
function hoursBefore(now: number, truth: readonly Told[], stream: string): (number | undefined)[] {
  const until = Math.floor(now / hour) * hour;
  return Array.from({ length: hoursBack }, (_, age) => {
    const from = until - (age + 1) * hour;
    const passed = truth.filter(
      (each) =>
        each.stream === stream &&
        each.time >= from &&
        each.time < from + hour &&
        each.quality === quality.pass,
    );
    if (passed.length < 45) return undefined;
    return passed.reduce((sum, { value }) => sum + (value ?? Number.NaN), 0) / passed.length;
  });
}

/** As its windows are after the process has died. */
async function hoursIn(file: string, now: number, stream: string): Promise<readonly (number | undefined)[]> {
  const store = await openStore({ file, device: 'stop', commitInterval: 10_000, clock: virtualClock(now) });
  try {
    return (await readHours(store, { stream, interval: minute, now })).hours;
  } finally {
    await store.close();
  }
}

function rounded(means: readonly (number | undefined)[]): (number | undefined)[] {
  return means.map((mean) => (mean === undefined ? undefined : roundHalfUp(mean, 6)));
}

/** Whether its past has been read by then, its clock being right, and its sensor is believed. */
function isSettled(time: number, { behind = 0, minutes }: Run, readings: readonly Told[]): boolean {
  const isBelieved = readings.slice(-6).every(({ quality: flag }) => flag === quality.pass);
  return behind === 0 && minutes > 30 && time % hour > 5 * minute && isBelieved;
}

/** What it made of its past by itself. */
function expectMeaning({ time, parts, estimates }: NonNullable<Testimony['meant']>, truth: readonly Told[]) {
  for (const pollutant of pollutants) {
    const hours = hoursBefore(time, truth, `air/${pollutant}`);
    const part = parts.find(({ property }) => property === pollutant);
    const [last] = hours;
    if (last === undefined) expect(part?.basis).not.toBe('hour');
    else expect(part).toEqual({ property: pollutant, basis: 'hour', value: roundHalfUp(last, 2) });
    const estimate = evaluate(pm24hEstimate, { pollutant, values: hours });
    expect(estimates.find(({ of }) => of === pollutant)?.value).toBe(
      'value' in estimate ? roundHalfUp(estimate.value, 2) : null,
    );
  }
}

it(`has the hours as they were, over ${runs.length} kills, a gap of 5 h, lies, and clocks that are set late`, async () => {
  const file = join(temporaryFolder(), 'readings.db');
  const random = seededRandom(20_260_701);
  let truth: Told[] = [];
  let from = start;
  let told = 0;

  for (const run of runs) {
    const { readings, meant } = await measureUntilKilled(file, from, run, 30 * random());
    const last = readings.at(-1)?.time ?? Number.NaN;

    const rows = readDatabase(file).readings.slice(truth.length);
    const kept = readings.slice(0, rows.length);
    expect(rows.map(({ stream, value, quality: flag }) => [stream, value, flag])).toEqual(
      kept.map(({ stream, value, quality: flag }) => [stream, value, flag]),
    );
    // A power cut takes what was not committed; that is every 30 s.
    expect(readings.length - rows.length).toBeLessThanOrEqual(2 * pollutants.length);

    if (meant && isSettled(meant.time, run, readings)) {
      expectMeaning(meant, [...truth, ...readings]);
      told += 1;
    }
    truth = [...truth, ...kept];
    for (const pollutant of pollutants) {
      const stream = `air/${pollutant}`;
      await expect
        .poll(async () => rounded(await hoursIn(file, last, stream)), { timeout: 10_000 })
        .toEqual(rounded(hoursBefore(last, truth, stream)));
    }
    from = last + run.pause;
  }

  const hours = hoursBefore(from, truth, 'air/pm2_5');
  const whole = hours.findLastIndex((mean) => mean !== undefined);
  expect(hours.filter((mean) => mean !== undefined).length).toBeGreaterThan(10);
  expect(hours.slice(0, whole).filter((mean) => mean === undefined).length).toBeGreaterThan(5);
  expect(truth.filter(({ quality: flag }) => flag === quality.fail).length).toBeGreaterThan(100);
  expect(told).toBeGreaterThan(2);
}, 180_000);
