/** Kinds of MQTT packets, as the high half of their first byte has them. */
export const packetKinds = { connect: 1, publish: 3, puback: 4 } as const;

/** The part of one packet that lies in one chunk. */
export interface PacketPart {
  kind: number;
  bytes: Uint8Array;
  /** The packet's last byte is in it. */
  ends: boolean;
}

/** A remaining length takes at most so many bytes. */
const longestLength = 4;

/**
 * Divides one direction of an MQTT connection where its packets end, by their fixed headers alone. Bytes whose header
 * is not MQTT's belong to one packet without an end.
 */
export function packetReader(): (chunk: Uint8Array) => PacketPart[] {
  let kind: number | undefined;
  let lengthBytes = 0;
  /** Bytes that follow; unknown until the length has been read. */
  let left: number | undefined;
  let length = 0;

  /** @returns how many bytes of the chunk, from a position on, belong to the packet */
  function take(chunk: Uint8Array, from: number): number {
    let at = from;
    if (kind === undefined) kind = (chunk[at++] ?? 0) >> 4;
    while (left === undefined && at < chunk.length) {
      const byte = chunk[at++] ?? 0;
      length += (byte & 0x7f) * 128 ** lengthBytes++;
      if (byte < 0x80) left = length;
      else if (lengthBytes === longestLength) left = Number.POSITIVE_INFINITY;
    }
    const body = Math.min(left ?? 0, chunk.length - at);
    if (left !== undefined) left -= body;
    return at + body - from;
  }

  return (chunk) => {
    const parts: PacketPart[] = [];
    for (let at = 0; at < chunk.length; ) {
      const taken = take(chunk, at);
      const ends = left === 0;
      parts.push({ kind: kind ?? 0, bytes: chunk.subarray(at, at + taken), ends });
      at += taken;
      if (!ends) continue;
      kind = left = undefined;
      lengthBytes = length = 0;
    }
    return parts;
  };
}
