import type { Surroundings } from '../contract.js';

/** A chip on an I2C bus, written from its datasheet. */
export interface I2cPart {
  /** 7 bits. */
  address: number;
  powerUp(surroundings: Pick<Surroundings, 'air' | 'clock'>): PoweredI2cPart;
}

/** What the master of the bus can do with a chip. */
export interface PoweredI2cPart {
  /** The bytes from start to stop; what the chip does not acknowledge is lost. */
  write(bytes: readonly number[]): void;
  /** So many bytes, or none where the chip does not acknowledge. */
  read(count: number): readonly number[];
}
