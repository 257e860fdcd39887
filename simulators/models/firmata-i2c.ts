import type { Cancel, Clock } from '../../drivers/ports.js';
import { fromPairs, sysex, sysexMessage, toPairs, toText } from './firmata-messages.js';
import type { I2cPart, PoweredI2cPart } from './i2c.js';

/** The I2C side of StandardFirmata. */
export interface FirmataI2c {
  /** To the state after power-up; the chips notice nothing. */
  reset(): void;
  onSysex(command: number, data: readonly number[]): void;
  powerDown(): void;
}

const mode = { write: 0x00, readOnce: 0x08, readOn: 0x10, stop: 0x18 } as const;
const modeBits = 0x18;
const tenBitAddress = 0x20;

const mostQueries = 8;

/** Time between two continuous reads, in ms. */
const interval = { default: 19, least: 1 };

/** A read that the firmware repeats. */
interface Query {
  address: number;
  register: number | undefined;
  count: number;
}

export function firmataI2c(
  chips: ReadonlyMap<I2cPart['address'], PoweredI2cPart>,
  clock: Clock,
  send: (message: Uint8Array) => void,
): FirmataI2c {
  let isEnabled = false;
  let every = interval.default;
  let queries: Query[] = [];
  let cancelTick: Cancel | undefined;
  /** The firmware sends this buffer even where a chip gave less than was asked: then with what it held before. */
  const received = new Array<number>(64).fill(0);

  function say(text: string): void {
    send(sysexMessage(sysex.string, toText(text)));
  }

  function readAndReport({ address, register, count }: Query): void {
    const chip = chips.get(address);
    if (register !== undefined) chip?.write([register]);
    const bytes = chip?.read(count) ?? [];
    if (bytes.length < count) say('I2C: Too few bytes received');
    received.splice(0, bytes.length, ...bytes);
    const reply = [address, register ?? 0, ...received.slice(0, count)];
    send(sysexMessage(sysex.i2cReply, toPairs(reply)));
  }

  function tick(): void {
    cancelTick = undefined;
    for (const query of queries) readAndReport(query);
    keepTicking();
  }

  function keepTicking(): void {
    if (queries.length > 0) cancelTick ??= clock.after(every, tick);
  }

  function stopTicking(): void {
    cancelTick?.();
    cancelTick = undefined;
  }

  function readOn(query: Query): void {
    if (queries.length === mostQueries) {
      say('too many queries');
      return;
    }
    queries.push(query);
    keepTicking();
  }

  /** With one query left, any address stops it. */
  function stop(address: number): void {
    const first = queries.length === 1 ? 0 : queries.findIndex((query) => query.address === address);
    if (first >= 0) queries.splice(first, 1);
    if (queries.length === 0) stopTicking();
  }

  function request(address: number, how: number, bytes: readonly number[]): void {
    const [first = 0, second] = bytes;
    const query = {
      address,
      register: second === undefined ? undefined : first,
      count: Math.min(second ?? first, received.length),
    };
    switch (how & modeBits) {
      case mode.write:
        chips.get(address)?.write(bytes);
        break;
      case mode.readOnce:
        readAndReport(query);
        break;
      case mode.readOn:
        readOn(query);
        break;
      case mode.stop:
        stop(address);
        break;
    }
  }

  return {
    reset() {
      isEnabled = false;
      every = interval.default;
      queries = [];
      stopTicking();
    },
    onSysex(command, data) {
      const [first = 0, second = 0, ...pairs] = data;
      if (command === sysex.samplingInterval) every = Math.max(interval.least, first | (second << 7));
      if (command === sysex.i2cConfig) isEnabled = true;
      if (command !== sysex.i2cRequest || !isEnabled || data.length < 2) return;
      if (second & tenBitAddress) say('10-bit addressing not supported');
      else request(first, second, fromPairs(pairs));
    },
    powerDown: stopTicking,
  };
}
