import { spawn } from 'node:child_process';
import type { Cancel, Clock } from '../../drivers/ports.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Tells systemd's watchdog that this program still turns, twice as often as that wants to hear; does nothing where
 * nobody wants to know. What hangs is started again.
 */
export function noticeService(clock: Clock, environment: Environment = process.env): Cancel {
  const { NOTIFY_SOCKET, WATCHDOG_USEC } = environment;
  const pause = Number(WATCHDOG_USEC) / 2_000;
  if (!NOTIFY_SOCKET || !(pause > 0)) return () => {};

  function notice(): void {
    spawn('systemd-notify', ['WATCHDOG=1'], { stdio: 'ignore' }).on('error', () => {});
    cancel = clock.after(pause, notice);
  }

  let cancel = clock.after(pause, notice);
  return () => cancel();
}
