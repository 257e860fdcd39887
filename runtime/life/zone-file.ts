/** A time zone as the system's files (TZif, RFC 8536, version 2 and later) have it: when its offset changed. */
export interface ZoneFile {
  /** Seconds since 1970 at which each offset began, rising. */
  starts: readonly number[];
  /** Ahead of UTC, in s, from each start on; before the first it is `first`. */
  offsets: readonly number[];
  first: number;
  /** Whether after the last start a rule goes on changing it, which is not read here. */
  goesOn: boolean;
}

/** Ahead of UTC, in ms; undefined where the file leaves it to a rule. @param time in ms since 1970 */
export function offsetIn({ starts, offsets, first, goesOn }: ZoneFile, time: number): number | undefined {
  const index = starts.findLastIndex((start) => start * 1_000 <= time);
  if (goesOn && index === starts.length - 1) return undefined;
  return (offsets[index] ?? first) * 1_000;
}

/** Throws a RangeError where it is no such file. */
export function parseZoneFile(bytes: Uint8Array): ZoneFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const old = readHead(view, 0);
  const head = readHead(view, old.body + lengthOf(old, 4));
  const { body, transitions, types } = head;
  const typesAt = body + transitions * 9;

  function offsetOf(type: number): number {
    if (type >= types) throw new RangeError('a type of local time that the file does not have');
    return view.getInt32(typesAt + type * 6);
  }

  const each = Array.from({ length: transitions }, (_, index) => index);
  const starts = each.map((index) => Number(view.getBigInt64(body + index * 8)));
  const offsets = each.map((index) => offsetOf(view.getUint8(body + transitions * 8 + index)));
  const rule = new TextDecoder().decode(bytes.subarray(body + lengthOf(head, 8)));
  return { starts, offsets, first: offsetOf(0), goesOn: rule.includes(',') };
}

interface Head {
  /** Where what it is the head of begins. */
  body: number;
  universals: number;
  standards: number;
  leaps: number;
  transitions: number;
  types: number;
  letters: number;
}

function readHead(view: DataView, at: number): Head {
  const isZone = view.getUint32(at) === 0x545a_6966;
  const version = view.getUint8(at + 4) - 0x30;
  if (!isZone || !(version >= 2)) throw new RangeError('no zone file of version 2 or later');
  const count = (place: number) => {
    const number = view.getUint32(at + 20 + place * 4);
    if (number > view.byteLength) throw new RangeError('more than the file can hold');
    return number;
  };
  const [universals, standards, leaps] = [count(0), count(1), count(2)];
  return {
    body: at + 44,
    universals,
    standards,
    leaps,
    transitions: count(3),
    types: count(4),
    letters: count(5),
  };
}

/** @param size of a time, in bytes */
function lengthOf({ universals, standards, leaps, transitions, types, letters }: Head, size: number): number {
  return transitions * (size + 1) + types * 6 + letters + leaps * (size + 4) + standards + universals;
}
