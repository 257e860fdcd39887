import type { SensorConfig, Site } from '../../../config/site.js';
import type { DriverError, SensorDriver } from '../../../drivers/contract.js';
import type { Clock, HardwarePorts } from '../../../drivers/ports.js';
import { type SharedBoard, sharedBoard } from '../shared-board.js';
import { dhtLink } from './dht-link.js';
import { firmataLink } from './firmata-link.js';
import type { SensorLink } from './link.js';
import { serialLink } from './serial-link.js';

export interface LinkParts {
  site: Pick<Site, 'serial' | 'gpio'>;
  hardware: HardwarePorts;
  clock: Clock;
}

/** What a link needs to know of its sensor. */
export interface LinkedSensor {
  config: SensorConfig;
  driver: SensorDriver;
  interval: number;
  complain: (error: DriverError) => void;
}

/** Makes the link that a sensor's driver asks for; sensors on one board share it. */
export function linkMaker({ site, hardware, clock }: LinkParts): (sensor: LinkedSensor) => SensorLink {
  const boards = new Map<string, SharedBoard>();

  function boardAt(path: string): SharedBoard {
    const board = boards.get(path) ?? sharedBoard(path, hardware.serial, hardware.firmata);
    boards.set(path, board);
    return board;
  }

  function pathOf(port: string): string {
    return site.serial[port]?.path ?? port;
  }

  return ({ config, driver, interval, complain }) => {
    switch (driver.link) {
      case 'serial': {
        const plan = driver.plan(config.options);
        return serialLink({
          driver,
          plan,
          path: pathOf(config.port),
          ports: hardware.serial,
          clock,
          complain,
        });
      }
      case 'dht':
        return dhtLink({ driver, line: site.gpio.lines[config.port] ?? Number.NaN, reader: hardware.dht });
      case 'firmata': {
        const path = pathOf(config.port);
        const component = (every: number) => driver.component(config.options, every);
        return firmataLink({ driver, component, interval, path, board: boardAt(path), clock });
      }
    }
  };
}
