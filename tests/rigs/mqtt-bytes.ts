/** MQTT 3.1.1 packets as bytes, after its specification. */

/** A PUBLISH at QoS 1. */
export function publishPacket(topic: string, payload: string, id: number): Buffer {
  const name = Buffer.from(topic);
  return packet(0x32, Buffer.concat([word(name.length), name, word(id), Buffer.from(payload)]));
}

export function pubackPacket(id: number): Buffer {
  return packet(0x40, word(id));
}

function packet(head: number, rest: Buffer): Buffer {
  return Buffer.concat([Buffer.of(head, ...remainingLength(rest.length)), rest]);
}

/** Seven bits a byte, the lowest first. */
function remainingLength(length: number): number[] {
  return length < 128 ? [length] : [128 + (length % 128), ...remainingLength(Math.floor(length / 128))];
}

function word(value: number): Buffer {
  return Buffer.of(value >> 8, value & 0xff);
}
