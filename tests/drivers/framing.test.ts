import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame, Framing } from '../../drivers/contract.js';
import { createFramer } from '../../drivers/framing/framer.js';
import { serialModels } from '../serial-models.js';

describe.each(serialModels.map((model) => ({ model: model.driver.model, ...model })))(
  'the frames of a $model',
  ({ driver: { framing }, messages, longest = 40 }) => {
    const frames = messages.map(({ frame }) => frame);
    /** Bytes of any kind, among them starts of frames, and frames with a byte changed. */
    const noise = fc
      .array(
        fc.oneof(
          fc.uint8Array({ maxLength: 4 }),
          fc
            .tuple(frames, fc.nat(longest))
            .map(([frame, length]) => frame.subarray(0, length % frame.length)),
          fc.tuple(frames, fc.nat(longest), fc.integer({ min: 1, max: 255 })).map(damage),
        ),
        { maxLength: 4 },
      )
      .map(concat);
    const cuts = fc.array(fc.nat(1_000), { maxLength: 30 });

    it('are all found among garbage that holds none itself, and everything else is counted', () => {
      const streams = fc.tuple(fc.array(fc.tuple(noise, frames), { maxLength: 6 }), noise, cuts);
      fc.assert(
        fc.property(streams, ([parts, last, at]) => {
          const bytes = concat([...parts.flat(), last]);
          const garbage = garbagePositions(parts, last);
          fc.pre(!garbage.some((position) => startsFrame(framing, bytes, position) === 'good'));

          const result = run(framing, bytes, at);
          expect(result.frames).toEqual(parts.map(([, frame]) => frame));
          expect(result.counts).toEqual({
            rejectedBytes: garbage.length,
            badFrames: garbage.filter((position) => startsFrame(framing, bytes, position) === 'bad').length,
          });
        }),
      );
    });

    it('are the same however the bytes are cut into chunks', () => {
      const streams = fc.array(fc.oneof(noise, frames), { maxLength: 12 }).map(concat);
      fc.assert(
        fc.property(streams, cuts, (bytes, at) => {
          expect(run(framing, bytes, at)).toEqual(run(framing, bytes, []));
          expect(run(framing, bytes, [...bytes.keys()])).toEqual(run(framing, bytes, []));
        }),
      );
    });

    it('and the rejected bytes together are all bytes there were, whatever those are', () => {
      fc.assert(
        fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), noise), cuts, (bytes, at) => {
          const { frames: found, counts } = run(framing, bytes, at);
          expect(found.every((frame) => framing.valid(frame))).toBe(true);
          expect(concat(found).length + counts.rejectedBytes).toBe(bytes.length);
        }),
      );
    });

    it('never make the framer hold back a whole frame', () => {
      fc.assert(
        fc.property(fc.array(fc.oneof(noise, frames), { maxLength: 12 }), (chunks) => {
          const framer = createFramer(framing);
          let taken = 0;
          let given = 0;
          for (const chunk of chunks) {
            taken += chunk.length;
            given += concat(framer.push(chunk)).length;
            expect(taken - given - framer.counts().rejectedBytes).toBeLessThan(longest);
          }
        }),
      );
    });

    it('do not change when the chunk they came in is used again', () => {
      fc.assert(
        fc.property(frames, (frame) => {
          const framer = createFramer(framing);
          const chunk = Uint8Array.from(frame);
          const [first, ...others] = [
            ...framer.push(chunk.subarray(0, 3)),
            ...framer.push(chunk.subarray(3)),
          ];
          chunk.fill(0);
          expect([first, others]).toEqual([frame, []]);
        }),
      );
    });
  },
);

describe('a framer', () => {
  const brackets: Framing = {
    head: [0x28, 0x28],
    needs: 3,
    length: ([, , size]) => size,
    valid: (frame) => frame.at(-1) === 0x29,
  };
  const text = (bytes: Frame) => Buffer.from(bytes).toString('latin1');

  it('takes a length shorter than what tells it for no frame', () => {
    const framer = createFramer(brackets);
    expect(framer.push(Uint8Array.of(0x28, 0x28, 0, 0x28, 0x28, 2, 0x28, 0x28, 4, 0x29)).map(text)).toEqual([
      '((\x04)',
    ]);
    expect(framer.counts()).toEqual({ rejectedBytes: 6, badFrames: 0 });
  });

  it('finds at the end what a false head held back', () => {
    const framer = createFramer(brackets);
    expect(framer.push(Uint8Array.of(0x28, 0x28, 40, 0x28, 0x28, 5, 0x2a, 0x29, 0x28))).toEqual([]);
    expect(framer.finish().map(text)).toEqual(['((\x05*)']);
    expect(framer.counts()).toEqual({ rejectedBytes: 4, badFrames: 0 });
  });

  it('starts anew after the end', () => {
    const framer = createFramer(brackets);
    framer.push(Uint8Array.of(0x28, 0x28));
    expect(framer.finish()).toEqual([]);
    expect(framer.push(Uint8Array.of(4, 0x29, 0x28, 0x28, 4, 0x29)).map(text)).toEqual(['((\x04)']);
  });
});

function run(framing: Framing, bytes: Uint8Array, at: readonly number[]) {
  const framer = createFramer(framing);
  const ends = [...at.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
  let start = 0;
  const frames = ends.flatMap((end) => {
    const chunk = bytes.slice(start, end);
    start = end;
    return framer.push(chunk);
  });
  return { frames: [...frames, ...framer.finish()], counts: framer.counts() };
}

/** What the bytes from a position on are, told from the framing's own three questions. */
function startsFrame(framing: Framing, bytes: Uint8Array, position: number): 'good' | 'bad' | 'none' {
  const rest = bytes.subarray(position);
  if (rest.length < framing.needs || framing.head.some((byte, index) => rest[index] !== byte)) return 'none';
  const length = framing.length(rest);
  if (length === undefined || length === 'open' || rest.length < length) return 'none';
  return framing.valid(rest.slice(0, length)) ? 'good' : 'bad';
}

function garbagePositions(parts: readonly [Uint8Array, Uint8Array][], last: Uint8Array): number[] {
  let at = 0;
  const positions: number[] = [];
  for (const [noise, frame] of [...parts, [last, new Uint8Array()] as const]) {
    for (const _ of noise) positions.push(at++);
    at += frame.length;
  }
  return positions;
}

function damage([frame, at, change]: [Uint8Array, number, number]): Uint8Array {
  return frame.map((byte, index) => (index === at % frame.length ? byte ^ change : byte));
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
}
