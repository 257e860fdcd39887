/**
 * Picks commands of one length out of whatever arrives, in any chunks: a window slides over the bytes until it fits.
 *
 * @param fits true for a whole command whose checksum is right
 * @returns what takes the bytes
 */
export function commandWindow(
  length: number,
  fits: (bytes: readonly number[]) => boolean,
  obey: (command: readonly number[]) => void,
): (bytes: Uint8Array) => void {
  let window: number[] = [];
  return (bytes) => {
    for (const byte of bytes) {
      window = [...window, byte].slice(-length);
      if (window.length < length || !fits(window)) continue;
      const command = window;
      window = [];
      obey(command);
    }
  };
}
