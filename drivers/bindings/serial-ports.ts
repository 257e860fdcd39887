import type { Clock, SerialPorts } from '../ports.js';
import { serialDevices } from './serial.js';
import { tcpAddresses } from './tcp.js';

/** Opens device paths (`/dev/…`) and addresses (`tcp://HOST:PORT`) alike. */
export function serialPorts(clock: Clock): SerialPorts {
  const addresses = tcpAddresses(clock);
  return {
    open: (path, line) => (path.startsWith('tcp://') ? addresses : serialDevices).open(path, line),
  };
}
