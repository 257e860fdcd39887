import { decode } from 'fast-png';
import type { Frame } from '../supervision/frames.js';

/** The pixels of a PNG as Chromium makes them: 8 bits for each of 3 or 4 channels. Throws where it is something else. */
export function frameOf(png: Uint8Array): Frame {
  const { width, height, channels, depth, data } = decode(png);
  if (depth !== 8 || (channels !== 3 && channels !== 4)) {
    throw new Error(`expected a picture of 8-bit colours, found ${channels} channels of ${depth} bits`);
  }
  const pixels = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      pixels[pixel * 4 + channel] = data[pixel * channels + channel] ?? 0;
    }
  }
  return { width, height, pixels };
}
