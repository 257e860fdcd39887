/** From the best to what is still worth a look, each so wide, in pixels, at such a quality, in percent. */
const tries = [
  { width: 720, quality: 70 },
  { width: 720, quality: 45 },
  { width: 540, quality: 45 },
  { width: 360, quality: 35 },
  { width: 240, quality: 25 },
] as const;

/** The best picture of at most so many bytes. Rejects where there is none. */
export async function boundedPicture(
  take: (width: number, quality: number) => Promise<Uint8Array>,
  mostBytes: number,
): Promise<Uint8Array> {
  for (const { width, quality } of tries) {
    const picture = await take(width, quality);
    if (picture.length <= mostBytes) return picture;
  }
  throw new Error(`no picture of the screen is smaller than ${mostBytes} bytes`);
}
