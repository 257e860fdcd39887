/** Firmata 2.5 as bytes: what a board takes in, and what it sends. */

export const firmata = {
  digital: 0x90,
  reportAnalog: 0xc0,
  reportDigital: 0xd0,
  analog: 0xe0,
  startSysex: 0xf0,
  pinMode: 0xf4,
  pinValue: 0xf5,
  endSysex: 0xf7,
  version: 0xf9,
  reset: 0xff,
} as const;

export const sysex = {
  analogMappingQuery: 0x69,
  analogMapping: 0x6a,
  capabilityQuery: 0x6b,
  capabilities: 0x6c,
  pinStateQuery: 0x6d,
  pinState: 0x6e,
  string: 0x71,
  i2cRequest: 0x76,
  i2cReply: 0x77,
  i2cConfig: 0x78,
  firmware: 0x79,
  samplingInterval: 0x7a,
} as const;

/** How many bytes follow a command; those below F0 carry a channel in their low half. */
const dataLengths: ReadonlyMap<number, number> = new Map([
  [firmata.digital, 2],
  [firmata.reportAnalog, 1],
  [firmata.reportDigital, 1],
  [firmata.analog, 2],
  [firmata.pinMode, 2],
  [firmata.pinValue, 2],
  [firmata.version, 0],
  [firmata.reset, 0],
]);

/** The firmware has room for so many bytes of one message. */
const sysexRoom = 64;

export interface FirmataListener {
  /** @param channel of commands below F0 */
  onCommand(command: number, channel: number, data: readonly number[]): void;
  onSysex(command: number, data: readonly number[]): void;
}

/** Cuts incoming bytes, in any chunks, into messages. What is none is passed over. */
export function firmataParser({ onCommand, onSysex }: FirmataListener): (bytes: Uint8Array) => void {
  let message: number[] = [];

  function takeInSysex(byte: number): void {
    if (byte !== firmata.endSysex) {
      if (message.length <= sysexRoom) message.push(byte);
      return;
    }
    const [, command, ...data] = message;
    message = [];
    if (command !== undefined && data.length < sysexRoom) onSysex(command, data);
  }

  function takeCommand(byte: number): void {
    const isCommand = byte >= 0x80;
    if (isCommand) message = [byte];
    else if (message.length > 0) message.push(byte);
    const [first = 0, ...data] = message;
    const command = first < 0xf0 ? first & 0xf0 : first;
    if (message.length === 0 || dataLengths.get(command) !== data.length) return;
    message = [];
    onCommand(command, first & 0x0f, data);
  }

  return (bytes) => {
    for (const byte of bytes) {
      if (message[0] === firmata.startSysex) takeInSysex(byte);
      else takeCommand(byte);
    }
  };
}

export function sysexMessage(command: number, data: readonly number[]): Uint8Array {
  return Uint8Array.of(firmata.startSysex, command, ...data, firmata.endSysex);
}

/** Bytes of eight bits as pairs of seven: the low bits, then the one that is left. */
export function toPairs(bytes: readonly number[]): number[] {
  return bytes.flatMap((byte) => [byte & 0x7f, byte >> 7]);
}

/** Pairs of seven bits as bytes of eight. */
export function fromPairs(pairs: readonly number[]): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    bytes.push(((pairs[at] ?? 0) | ((pairs[at + 1] ?? 0) << 7)) & 0xff);
  }
  return bytes;
}

/** A text as pairs of seven bits. */
export function toText(text: string): number[] {
  return toPairs([...text].map((character) => character.charCodeAt(0) & 0xff));
}
