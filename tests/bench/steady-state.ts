import { once } from 'node:events';
import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { type Bench, type Figure, median } from './bench.js';
import { brokerName, openField } from './field.js';
import { startProgram, type Usage, usageOf } from './processes.js';

/** In ms. */
const settling = 30_000;
const between = 5_000;
const samples = 13;

/** What a running shelter takes of its machine. */
export const steadyState: Bench = {
  name: 'steady-state',
  about: `\`ushelter run\`, with a simulated SDS011, PMS5003 and BME280 (on Firmata) and ${brokerName} in processes of their own, and one
client of /api/v1/events: config/sites/demo.yaml without its DHT22 and GPIO, which have no simulator in another
process. From ${settling / 1_000} s after the start, ${samples} samples in ${((samples - 1) * between) / 1_000} s. MB are millions of bytes.`,
  async measure(root) {
    const field = await openField(root);
    const bare = startProgram(process.execPath, '--eval', 'setInterval(() => {}, 1e3)');
    try {
      const { program, url, file } = await field.startShelter();
      const leave = await listen(`${await url}/api/v1/events`);
      await pause(settling);
      const before = lastReading(file);
      const taken: Usage[] = [];
      const idle: Usage[] = [];
      for (let count = 0; count < samples; count++) {
        if (count > 0) await pause(between);
        taken.push(await usageOf(program));
        idle.push(await usageOf(bare));
      }
      leave();
      return figures(taken, idle, lastReading(file) - before);
    } finally {
      await bare.stop();
      await field.close();
    }
  },
};

/** Stays a client of the events until it is cancelled. */
async function listen(url: string): Promise<() => void> {
  const request = get(url);
  const [response] = await once(request, 'response');
  response.resume();
  return () => request.destroy();
}

/** How many readings a shelter has committed. */
function lastReading(file: string): number {
  const database = new Sqlite(file, { readonly: true });
  const last = database.prepare<[], number>('SELECT max(seq) FROM readings').pluck().get();
  database.close();
  return last ?? 0;
}

/** @param readings committed from the first sample to the last */
function figures(taken: readonly Usage[], idle: readonly Usage[], readings: number): Figure[] {
  const memory = (what: string, key: 'resident' | 'proportional' | 'peak', of: typeof median): Figure => ({
    what,
    value: of(taken.map((usage) => usage[key] / 1e6)),
    unit: 'MB',
    reference: { what: 'node -e setInterval', value: of(idle.map((usage) => usage[key] / 1e6)) },
  });
  return [
    { ...memory('resident memory, median', 'resident', median), aim: '< 100 MB' },
    { ...memory('resident memory, greatest sample', 'resident', greatest), aim: '< 100 MB' },
    memory('resident memory, peak since the start', 'peak', greatest),
    memory('memory by its share (PSS), median', 'proportional', median),
    {
      what: 'CPU time in a minute',
      value: cpuInMinute(taken),
      unit: 's',
      reference: { what: 'one processor', value: 60 },
    },
    {
      what: 'CPU time for 1,000 readings, all told',
      value: cpuBetween(taken) / (readings / 1_000),
      unit: 's',
    },
  ];
}

function greatest(values: readonly number[]): number {
  return Math.max(...values);
}

function cpuInMinute(usages: readonly Usage[]): number {
  const minutes = ((usages.length - 1) * between) / 60_000;
  return cpuBetween(usages) / minutes;
}

function cpuBetween(usages: readonly Usage[]): number {
  return (usages.at(-1)?.cpu ?? Number.NaN) - (usages[0]?.cpu ?? Number.NaN);
}
