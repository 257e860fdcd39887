import type { Clock, HardwarePorts } from '../ports.js';
import { dhtReader } from './dht.js';
import { firmataBoards } from './johnny-five.js';
import { onoffLines } from './onoff.js';
import { serialPorts } from './serial-ports.js';

/** This machine's own hardware. Each native package is loaded when its first device is opened. */
export function machineHardware(clock: Clock, { gpioChip }: { gpioChip: string }): HardwarePorts {
  return {
    serial: serialPorts(clock),
    gpio: onoffLines({ chip: gpioChip, clock }),
    dht: dhtReader,
    firmata: firmataBoards(clock),
  };
}
