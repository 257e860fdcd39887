import type { Site } from '../../config/site.js';
import type { Clock } from '../../drivers/ports.js';
import type { Desks } from '../api/desks.js';
import type { CalibrationVersion } from '../calibrations.js';
import type { Disk } from '../disk.js';
import { keptValue } from '../kept.js';
import type { LatestReadings } from '../latest.js';
import type { Logger } from '../logger.js';
import type { ShelterEvent } from '../reading.js';
import { newestEvents } from '../store/newest-events.js';
import type { Store } from '../store/port.js';
import type { Timekeeping } from '../timekeeping.js';
import { createMaintenanceDesk } from './desk.js';
import { faultsAmong, lookedThrough } from './faults.js';
import { lookInside } from './look.js';
import { countTries, keptTriesSchema } from './tries.js';

export interface MaintenanceParts {
  config: Site['kiosk']['maintenance'];
  /** Where the wrong tries are kept. */
  file: string;
  disk: Disk;
  clock: Clock;
  log: Logger;
  onEvent(event: ShelterEvent): void;
  latest: Pick<LatestReadings, 'all'>;
  calibrations: { versions(): readonly CalibrationVersion[] };
  timekeeping: Pick<Timekeeping, 'moved'>;
  store(): Pick<Store, 'read' | 'status'> | undefined;
}

/** What a technician at the screen is let into, once known by the PIN. */
export function openMaintenance(parts: MaintenanceParts): Desks['maintenance'] & { stop(): void } {
  const { config, file, disk, clock, log, onEvent, latest, calibrations, timekeeping, store } = parts;
  const kept = keptValue({
    file,
    schema: keptTriesSchema,
    initial: { failures: 0 },
    disk,
    clock,
    code: 'MAINTENANCE_UNUSABLE',
    onLost: ({ code, message, hint }) => log.warn({ code, hint }, message),
  });
  const desk = createMaintenanceDesk({
    pinFile: config?.pinFile,
    tries: countTries(kept, clock),
    clock,
    log,
    onEvent,
  });
  return {
    ...desk,
    from: () => config?.from ?? 'here',
    look: () =>
      lookInside({
        latest: latest.all(),
        calibrations: calibrations.versions(),
        clock,
        clockMoved: timekeeping.moved(),
      }),
    async faults() {
      const opened = store();
      return faultsAmong(opened ? await newestEvents(opened, lookedThrough) : []);
    },
  };
}
