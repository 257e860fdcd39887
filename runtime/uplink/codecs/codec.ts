import type { Log, Logs } from '../../store/port.js';

/** Whose rows are sent. With a row's seq it names the row for ever. */
export interface Device {
  id: string;
  epoch: string;
}

/** Turns rows of the store into the bytes of one message. It takes every row that its type allows. */
export interface Codec {
  /** As a site file and the log name it. */
  name: string;
  /** Media type of what `encode` gives. */
  contentType: string;
  encode: { [L in Log]: (rows: readonly Logs[L][], device: Device) => Uint8Array };
}
