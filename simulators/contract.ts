import type { Cancel, Clock } from '../drivers/ports.js';

/** What the air is like at a moment: °C, %RH, hPa, and µg/m³ of particles. */
export interface Air {
  temperature: number;
  humidity: number;
  pressure: number;
  pm1: number;
  pm2_5: number;
  pm10: number;
}

/** The air as a sensor sees it that may have a fault. */
export interface SensedAir extends Air {
  /** Present where the sensor weighs particles and counts none. */
  countless?: true;
}

/** The weather that simulated sensors sense. */
export interface Environment {
  /** @param time wall time in ms */
  at(time: number): Air;
}

/** Where a simulated device stands: what it senses, its time, and the wire it sends on. */
export interface Surroundings {
  /** The air around the sensor, as it would measure it right now. */
  air(): SensedAir;
  clock: Clock;
  /** Sends one message of the device; faults alter messages one by one. */
  send(message: Uint8Array): void;
}

/** The byte-level stand-in of a serial device, written from its datasheet. */
export interface SerialTwin {
  model: string;
  line: { baudRate: number };
  /** Powers the device up. */
  powerUp(surroundings: Surroundings): PoweredTwin;
}

export interface PoweredTwin {
  /** Bytes that arrive at the device's receiver, in any chunks. */
  receive(bytes: Uint8Array): void;
  powerDown(): void;
}

/** A wire that a simulated device hangs on: a PTY, a TCP socket, a real serial port, or memory. */
export interface Bus {
  /** What the other side opens. It stays the same over unplugging, as a path below /dev/serial/by-id does. */
  readonly path: string;
  /** Resolves when the other side can open the path. */
  plugIn(): Promise<void>;
  /** The device vanishes, as when its cable is pulled. */
  unplug(): Promise<void>;
  /** Bytes of the device; lost while unplugged. */
  send(bytes: Uint8Array): void;
  /** Bytes from the other side. */
  onData(listener: (bytes: Uint8Array) => void): Cancel;
  /** Gives everything back to the system. */
  close(): Promise<void>;
}
