import type { DhtDriver } from '../../../drivers/contract.js';
import type { DhtReader } from '../../../drivers/ports.js';
import type { SensorLink } from './link.js';

export interface DhtLinkParts {
  driver: DhtDriver;
  line: number;
  reader: DhtReader;
}

/** A DHT is asked anew each time: there is nothing to open, and nothing to lose between two samples. */
export function dhtLink({ driver, line, reader }: DhtLinkParts): SensorLink {
  return {
    lead: 0,
    open: async () => {},
    sample: async () => driver.decode(await reader.read(driver.type, line)),
    onLost: () => () => {},
    close: async () => {},
  };
}
