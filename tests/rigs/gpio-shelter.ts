import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { hearEvents } from './api-events.js';

/**
 * Runs under `with-gpio`: a whole shelter, with a hand on the button's wire and an eye on the lamp's. Prints what came
 * of it as JSON. Arguments: the program, the site file.
 */

const base = Number(process.env.GPIO_BASE);
const lines = { button: 17, lamp: 27 };
const control = '/sys/class/gpio/.control';

/** The button connects the wire to ground. */
const pressed = 0;
const released = 1;

function moveButton(...levels: readonly (0 | 1)[]): void {
  for (const level of levels) writeFileSync(control, `${base + lines.button}=${level}`);
}

/** The exported lines, each as `direction level edge` under its number on the chip. */
function exported(): Record<number, string> {
  const rows = readFileSync(control, 'utf8').trimEnd().split('\n').filter(Boolean);
  return Object.fromEntries(
    rows.map((row) => {
      const [number, ...rest] = row.split(' ');
      return [Number(number) - base, rest.join(' ')];
    }),
  );
}

const [program = '', site = ''] = process.argv.slice(2);
moveButton(released);
const shelter = spawn(process.execPath, [program, 'run', '--config', site], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = once(shelter, 'exit');

let url: string | undefined;
const awaited = new Set(['help is there', 'lamp is there']);
for await (const line of createInterface(shelter.stdout)) {
  const said: { msg: string; url?: string } = JSON.parse(line);
  url ??= said.url;
  awaited.delete(said.msg);
  if (url && awaited.size === 0) break;
}
if (!url) throw new Error('The shelter ended before it was there.');
shelter.stdout.resume();
const events = await hearEvents(url);

/** The lamp when the shelter has told of so many events. */
async function lampAfter(count: number): Promise<string | undefined> {
  while (events.of('event').length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  return exported()[lines.lamp];
}

const atStart = exported();
const lamp: (string | undefined)[] = [];
moveButton(pressed);
lamp.push(await lampAfter(1));
moveButton(released);
lamp.push(await lampAfter(2));
// Contacts that chatter before they rest.
moveButton(pressed, released, pressed, released, pressed);
lamp.push(await lampAfter(3));
moveButton(released, pressed, released, pressed, released);
lamp.push(await lampAfter(4));
moveButton(pressed);
lamp.push(await lampAfter(5));

shelter.kill('SIGTERM');
const [code] = await ended;
await events.ended;

process.stdout.write(
  JSON.stringify({
    atStart,
    lamp,
    code,
    atEnd: exported(),
    events: events.of('event').map(({ kind, source }) => `${source} ${kind}`),
  }),
);
