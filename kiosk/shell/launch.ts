import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Invocation, readInvocation, writeInvocation } from './invocation.js';
import { readiness, thisMachine } from './readiness.js';

/**
 * Starts the kiosk: `node dist/kiosk/shell/launch.js [--url ADDRESS] [--windowed]`. Ends with the kiosk's exit code;
 * 1 where it cannot start, 2 for an address that is none.
 */

const invocation = readInvocation(process.argv.slice(2), process.env);
if ('complaint' in invocation) stop(invocation.complaint, 2);
else launch(invocation);

function launch(wanted: Invocation): void {
  const ready = readiness(thisMachine(), wanted.home.href);
  if ('obstacle' in ready) {
    stop(ready.obstacle, 1);
    return;
  }
  const main = fileURLToPath(new URL('./main.js', import.meta.url));
  const kiosk = spawn(ready.electron, [main, ...writeInvocation(wanted)], { stdio: 'inherit' });
  kiosk.on('error', (error) => stop(`Electron could not be started: ${error.message}`, 1));
  kiosk.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => kiosk.kill(signal));
}

function stop(line: string, exitCode: number): void {
  console.error(line);
  process.exitCode = exitCode;
}
