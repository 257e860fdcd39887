import { readInvocation } from '../supervision/invocation.js';
import { exitCodes } from './exit-codes.js';
import { startElectron } from './start-electron.js';

/**
 * Starts the kiosk: `node dist/kiosk/shell/launch.js [--url ADDRESS] [--access FILE] [--windowed]`. Ends with the
 * kiosk's exit code; 1 where it cannot start, 2 for an address that is none.
 */

const invocation = readInvocation(process.argv.slice(2), process.env);
if ('complaint' in invocation) {
  log(invocation.complaint);
  process.exitCode = exitCodes.usage;
} else {
  process.exitCode = await startElectron(invocation, log);
}

function log(line: string): void {
  console.error(line);
}
