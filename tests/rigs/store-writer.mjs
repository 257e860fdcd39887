/**
 * A store at work, to be killed: appends readings without end, settles what it leases, and prints each thing that it may
 * rely on. Arguments: the database, and the number of the run, which every reading carries.
 *
 * Lines: `committed SEQ`, `recorded SEQ`, `settling SEQ` before and `settled SEQ` after.
 */
import { writeSync } from 'node:fs';
import { systemClock } from '../../dist/drivers/bindings/system-clock.js';
import { openStore } from '../../dist/runtime/store/store.js';

const [file, run] = process.argv.slice(2);
const stream = { id: 'air/temperature', sensor: 'air', property: 'temperature', unit: 'Cel' };
const say = (...words) => writeSync(1, `${words.join(' ')}\n`);

const store = await openStore({ file, device: 'shelter-1', commitInterval: 20, clock: systemClock });
store.onCommit(({ last }) => say('committed', last.readings));

let count = 0;

function measure() {
  const at = { time: systemClock.now(), monotonic: systemClock.monotonic() };
  const readings = Array.from({ length: 1 + (count % 7) }, () => ({
    stream,
    ...at,
    value: count++,
    raw: Number(run),
    quality: 1,
  }));
  store.append(readings);
  systemClock.after(1, measure);
}

async function press() {
  const time = systemClock.now();
  const seq = await store.record({
    kind: 'button.pressed',
    source: 'help',
    time,
    monotonic: 0,
    detail: { run: Number(run) },
  });
  say('recorded', seq);
  systemClock.after(15, press);
}

async function forward() {
  const { rows } = await store.lease('city', 'readings', 10);
  const last = rows.at(-1);
  if (last) {
    say('settling', last.seq);
    await store.settle('city', 'readings', { first: 1, last: last.seq });
    say('settled', last.seq);
  }
  systemClock.after(2, forward);
}

measure();
press();
forward();
