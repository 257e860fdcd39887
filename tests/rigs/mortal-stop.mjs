/**
 * A whole shelter in virtual time, to be killed: an SDS011 in modelled air, each minute, which lies for 20 min at the
 * end of every third hour. Arguments: the database, the wall time in ms at which it is switched on, and by how many ms
 * its clock is behind until it is set an hour later; 0 where it is right.
 *
 * Prints a line for each reading as it is taken, `reading TIME STREAM VALUE QUALITY`, each minute one of what the hours
 * mean by then, `life TIME JSON`, and `set` when its clock was set a while ago. Times are the true ones.
 */
import { writeSync } from 'node:fs';
import { DriverError } from '../../dist/drivers/contract.js';
import { parseSite } from '../../dist/runtime/load-site.js';
import { createShelter } from '../../dist/runtime/shelter.js';
import { memoryWires } from '../../dist/simulators/buses/memory.js';
import { simulatedClockSync } from '../../dist/simulators/clock-sync.js';
import {
  createSerialTwin,
  modelledEnvironment,
  simulateDevice,
  virtualClock,
} from '../../dist/simulators/index.js';

const [file, start, behind] = process.argv.slice(2).map((word, index) => (index === 0 ? word : Number(word)));
const say = (...words) => writeSync(1, `${words.join(' ')}\n`);
const minute = 60_000;
const hour = 60 * minute;

const clock = virtualClock(start - behind);
const clockSync = simulatedClockSync({
  synchronised: behind === 0,
  by: behind === 0 ? 'timesyncd' : 'impossible',
});
const trueTime = () => start + clock.monotonic();

const weather = modelledEnvironment(1);
const wires = memoryWires();
const device = await simulateDevice({
  twin: createSerialTwin('sds011'),
  bus: wires.bus('/dev/air'),
  environment: { at: () => weather.at(trueTime()) },
  clock,
  seed: 1,
});

const absent = () => Promise.reject(new DriverError('PORT_NOT_FOUND', 'not in this stop'));
const site = parseSite(`
id: stop
name: { en: Stop }
place: { latitude: 37.57, longitude: 126.98 }
timeZone: Asia/Seoul
languages: [en]
serial: { air: { path: /dev/air } }
sensors: [{ id: air, driver: sds011, port: air, interval: 1 min }]
store: { file: ${file}, commitInterval: 30 s }
api: { port: 0 }
`);
const shelter = createShelter(site, {
  hardware: {
    serial: wires.ports,
    gpio: { openInput: absent, openOutput: absent },
    dht: { read: absent },
    firmata: { open: absent },
  },
  clock,
  clockSync,
  random: () => 0.01,
  log: { info() {}, warn() {} },
});
shelter.on('reading', ({ stream, monotonic, value, quality }) =>
  say('reading', start + monotonic, stream.id, value, quality),
);
await shelter.start();

function meaning() {
  const { air, indices } = shelter.life();
  return {
    parts: air.parts.map(({ property, value, basis }) => ({ property, value, basis })),
    estimates: indices
      .filter(({ index }) => index === 'pm24h-estimate')
      .map(({ of, value }) => ({ of, value })),
  };
}

/** Whether what was read before the clock was set lies where it belongs: its store works in a time of its own. */
async function hasStamped() {
  const [from, to] = [start, start + hour].map((time) => new Date(time).toISOString());
  const query = new URLSearchParams({ stream: 'air/pm2_5', from, to });
  const reply = await fetch(`${shelter.url}/api/v1/history?${query}`);
  const { points } = await reply.json();
  return points.length > 0;
}

for (let isSet = behind === 0; ; ) {
  await clock.advance(minute);
  await shelter.health();
  say('life', trueTime(), JSON.stringify(meaning()));
  const lies = trueTime() % (3 * hour) >= 2 * hour + 40 * minute;
  if (lies !== (device.fault !== undefined)) await device.setFault(lies ? 'out-of-range' : undefined);
  if (isSet || clock.monotonic() < hour) continue;
  clock.step(behind);
  clockSync.become({ synchronised: true, by: 'timesyncd' });
  await clock.advance(5 * minute);
  while (!(await hasStamped())) await shelter.health();
  isSet = true;
  say('set');
}
