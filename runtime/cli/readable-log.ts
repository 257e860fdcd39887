import { jsonLog } from '../log.js';
import type { LogLevel } from '../log-levels.js';
import type { Logger } from '../logger.js';

/** A log for people at a terminal: one line each, with what to do about it. */
export async function readableLog(level: LogLevel): Promise<Logger> {
  const { PinoPretty } = await import('pino-pretty');
  const lines = PinoPretty({
    sync: true,
    destination: 1,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'level',
    hideObject: true,
    messageFormat: (log, key) => `${log[key]}${log.hint ? `\n           ${log.hint}` : ''}`,
  });
  return jsonLog(level, lines);
}
