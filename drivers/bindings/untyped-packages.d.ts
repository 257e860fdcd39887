/** What we use of packages that bring no types. */

declare module 'firmata-io' {
  import type { EventEmitter } from 'node:events';

  export interface Transport extends EventEmitter {
    write(bytes: Uint8Array, written?: () => void): void;
  }

  export class Firmata extends EventEmitter {
    constructor(transport: Transport, options: { reportVersionTimeout: number });
    readonly reportVersionTimeoutId: NodeJS.Timeout;
    readonly MODES: Readonly<Record<'I2C', number>>;
    /** Bytes of the message that is being received. */
    readonly buffer: number[];
    readonly pins: readonly { supportedModes: readonly number[] }[];
    sysexCommand(message: readonly number[]): this;
    reset(): void;
  }

  const firmataIo: { Firmata: typeof Firmata };
  export default firmataIo;
}

declare module 'johnny-five' {
  import type { EventEmitter } from 'node:events';

  /** Properties that make an emitter the driver of a chip; it then emits `data` with what it computed. */
  export type ChipDefinition = PropertyDescriptorMap;

  export interface Chip extends EventEmitter {
    initialize(board: { io: ChipIo }, options: { address: number }): void;
  }

  type Take = (bytes: readonly number[]) => void;

  /** The part of johnny-five's `io` that the drivers of BME280 and SHT31D call. */
  export interface ChipIo {
    i2cConfig(options: object): void;
    /** A register and a byte, or a list of bytes. */
    i2cWrite(address: number, ...bytes: readonly (number | readonly number[])[]): void;
    /** A register, where there is one, then how many bytes. */
    i2cReadOnce(
      address: number,
      ...request: [length: number, take: Take] | [register: number, length: number, take: Take]
    ): void;
    /** Reads again and again. */
    i2cRead(address: number, register: number, length: number, take: Take): void;
  }

  const five: { IMU: { Drivers: Readonly<Record<'BME280' | 'SHT31D', ChipDefinition>> } };
  export default five;
}

declare module 'node-dht-sensor' {
  interface DhtValues {
    temperature: number;
    humidity: number;
  }

  const dht: {
    initialize(options: { test: { fake: DhtValues } }): void;
    promises: { read(type: 11 | 22, pin: number): Promise<DhtValues> };
  };
  export default dht;
}
