import type { Frame, Framing } from '../contract.js';

/** How much of a byte stream was no frame. */
export interface FramerCounts {
  /** Bytes that are part of no frame and never will be. */
  rejectedBytes: number;
  /** Runs of bytes that started like a frame and had its whole length, but not its checksum or tail. */
  badFrames: number;
}

/** Finds the frames in a byte stream, whatever lies between them and wherever the chunks are cut. */
export interface Framer {
  /** Takes the next bytes; returns the frames that they complete. */
  push(chunk: Uint8Array): Frame[];
  /** Ends the stream: what waited for more bytes is searched for frames once more. */
  finish(): Frame[];
  counts(): FramerCounts;
}

/**
 * A framer for one device. Where bytes turn out to be no frame, it moves on by a single byte, so that no valid frame
 * behind garbage is lost. It holds back less than one frame.
 */
export function createFramer(framing: Framing): Framer {
  let held: Uint8Array = new Uint8Array();
  let rejectedBytes = 0;
  let badFrames = 0;

  function push(chunk: Uint8Array): Frame[] {
    const bytes = join(held, chunk);
    const frames: Frame[] = [];
    let at = 0;
    while (at < bytes.length) {
      const found = look(framing, bytes.subarray(at));
      if (found === 'incomplete') break;
      if (typeof found === 'object') {
        frames.push(found);
        at += found.length;
        continue;
      }
      if (found === 'bad') badFrames++;
      rejectedBytes++;
      at++;
    }
    held = bytes.slice(at);
    return frames;
  }

  return {
    push,
    finish() {
      const frames: Frame[] = [];
      while (held.length > 0) {
        const rest = held.subarray(1);
        held = new Uint8Array();
        rejectedBytes++;
        frames.push(...push(rest));
      }
      return frames;
    },
    counts: () => ({ rejectedBytes, badFrames }),
  };
}

/** What the bytes start with: a frame, the whole of a bad one, the beginning of either, or nothing of ours. */
function look(
  { head, needs, length, valid }: Framing,
  bytes: Uint8Array,
): Frame | 'bad' | 'incomplete' | 'none' {
  const mismatch = head.findIndex((byte, index) => index < bytes.length && bytes[index] !== byte);
  if (mismatch >= 0) return 'none';
  if (bytes.length < Math.max(needs, head.length)) return 'incomplete';
  const size = length(bytes);
  if (size === 'open') return 'incomplete';
  if (size === undefined || size < needs) return 'none';
  if (bytes.length < size) return 'incomplete';
  const frame = bytes.slice(0, size);
  return valid(frame) ? frame : 'bad';
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
