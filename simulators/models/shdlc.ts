/** The frame layer of SHDLC, after chapter 5.2 of the SPS30's datasheet. */

const boundary = 0x7e;

/** What stands for a byte that may not stand inside a frame. */
const substitutes = new Map([
  [0x7e, [0x7d, 0x5e]],
  [0x7d, [0x7d, 0x5d]],
  [0x11, [0x7d, 0x31]],
  [0x13, [0x7d, 0x33]],
]);

const originals = new Map([...substitutes].map(([original, [, second = 0]]) => [second, original]));

/** A frame around what it says, with the checksum. */
export function encodeShdlc(content: readonly number[]): Uint8Array {
  const inside = [...content, checksum(content)].flatMap((byte) => substitutes.get(byte) ?? [byte]);
  return Uint8Array.of(boundary, ...inside, boundary);
}

/** Takes bytes in any chunks, and hands on what each frame with a right checksum says. */
export function decodeShdlc(take: (content: readonly number[]) => void): (bytes: Uint8Array) => void {
  let inside: number[] = [];
  let isSubstitute = false;

  function end(): void {
    const content = inside.slice(0, -1);
    if (content.length > 0 && inside.at(-1) === checksum(content)) take(content);
    inside = [];
    isSubstitute = false;
  }

  return (bytes) => {
    for (const byte of bytes) {
      if (byte === boundary) end();
      else if (byte === 0x7d) isSubstitute = true;
      else {
        inside.push(isSubstitute ? (originals.get(byte) ?? byte) : byte);
        isSubstitute = false;
      }
    }
  };
}

function checksum(content: readonly number[]): number {
  return 255 - (content.reduce((sum, byte) => sum + byte, 0) % 256);
}
