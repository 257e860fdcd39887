import { type DestinationStream, pino } from 'pino';
import type { LogLevel } from './log-levels.js';
import type { Logger } from './logger.js';

/** JSON lines, on standard output unless another stream is given. */
export function jsonLog(level: LogLevel, stream?: DestinationStream): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream ?? pino.destination(1));
}
