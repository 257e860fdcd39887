import { DriverError, type FirmataDriver, type Sample } from '../../../drivers/contract.js';
import type { Cancel, Clock, FirmataComponent } from '../../../drivers/ports.js';
import { listeners, within } from '../../waiting.js';
import type { SharedBoard } from '../shared-board.js';
import type { SensorLink } from './link.js';

export interface FirmataLinkParts {
  driver: FirmataDriver;
  /** As it is asked for samples at an interval, in ms. */
  component: (interval: number) => FirmataComponent;
  interval: number;
  path: string;
  board: SharedBoard;
  clock: Clock;
}

type Reading = Readonly<Record<string, number>>;

/** A sensor behind a Firmata board: the board asks it again and again, a sample is its next report. */
export function firmataLink(parts: FirmataLinkParts): SensorLink {
  const { driver, component, path, board, clock } = parts;
  let { interval } = parts;
  const readings = listeners<Reading>();
  const lost = listeners<Error>();
  let detach: (() => Promise<void>) | undefined;

  return {
    lead: 0,
    async open() {
      const holding = await board.acquire();
      try {
        const sensor = holding.board.attach(component(interval));
        const cancels = [sensor.onReading(readings.call), holding.board.onLost(lost.call)];
        detach = async () => {
          for (const cancel of cancels) cancel();
          sensor.close();
          await holding.release();
        };
      } catch (error) {
        await holding.release();
        throw error;
      }
    },
    async sample(): Promise<Sample> {
      let cancels: Cancel[] = [];
      const reading = new Promise<Reading>((resolve, reject) => {
        cancels = [readings.add(resolve), lost.add(reject)];
      });
      const silent = () =>
        new DriverError(
          'DEVICE_SILENT',
          `${path}: no reading of ${driver.title} within ${driver.patience / 1_000} s`,
        );
      try {
        return driver.decode(await within(clock, driver.patience, reading, silent));
      } finally {
        for (const cancel of cancels) cancel();
      }
    },
    onLost: lost.add,
    setCadence(next) {
      interval = next;
    },
    async close() {
      const detaching = detach;
      detach = undefined;
      await detaching?.().catch(() => {});
    },
  };
}
