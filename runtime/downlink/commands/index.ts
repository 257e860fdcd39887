import type { Clock } from '../../../drivers/ports.js';
import type { HelpDesk } from '../../help.js';
import type { Sensing } from '../../ingest/sensing.js';
import type { KioskDesk } from '../../kiosk/desk.js';
import type { Logger } from '../../logger.js';
import type { Resend } from '../../uplink/resend.js';
import { answerHelp } from './answer-help.js';
import { cleanFan } from './clean-fan.js';
import type { Command } from './command.js';
import { identify } from './identify.js';
import { reloadKiosk } from './reload-kiosk.js';
import { resend } from './resend.js';
import { restart } from './restart.js';
import { restartSensor } from './restart-sensor.js';
import { sampleNow } from './sample-now.js';
import { type PublishPicture, screenshot } from './screenshot.js';
import { setBrightness } from './set-brightness.js';
import { setLogLevel } from './set-log-level.js';

/** What all commands together may touch; each is handed its own part. */
export interface Powers {
  sensing: Pick<Sensing, 'sensors' | 'lamps'>;
  log: Logger;
  resend: Resend;
  help: Pick<HelpDesk, 'answer'>;
  kiosk: Pick<KioskDesk, 'order' | 'screenshot'>;
  publishPicture: PublishPicture;
  restart: (() => void) | undefined;
  clock: Clock;
}

/** Every command there is. */
export function allCommands(powers: Powers): Command[] {
  const { sensing, log, resend: publish, restart: end, help, kiosk, publishPicture, clock } = powers;
  return [
    sampleNow(sensing.sensors),
    restartSensor(sensing.sensors),
    cleanFan(sensing.sensors),
    identify(sensing.lamps, clock),
    setLogLevel(log),
    resend(publish),
    answerHelp(help),
    screenshot(kiosk, publishPicture),
    reloadKiosk(kiosk),
    setBrightness(kiosk),
    restart(end),
  ];
}
