/** Bytes of a WAV header as programs write it: RIFF, its size, WAVE, a format of 16 bytes, the size of the samples. */
const header = { length: 44, riffSize: 4, dataSize: 40 };

/** A WAV file whose sizes say how long it is, which a program that writes into a pipe cannot know; undefined for none. */
export function wholeWav(bytes: Uint8Array): Uint8Array | undefined {
  if (!hasHeader(bytes)) return undefined;
  const whole = Uint8Array.from(bytes);
  const view = new DataView(whole.buffer);
  view.setUint32(header.riffSize, whole.length - 8, true);
  view.setUint32(header.dataSize, whole.length - header.length, true);
  return whole;
}

/** False for a file that a power cut left half written. */
export function isWholeWav(bytes: Uint8Array): boolean {
  if (!hasHeader(bytes)) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(header.dataSize, true) === bytes.length - header.length;
}

function hasHeader(bytes: Uint8Array): boolean {
  const text = (from: number) => String.fromCharCode(...bytes.subarray(from, from + 4));
  return (
    bytes.length > header.length &&
    text(0) === 'RIFF' &&
    text(8) === 'WAVE' &&
    text(12) === 'fmt ' &&
    text(36) === 'data'
  );
}
