import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Invocation, writeInvocation } from '../supervision/invocation.js';
import { exitCodes } from './exit-codes.js';
import { readiness, thisMachine } from './readiness.js';

/**
 * Shows the page in Electron until that ends, and again without the graphics chip where that fails. What cannot start
 * says so in one line.
 *
 * @returns the exit code for whoever asked
 */
export async function startElectron(invocation: Invocation, log: (line: string) => void): Promise<number> {
  const ready = readiness(thisMachine(), invocation.home.href);
  if ('obstacle' in ready) {
    log(ready.obstacle);
    return exitCodes.failed;
  }
  const code = await run(ready.electron, invocation, log);
  return code === exitCodes.withoutGpu
    ? run(ready.electron, { ...invocation, graphics: 'software' }, log)
    : code;
}

function run(electron: string, invocation: Invocation, log: (line: string) => void): Promise<number> {
  const main = fileURLToPath(new URL('./main.js', import.meta.url));
  const kiosk = spawn(electron, [...platformFlags(process.env), main, ...writeInvocation(invocation)], {
    stdio: 'inherit',
  });
  const pass = (signal: NodeJS.Signals) => void kiosk.kill(signal);
  process.on('SIGINT', pass);
  process.on('SIGTERM', pass);
  return new Promise<number>((resolve) => {
    kiosk.on('error', (error) => {
      log(`Electron could not be started: ${error.message}`);
      resolve(exitCodes.failed);
    });
    kiosk.on('exit', (code) => resolve(code ?? exitCodes.failed));
  }).finally(() => {
    process.off('SIGINT', pass);
    process.off('SIGTERM', pass);
  });
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Wayland where there is a compositor, or else X11: said, since the browser guesses by what a service is not told. */
export function platformFlags({ WAYLAND_DISPLAY, DISPLAY }: Environment): string[] {
  if (WAYLAND_DISPLAY) return ['--ozone-platform=wayland'];
  return DISPLAY ? ['--ozone-platform=x11'] : [];
}
