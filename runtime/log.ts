import { type DestinationStream, pino } from 'pino';
import type { LogLevel } from './log-levels.js';
import type { Logger } from './logger.js';

/** JSON lines, on standard output unless another stream is given. */
export function jsonLog(level: LogLevel, stream: DestinationStream = standardOutput()): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
}

/** So many bytes of lines that cannot be written are kept; they are written when that is possible again. */
const mostHeld = 1_048_576;

/** Standard output may be a file on a full disk. That must not end the program, nor keep it from ending. */
function standardOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: false, maxLength: mostHeld });
  const { flushSync } = output;
  output.on('error', () => {
    // It would try on and on while the program ends.
    output.flushSync = () => {};
  });
  output.on('drain', () => {
    output.flushSync = flushSync;
  });
  return output;
}
