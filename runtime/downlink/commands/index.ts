import type { Clock } from '../../../drivers/ports.js';
import type { Sensing } from '../../ingest/sensing.js';
import type { Logger } from '../../logger.js';
import type { Resend } from '../../uplink/resend.js';
import { cleanFan } from './clean-fan.js';
import type { Command } from './command.js';
import { identify } from './identify.js';
import { resend } from './resend.js';
import { restart } from './restart.js';
import { restartSensor } from './restart-sensor.js';
import { sampleNow } from './sample-now.js';
import { setLogLevel } from './set-log-level.js';

/** What all commands together may touch; each is handed its own part. */
export interface Powers {
  sensing: Pick<Sensing, 'sensors' | 'lamps'>;
  log: Logger;
  resend: Resend;
  restart: (() => void) | undefined;
  clock: Clock;
}

/** Every command there is. */
export function allCommands({ sensing, log, resend: publish, restart: end, clock }: Powers): Command[] {
  return [
    sampleNow(sensing.sensors),
    restartSensor(sensing.sensors),
    cleanFan(sensing.sensors),
    identify(sensing.lamps, clock),
    setLogLevel(log),
    resend(publish),
    restart(end),
  ];
}
