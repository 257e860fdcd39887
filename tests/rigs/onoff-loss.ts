import { execFileSync } from 'node:child_process';
import { onoffLines } from '../../drivers/bindings/onoff.js';
import { systemClock } from '../../drivers/bindings/system-clock.js';

/** Runs under `with-gpio`: the whole chip vanishes while an input and an output are open. Prints what each says. */

const gpio = onoffLines({ chip: 'auto', clock: systemClock });
const button = await gpio.openInput(17, { activeLow: false, debounce: 20 });
const led = await gpio.openOutput(27, { activeLow: false });

const lost = new Promise<Error>((resolve) => {
  button.onLost(resolve);
});
execFileSync('umount', ['--force', '--lazy', '/sys/class/gpio']);

const report = { button: codeOf(await lost), led: codeOf(failureOf(() => led.write(1))) };
led.close();
button.close();

process.stdout.write(JSON.stringify(report));

function failureOf(act: () => void): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
