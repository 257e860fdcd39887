import { beforeEach, describe, expect, it } from 'vitest';
import { type SimulatedGpio, simulatedGpio } from '../../../simulators/models/gpio.js';
import { type VirtualClock, virtualClock } from '../../../simulators/virtual-clock.js';

let clock: VirtualClock;
let rig: SimulatedGpio;

beforeEach(() => {
  clock = virtualClock();
  rig = simulatedGpio({ clock, ngpio: 28 });
});

const plain = { activeLow: false, debounce: 0 };

describe('simulated GPIO', () => {
  it('lists the lines that are open, by number', async () => {
    await rig.lines.openOutput(27, { activeLow: true });
    await rig.lines.openInput(4, plain);
    expect(rig.list()).toEqual([
      { line: 4, direction: 'input', activeLow: false, level: 0 },
      { line: 27, direction: 'output', activeLow: true, level: 1 },
    ]);
  });

  it('keeps the level of a wire over closing and opening', async () => {
    const input = await rig.lines.openInput(4, plain);
    rig.set(4, 1);
    input.close();
    expect((await rig.lines.openInput(4, plain)).read()).toBe(1);
  });

  it('lets a wire be moved before its line is open', async () => {
    rig.set(4, 1);
    expect((await rig.lines.openInput(4, { activeLow: true, debounce: 0 })).read()).toBe(0);
  });

  it('chatters for the spells that are asked for', async () => {
    const input = await rig.lines.openInput(4, plain);
    const edges: string[] = [];
    input.onChange((level) => edges.push(`${clock.monotonic()}: ${level}`));
    rig.set(4, 1, [2, 3, 1, 1]);
    await clock.advance(100);
    expect(edges).toEqual(['0: 1', '2: 0', '5: 1', '6: 0', '7: 1']);
  });

  it('releases after the press has been held', async () => {
    const input = await rig.lines.openInput(4, { activeLow: true, debounce: 0 });
    const edges: string[] = [];
    input.onChange((level) => edges.push(`${clock.monotonic()}: ${level}`));
    rig.press(4, { hold: 80 });
    await clock.advance(100);
    expect(edges).toEqual(['0: 1', '80: 0']);
  });

  it('leaves off one movement of a wire for the next', async () => {
    const input = await rig.lines.openInput(4, plain);
    rig.press(4, { hold: 80 });
    rig.set(4, 1);
    await clock.advance(100);
    expect(input.read()).toBe(1);
  });

  it('refuses a line that is open, and one that the chip has not', async () => {
    await rig.lines.openInput(4, plain);
    await expect(rig.lines.openOutput(4, plain)).rejects.toMatchObject({ code: 'PORT_BUSY' });
    await expect(rig.lines.openInput(28, plain)).rejects.toMatchObject({
      code: 'GPIO_UNAVAILABLE',
      message: 'There is no GPIO line 28: the simulated chip has lines 0 to 27.',
    });
    expect(() => rig.set(28, 1)).toThrowError('no GPIO line 28');
  });

  it('says what a hand cannot do, and to which lines it could', async () => {
    await rig.lines.openOutput(27, plain);
    expect(() => rig.set(27, 1)).toThrowError('GPIO line 27 is an output: the shelter drives it.');
    expect(() => rig.press(4)).toThrowError('GPIO line 4 is not open as an input; open: 27 (output).');
    expect(() => rig.shows(4)).toThrowError('GPIO line 4 is not open as an output; open: 27 (output).');
    expect(() => rig.takeAway(4)).toThrowError(
      'GPIO line 4 is not open as an input or output; open: 27 (output).',
    );
  });
});
