import type { Firmata } from 'firmata-io';
import type { ChipDefinition } from 'johnny-five';
import { DriverError } from '../contract.js';
import type { Cancel, Clock, FirmataBoards, FirmataComponent } from '../ports.js';
import { firmataI2c } from './firmata-i2c.js';
import { openFirmata } from './firmata-link.js';
import { runChip } from './johnny-five-chip.js';

/**
 * Boards through firmata-io, their sensors through johnny-five's chip drivers.
 *
 * johnny-five's `Board` and its sensor objects stay out: they stand in module-wide lists for ever and run on intervals
 * that nobody can stop, so that each reconnection would leave a board and four timers behind. The chip drivers below
 * them do neither, print nothing and leave the process's signals alone.
 */
export function firmataBoards(clock: Clock): FirmataBoards {
  return {
    async open(port) {
      const { FirmataIo, chips } = await load().catch(async (error) => {
        await port.close();
        throw error;
      });
      const { io, lose, onLost, close } = await openFirmata(port, clock, FirmataIo);
      const runs = new Set<Cancel>();
      io.reset();
      const bus = firmataI2c({ io, clock, onDead: lose });

      return {
        attach(component) {
          const listeners = new Set<(reading: Readonly<Record<string, number>>) => void>();
          const end = runChip({
            definition: chips[component.controller],
            component,
            bus,
            clock,
            report(reading) {
              for (const tell of [...listeners]) tell(reading);
            },
          });
          runs.add(end);
          return {
            onReading(listener) {
              listeners.add(listener);
              return () => listeners.delete(listener);
            },
            close() {
              listeners.clear();
              runs.delete(end);
              end();
            },
          };
        },
        onLost,
        async close() {
          for (const end of runs) end();
          runs.clear();
          bus.close();
          await close();
        },
      };
    },
  };
}

interface Packages {
  FirmataIo: typeof Firmata;
  chips: Readonly<Record<FirmataComponent['controller'], ChipDefinition>>;
}

async function load(): Promise<Packages> {
  try {
    const [firmataIo, johnnyFive] = await Promise.all([import('firmata-io'), import('johnny-five')]);
    return { FirmataIo: firmataIo.default.Firmata, chips: johnnyFive.default.IMU.Drivers };
  } catch (cause) {
    throw new DriverError('NATIVE_PACKAGE_MISSING', 'johnny-five or firmata-io does not load.', {
      cause,
      hint: 'Run `npm install` again, or remove the sensors behind Firmata boards.',
    });
  }
}
