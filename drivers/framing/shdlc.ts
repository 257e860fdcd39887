import type { Frame, Framing } from '../contract.js';
import { sum } from './bytes.js';

/**
 * SHDLC, the serial protocol of Sensirion. A frame stands between two flags; between them, what could be taken for a
 * flag or for flow control goes as two bytes.
 */

/** The answer to a command. */
interface Answer {
  command: number;
  /** True where the device knows that a part of it fails. */
  isBroken: boolean;
  /** Why the command was not carried out; 0 where it was. */
  refusal: number;
  data: Uint8Array;
}

const flag = 0x7e;
const escapeByte = 0x7d;
const escaped = 0x20;
const stuffed: readonly number[] = [flag, escapeByte, 0x11, 0x13];

/** Address, command, state, length and checksum. */
const aroundData = 5;

/** Flags, and the shortest answer between them. */
const least = 2 + aroundData;

/** The frames of a device whose answers have at most so many bytes of data. */
export function shdlcFraming(mostData: number): Framing {
  const longest = 2 + 2 * (aroundData + mostData);
  return {
    head: [flag],
    needs: 2,
    length(start) {
      const end = start.subarray(0, longest).indexOf(flag, 1);
      if (end < 0) return start.length < longest ? 'open' : undefined;
      return end + 1 < least ? undefined : end + 1;
    },
    valid: (frame) => readAnswer(frame) !== undefined,
  };
}

/** The answer in a frame of the device with address 0; undefined where there is none. */
export function readAnswer(frame: Frame): Answer | undefined {
  const bytes = unstuff(frame.subarray(1, -1));
  if (!bytes || bytes.length < aroundData) return undefined;
  const [address, command = 0, state = 0, length] = bytes;
  const isWhole = address === 0 && length === bytes.length - aroundData && (sum(bytes) & 0xff) === 0xff;
  if (!isWhole) return undefined;
  return { command, isBroken: state >= 0x80, refusal: state & 0x7f, data: bytes.subarray(4, -1) };
}

/** The frame of a command to the device with address 0. */
export function shdlcCommand(command: number, ...data: number[]): Uint8Array {
  const body = [0, command, data.length, ...data];
  return Uint8Array.of(flag, ...[...body, ~sum(body) & 0xff].flatMap(stuff), flag);
}

function stuff(byte: number): number[] {
  return stuffed.includes(byte) ? [escapeByte, byte ^ escaped] : [byte];
}

/** Undefined where an escape stands before what is never escaped. */
function unstuff(bytes: Uint8Array): Uint8Array | undefined {
  const plain: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== escapeByte) {
      plain.push(byte);
      continue;
    }
    const original = (bytes[++at] ?? 0) ^ escaped;
    if (!stuffed.includes(original)) return undefined;
    plain.push(original);
  }
  return Uint8Array.from(plain);
}
