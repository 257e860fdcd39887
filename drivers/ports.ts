/** The narrow interfaces through which drivers and ingest reach hardware and time. Bindings implement them. */

/** Undoes a subscription or a timer; calling it twice is harmless. */
export type Cancel = () => void;

/** Time as the device sees it. */
export interface Clock {
  /** Wall time in ms since 1970-01-01T00:00Z; may step in either direction. */
  now(): number;
  /** Milliseconds since an arbitrary start in this boot; never steps back. */
  monotonic(): number;
  /** Calls back once, `ms` milliseconds from now on the monotonic time. */
  after(ms: number, callback: () => void): Cancel;
}

/** Who vouches for the wall time, or what speaks against it. */
export type ClockWitness =
  /** Network time: systemd-timesyncd, chrony, or whatever else disciplines the kernel's clock. */
  | 'timesyncd'
  | 'chrony'
  | 'kernel'
  /** The kernel set the time from a battery-backed clock when it started. */
  | 'rtc'
  /** Nothing on this machine can tell; the time is at least possible. */
  | 'nobody'
  /** The time is before this program was made, so it cannot be right. */
  | 'impossible';

export interface ClockSyncState {
  synchronised: boolean;
  by: ClockWitness;
}

/** Whether the wall time can be believed. */
export interface ClockSync {
  /** May be asked every few seconds. Never rejects: what cannot be found out does not count. */
  check(): Promise<ClockSyncState>;
}

/** An open byte stream to a device: a UART, a PTY or a TCP socket. */
export interface SerialPort {
  /** Resolves when the bytes are handed to the system; rejects with a DriverError when the port is gone. */
  write(bytes: Uint8Array): Promise<void>;
  onData(listener: (chunk: Uint8Array) => void): Cancel;
  /** Called once when the port closes for any reason but `close()`. */
  onLost(listener: (error: Error) => void): Cancel;
  close(): Promise<void>;
}

/** Opens serial ports by device path (`/dev/…`) or address (`tcp://host:port`). */
export interface SerialPorts {
  /** Rejects with a DriverError whose code says why. */
  open(path: string, line: SerialLine): Promise<SerialPort>;
}

/** The settings of a UART; always 8 data bits, no parity, 1 stop bit. */
export interface SerialLine {
  baudRate: number;
}

export type Level = 0 | 1;

/** A GPIO line that is read. Levels are logical: active-low is already undone. */
export interface GpioInput {
  /** The level that counts: the one `onChange` last told, and until then the one found at opening. */
  read(): Level;
  /** Every change of level, in order; the same level never comes twice in a row. */
  onChange(listener: (level: Level) => void): Cancel;
  /** Called once when the line is taken away, as by another program that unexports it. */
  onLost(listener: (error: Error) => void): Cancel;
  close(): void;
}

/** A GPIO line that is driven. */
export interface GpioOutput {
  /** Throws a DriverError when the line is gone. */
  write(level: Level): void;
  /** Switches off, then gives the line back. */
  close(): void;
}

export interface GpioInputSettings {
  activeLow: boolean;
  /** A level must hold this long, in ms, to count. */
  debounce: number;
}

/** Opens lines by their number on the board's chip (BCM numbers on a Raspberry Pi). */
export interface GpioLines {
  /** Rejects with a DriverError whose code says why. */
  openInput(line: number, settings: GpioInputSettings): Promise<GpioInput>;
  openOutput(line: number, settings: { activeLow: boolean }): Promise<GpioOutput>;
}

/** One-wire reader of the DHT family. */
export interface DhtReader {
  /** @returns °C and %RH; rejects with a DriverError */
  read(type: 11 | 22, line: number): Promise<DhtValues>;
}

/** °C and %RH. */
export interface DhtValues {
  temperature: number;
  humidity: number;
}

/** The native package's own way to be tested: from the first call on, it reads what it was told last. */
export interface DhtTestHook {
  /** Holds for every line and type, and until the process ends. */
  fake(values: DhtValues): Promise<void>;
}

/** A board that speaks Firmata, with sensors on its I2C bus. */
export interface FirmataBoard {
  /** Starts one of johnny-five's chip drivers. Its readings are named numbers, as the chip driver computes them. */
  attach(component: FirmataComponent): FirmataSensor;
  onLost(listener: (error: Error) => void): Cancel;
  close(): Promise<void>;
}

export interface FirmataComponent {
  controller: 'BME280' | 'SHT31D';
  /** 7-bit I2C address. */
  address: number;
  /** How often the board is asked, in ms. */
  every: number;
}

export interface FirmataSensor {
  /** Each complete reading, and an empty one where the sensor's answer was no measurement. */
  onReading(listener: (reading: Readonly<Record<string, number>>) => void): Cancel;
  close(): void;
}

export interface FirmataBoards {
  /**
   * Waits for the board's firmware to answer; rejects with a DriverError. The port is closed with the board, and where
   * the opening fails.
   */
  open(port: SerialPort): Promise<FirmataBoard>;
}

/** All the ways to hardware, each usable on its own. */
export interface HardwarePorts {
  serial: SerialPorts;
  gpio: GpioLines;
  dht: DhtReader;
  firmata: FirmataBoards;
}
