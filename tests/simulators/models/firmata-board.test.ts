import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bme280Part } from '../../../simulators/models/bme280.js';
import { firmataBoard } from '../../../simulators/models/firmata-board.js';
import type { I2cPart } from '../../../simulators/models/i2c.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { springDay } from '../../rigs/firmata-rig.js';

/** A board that has started, and what it said since. */
async function board(...parts: I2cPart[]) {
  const clock = virtualClock();
  let said: string[] = [];
  const powered = firmataBoard('board', parts).powerUp({
    clock,
    air: () => springDay,
    send: (message) => said.push(Buffer.from(message).toString('hex')),
  });
  await clock.advance(300);
  const hear = () => {
    const heard = said;
    said = [];
    return heard;
  };
  const greeting = hear();
  return {
    clock,
    greeting,
    hear,
    receive: powered.receive,
    powerDown: powered.powerDown,
    ask(hex: string) {
      powered.receive(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
      return hear();
    },
  };
}

const text = (words: string) =>
  `f071${[...words].map((each) => `${Buffer.from(each).toString('hex')}00`).join('')}f7`;
const tooFew = text('I2C: Too few bytes received');

describe('a simulated Firmata board', () => {
  it('says its version and its firmware when it has started, and when it is asked', async () => {
    const { greeting, ask } = await board();
    expect(greeting).toHaveLength(2);
    expect(greeting[0]).toBe('f90205');
    expect(greeting[1]).toMatch(/^f0790205(..00)+f7$/);
    expect(ask('f9 f079f7')).toEqual(greeting);
  });

  it('says what its 20 pins can do, and which are analog', async () => {
    const { ask } = await board();
    const [capabilities = ''] = ask('f06bf7');
    const pins = capabilities.slice(4, -2).match(/((?!7f)....)*7f/g);
    expect(pins).toHaveLength(20);
    expect(pins?.[0]).toBe('7f');
    expect(pins?.[18]).toContain('0601');
    expect(ask('f069f7')).toEqual([`f06a${'7f'.repeat(14)}000102030405f7`]);
  });

  it('sets the modes of pins and reports their levels', async () => {
    const { ask } = await board();
    expect(ask('d001')).toEqual(['900000']);
    expect(ask('f4020b')).toEqual(['900400']);
    expect(ask('f06d02f7')).toEqual(['f06e020b01f7']);
    expect(ask('f40000')).toEqual([text('Unknown pin mode')]);
    expect(ask('ff d001')).toEqual(['900000']);
  });

  it('writes to and reads from a chip once its I2C bus is set up', async () => {
    const { ask } = await board(bme280Part());
    const readId = 'f076 76 08 5001 0100 f7';
    expect(ask(readId)).toEqual([]);
    ask('f078 0000 f7');
    expect(ask(readId)).toEqual(['f07776005001' + '6000f7']);
  });

  it('complains where a chip does not answer, and answers with what it has left from before', async () => {
    const { ask } = await board(bme280Part());
    ask('f078 0000 f7');
    ask('f076 76 08 5001 0100 f7');
    expect(ask('f076 44 08 0100 f7')).toEqual([tooFew, 'f077440000006000f7']);
  });

  it('reads on at its sampling interval until it is told to stop', async () => {
    const { ask, clock, hear, powerDown } = await board(bme280Part());
    ask('f078 0000 f7 f07a 6400 f7 f076 76 10 5001 0100 f7');
    await clock.advance(350);
    expect(hear()).toEqual(new Array(3).fill('f077760050016000f7'));
    ask('f076 76 18 f7');
    await clock.advance(1_000);
    expect(hear()).toEqual([]);

    ask('f076 76 10 5001 0100 f7');
    ask('ff');
    await clock.advance(1_000);
    expect(hear()).toEqual([]);
    powerDown();
  });

  it('understands messages in any chunks', async () => {
    const messages = Buffer.from('f9f079f7f06bf7f069f7d001f4020bf0780000f7f076760850010100f7', 'hex');
    const whole = (await board(bme280Part())).ask(messages.toString('hex'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 60, maxLength: 60 }),
        async (sizes) => {
          const { receive, hear } = await board(bme280Part());
          let at = 0;
          for (const size of sizes) {
            receive(messages.subarray(at, at + size));
            at += size;
          }
          expect(hear()).toEqual(whole);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('bears any bytes, and is itself again after them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 90 })), async (chunks) => {
        const { receive, clock, hear, ask, powerDown } = await board(bme280Part());
        for (const chunk of chunks) receive(chunk);
        receive(Uint8Array.of(0xf7, 0xff));
        await clock.advance(100);
        hear();
        expect(ask('f9')).toEqual(['f90205']);
        powerDown();
      }),
      { numRuns: 60 },
    );
  });
});
