import { spawn } from 'node:child_process';
import { type Cancel, type Clock, every } from '../clock.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** How often, in ms, systemd wants to hear from a service, halved so that one delay does no harm; undefined for never. */
export function noticeEvery({ NOTIFY_SOCKET, WATCHDOG_USEC }: Environment): number | undefined {
  const period = Number(WATCHDOG_USEC) / 1_000;
  return NOTIFY_SOCKET && period > 0 ? period / 2 : undefined;
}

/** Tells systemd's watchdog that this program still turns; does nothing where nobody wants to know. */
export function noticeService(clock: Clock, environment: Environment = process.env): Cancel {
  const pause = noticeEvery(environment);
  if (pause === undefined) return () => {};
  return every(clock, pause, () => {
    const notice = spawn('systemd-notify', ['WATCHDOG=1'], { stdio: 'ignore' });
    notice.on('error', () => {});
  });
}
