import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packetKinds, packetReader } from '../../simulators/mqtt-packets.js';
import { pubackPacket, publishPacket } from '../rigs/mqtt-bytes.js';

const id = fc.integer({ min: 1, max: 65_535 });
const publish = fc
  .tuple(fc.string({ minLength: 1 }), fc.string({ maxLength: 40_000 }), id)
  .map((fields) => publishPacket(...fields));
const puback = id.map(pubackPacket);

it('finds the packets, however the stream is chopped', () => {
  const packets = fc.array(fc.oneof(publish, puback), { maxLength: 8 });
  fc.assert(
    fc.property(packets, fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1 }), (sent, sizes) => {
      const read = packetReader();
      const parts = chop(Buffer.concat(sent), sizes).flatMap(read);
      const found: Buffer[] = [];
      const open: Uint8Array[] = [];
      for (const { bytes, ends } of parts) {
        open.push(bytes);
        if (ends) found.push(Buffer.concat(open.splice(0)));
      }
      expect(open).toEqual([]);
      expect(found.map((packet) => packet.toString('hex'))).toEqual(
        sent.map((packet) => packet.toString('hex')),
      );
    }),
  );
});

it('says of each part what kind of packet it belongs to', () => {
  const read = packetReader();
  const kinds = chop(publishPacket('a', 'b', 7), [1])
    .flatMap(read)
    .map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set([packetKinds.publish]));
});

it('takes what is no MQTT for one packet without an end, and loses no byte of it', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (chunks) => {
      const read = packetReader();
      const parts = chunks.flatMap(read);
      expect(Buffer.concat(parts.map(({ bytes }) => bytes))).toEqual(Buffer.concat(chunks));
    }),
  );
  const read = packetReader();
  expect(read(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff, 1, 2)).map(({ ends }) => ends)).toEqual([false]);
});

function chop(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = sizes[chunks.length % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}
