import { readFileSync, writeFileSync } from 'node:fs';
import { onoffLines } from '../../drivers/bindings/onoff.js';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import { DriverError } from '../../drivers/contract.js';
import type { GpioInput, Level } from '../../drivers/ports.js';

/**
 * Runs under `with-gpio`: works the binding from one end, the wires from the other, and prints what came of it as
 * JSON. It ends by itself, which shows that nothing is left polling.
 */

const base = Number(process.env.GPIO_BASE);
const [chip = 'auto'] = process.argv.slice(2);
const debounce = 20;
const lines = { button: 17, help: 22, led: 27, relay: 5 };

const gpio = onoffLines({ chip, clock: systemClock });

function wire(line: number, level: Level): void {
  writeFileSync('/sys/class/gpio/.control', `${base + line}=${level}`);
}

/** The exported lines, each as `direction level edge` under its number on the chip. */
function exported(): Record<number, string> {
  const rows = readFileSync('/sys/class/gpio/.control', 'utf8').trimEnd().split('\n').filter(Boolean);
  return Object.fromEntries(
    rows.map((row) => {
      const [number, ...rest] = row.split(' ');
      return [Number(number) - base, rest.join(' ')];
    }),
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    systemClock.after(ms, resolve);
  });
}

function record(input: GpioInput) {
  const changes: Level[] = [];
  let wake: () => void = () => {};
  input.onChange((level) => {
    changes.push(level);
    wake();
  });
  return {
    changes,
    async until(count: number): Promise<void> {
      while (changes.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

async function failure(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'none';
  } catch (error) {
    return error instanceof DriverError ? `${error.code}: ${error.message}` : String(error);
  }
}

async function pressSlowly(): Promise<Level[]> {
  const button = await gpio.openInput(lines.button, { activeLow: false, debounce });
  const { changes, until } = record(button);
  const levels: Level[] = [1, 0, 1, 0];
  for (const [index, level] of levels.entries()) {
    wire(lines.button, level);
    await until(index + 1);
  }
  button.close();
  return changes;
}

/** Chatter that comes back, chatter that stays, and edges that leave the level as it was. */
async function pressBadly() {
  // Long beside the chatter, so that a busy machine cannot stretch one of its spells to the length that counts.
  const patient = 150;
  const button = await gpio.openInput(lines.button, { activeLow: false, debounce: patient });
  const { changes, until } = record(button);
  for (const level of [1, 0, 1, 0] as const) wire(lines.button, level);
  await pause(patient * 1.5);
  const afterBlip = [...changes];
  for (const level of [1, 0, 1, 0, 1] as const) {
    wire(lines.button, level);
    await pause(1);
  }
  await until(1);
  for (const level of [0, 1] as const) wire(lines.button, level);
  await pause(patient * 1.5);
  wire(lines.button, 0);
  await until(2);
  button.close();
  return { afterBlip, changes };
}

async function pressUndebounced(): Promise<Level[]> {
  const button = await gpio.openInput(lines.button, { activeLow: false, debounce: 0 });
  const { changes, until } = record(button);
  wire(lines.button, 1);
  await until(1);
  wire(lines.button, 0);
  await until(2);
  button.close();
  return changes;
}

async function pressActiveLow() {
  wire(lines.help, 1);
  const help = await gpio.openInput(lines.help, { activeLow: true, debounce });
  const { changes, until } = record(help);
  const atOpening = help.read();
  wire(lines.help, 0);
  await until(1);
  const whilePressed = help.read();
  wire(lines.help, 1);
  await until(2);
  help.close();
  return { atOpening, whilePressed, changes };
}

async function switchOutputs() {
  const led = await gpio.openOutput(lines.led, { activeLow: false });
  const relay = await gpio.openOutput(lines.relay, { activeLow: true });
  const atOpening = exported();
  led.write(1);
  relay.write(1);
  const on = exported();
  led.write(0);
  relay.write(0);
  const off = exported();
  led.write(1);
  relay.write(1);
  led.close();
  relay.close();
  led.close();
  const afterUse = await failure((async () => led.write(1))());
  const closed = exported();
  for (const line of [lines.led, lines.relay]) writeFileSync('/sys/class/gpio/export', `${base + line}`);
  const leftAt = exported();
  for (const line of [lines.led, lines.relay]) writeFileSync('/sys/class/gpio/unexport', `${base + line}`);
  return { atOpening, on, off, afterUse, closed, leftAt };
}

/** Lines that another program, or a run that was killed, has left exported and set up in its own way. */
async function takeOver() {
  const folder = (line: number) => `/sys/class/gpio/gpio${base + line}`;
  for (const line of [lines.button, lines.led]) writeFileSync('/sys/class/gpio/export', `${base + line}`);
  writeFileSync(`${folder(lines.button)}/direction`, 'out');
  writeFileSync(`${folder(lines.button)}/active_low`, '1');
  writeFileSync(`${folder(lines.led)}/edge`, 'both');
  writeFileSync(`${folder(lines.led)}/active_low`, '1');
  const button = await gpio.openInput(lines.button, { activeLow: false, debounce });
  const led = await gpio.openOutput(lines.led, { activeLow: false });
  const { changes, until } = record(button);
  wire(lines.button, 1);
  await until(1);
  led.write(1);
  const taken = exported();
  button.close();
  led.close();
  return { changes, taken, closed: exported() };
}

async function fail() {
  const settings = { activeLow: false, debounce };
  const button = await gpio.openInput(lines.button, settings);
  const twice = await failure(gpio.openOutput(lines.button, { activeLow: false }));
  button.close();
  const again = await failure(gpio.openInput(lines.button, settings).then((input) => input.close()));
  return {
    twice,
    again,
    noLine: await failure(gpio.openInput(58, settings)),
    noChip: await failure(
      onoffLines({ chip: 'pinctrl-unheard-of', clock: systemClock }).openInput(lines.button, settings),
    ),
    exported: exported(),
  };
}

const report = {
  slowly: await pressSlowly(),
  badly: await pressBadly(),
  undebounced: await pressUndebounced(),
  activeLow: await pressActiveLow(),
  outputs: await switchOutputs(),
  takenOver: await takeOver(),
  failures: await fail(),
};

process.stdout.write(JSON.stringify(report));
