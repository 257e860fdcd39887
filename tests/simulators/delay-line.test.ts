import fc from 'fast-check';
import { expect, it } from 'vitest';
import { delayLine, goodLine, type Line } from '../../simulators/delay-line.js';
import { virtualClock } from '../../simulators/virtual-clock.js';

function rig(line: Line) {
  const clock = virtualClock();
  const arrived: { bytes: Uint8Array | undefined; at: number }[] = [];
  const start = clock.monotonic();
  const way = delayLine({
    line: () => line,
    clock,
    deliver: (bytes) => arrived.push({ bytes, at: clock.monotonic() - start }),
  });
  return { clock, arrived, way };
}

const text = (arrived: { bytes: Uint8Array | undefined }[]) =>
  Buffer.concat(arrived.map(({ bytes }) => bytes ?? Buffer.from('.'))).toString();

it('delivers at once on a good line', () => {
  const { arrived, way } = rig(goodLine);
  way.send(Buffer.from('hello'));
  way.end();
  expect(text(arrived)).toBe('hello.');
});

it('holds each byte for the latency', async () => {
  const { clock, arrived, way } = rig({ ...goodLine, latency: 300 });
  way.send(Buffer.from('a'));
  await clock.advance(299);
  expect(arrived).toEqual([]);
  await clock.advance(2);
  expect(text(arrived)).toBe('a');
});

it('lets no more bytes pass than the bandwidth allows', async () => {
  const { clock, arrived, way } = rig({ latency: 0, bandwidth: 1_000 });
  way.send(new Uint8Array(500));
  expect(way.load()).toBeGreaterThan(400);
  await clock.advance(250);
  const half = arrived.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
  expect(half).toBeGreaterThan(190);
  expect(half).toBeLessThanOrEqual(250);
  await clock.advance(300);
  expect(way.load()).toBe(0);
});

it('keeps the order and loses nothing, however the line changes', async () => {
  const lines = fc.record({
    latency: fc.integer({ min: 0, max: 500 }),
    bandwidth: fc.integer({ min: 50, max: 1e6 }),
  });
  const sent = fc.array(fc.tuple(fc.string({ unit: 'grapheme-ascii', maxLength: 30 }), lines, fc.nat(100)));
  await fc.assert(
    fc.asyncProperty(sent, async (steps) => {
      const line = { ...goodLine };
      const { clock, arrived, way } = rig(line);
      for (const [bytes, next, pause] of steps) {
        Object.assign(line, next);
        way.send(Buffer.from(bytes));
        await clock.advance(pause);
      }
      way.end();
      await clock.advance(100_000);
      expect(text(arrived)).toBe(`${steps.map(([bytes]) => bytes).join('')}.`);
    }),
  );
});

it('delivers nothing after it is closed', async () => {
  const { clock, arrived, way } = rig({ ...goodLine, latency: 10 });
  way.send(Buffer.from('a'));
  way.close();
  await clock.advance(100);
  expect(arrived).toEqual([]);
});
