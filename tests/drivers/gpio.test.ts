import { beforeEach, describe, expect, it } from 'vitest';
import type { InputDriver, OutputDriver } from '../../drivers/contract.js';
import type { GpioInput, Level } from '../../drivers/ports.js';
import { button } from '../../drivers/sensors/button.js';
import { door } from '../../drivers/sensors/door.js';
import { led } from '../../drivers/sensors/led.js';
import { presence } from '../../drivers/sensors/presence.js';
import { relay } from '../../drivers/sensors/relay.js';
import { type SimulatedGpio, simulatedGpio, wornButton } from '../../simulators/models/gpio.js';
import { type VirtualClock, virtualClock } from '../../simulators/virtual-clock.js';

const line = 17;

let clock: VirtualClock;
let rig: SimulatedGpio;

beforeEach(() => {
  clock = virtualClock();
  rig = simulatedGpio({ clock });
});

/** Opens an input as a site file with these options does, and notes the states it goes through. */
async function watch<Options>(driver: InputDriver<Options>, options: unknown = {}) {
  const input = await rig.lines.openInput(line, driver.settings(driver.options.parse(options)));
  return { input, states: statesOf(driver.states, input) };
}

function statesOf([inactive, active]: readonly [string, string], input: GpioInput): string[] {
  const name = (level: Level) => (level === 1 ? active : inactive);
  const states = [name(input.read())];
  input.onChange((level) => states.push(name(level)));
  return states;
}

async function drive<Options>(driver: OutputDriver<Options>, options: unknown = {}) {
  return rig.lines.openOutput(line, driver.settings(driver.options.parse(options)));
}

function wire(): Level | undefined {
  return rig.list().find((open) => open.line === line)?.level;
}

describe('a button', () => {
  it('is pressed while it pulls its line to ground', async () => {
    const { states } = await watch(button);
    expect(wire()).toBe(1);
    rig.set(line, 0);
    await clock.advance(1_000);
    rig.set(line, 1);
    await clock.advance(1_000);
    expect(states).toEqual(['released', 'pressed', 'released']);
  });

  it('is pressed once however it bounces', async () => {
    const { states } = await watch(button);
    rig.press(line, { hold: 150, bounce: wornButton });
    await clock.advance(1_000);
    expect(states).toEqual(['released', 'pressed', 'released']);
  });

  it('bounces visibly where nothing debounces it', async () => {
    const { states } = await watch(button, { debounce: '0 ms' });
    rig.press(line, { hold: 150, bounce: wornButton });
    await clock.advance(1_000);
    expect(states).toHaveLength(1 + 2 * (wornButton.length + 1));
    expect(states.at(-1)).toBe('released');
  });

  it('is not pressed by a touch shorter than its debounce time', async () => {
    const { states } = await watch(button, { debounce: '50 ms' });
    rig.press(line, { hold: 49 });
    await clock.advance(1_000);
    expect(states).toEqual(['released']);
    rig.press(line, { hold: 51 });
    await clock.advance(1_000);
    expect(states).toEqual(['released', 'pressed', 'released']);
  });

  it('can be wired the other way round', async () => {
    const { states } = await watch(button, { activeLow: false });
    expect(wire()).toBe(0);
    rig.set(line, 1);
    await clock.advance(30);
    expect(states).toEqual(['released', 'pressed']);
  });

  it('that is held while the line is opened is pressed from the start', async () => {
    rig.set(line, 0);
    const { states } = await watch(button);
    expect(states).toEqual(['pressed']);
  });
});

describe('a door contact', () => {
  it('reads as open when the door, or its wire, opens the contact', async () => {
    const { states } = await watch(door);
    rig.set(line, 1);
    await clock.advance(99);
    expect(states).toEqual(['closed']);
    await clock.advance(1);
    expect(states).toEqual(['closed', 'open']);
  });
});

describe('a presence detector', () => {
  it('does not flicker between people', async () => {
    const { states } = await watch(presence);
    rig.set(line, 1);
    await clock.advance(2_000);
    rig.set(line, 0);
    await clock.advance(400);
    rig.set(line, 1);
    await clock.advance(2_000);
    rig.set(line, 0);
    await clock.advance(2_000);
    expect(states).toEqual(['absent', 'present', 'absent']);
  });
});

describe('an input', () => {
  it('agrees, at every change, with what it tells', async () => {
    const { input } = await watch(button);
    const disagreements: Level[] = [];
    input.onChange((level) => {
      if (input.read() !== level) disagreements.push(level);
    });
    rig.set(line, 0);
    expect(input.read()).toBe(0);
    await clock.advance(30);
    expect(input.read()).toBe(1);
    expect(disagreements).toEqual([]);
  });

  it('tells a listener no more once that has left', async () => {
    const { input, states } = await watch(button);
    const heard: Level[] = [];
    const leave = input.onChange((level) => heard.push(level));
    leave();
    leave();
    rig.press(line);
    await clock.advance(1_000);
    expect(heard).toEqual([]);
    expect(states).toHaveLength(3);
  });

  it('tells nothing once it is closed, not even what had begun', async () => {
    const { input, states } = await watch(button);
    rig.set(line, 0);
    await clock.advance(10);
    input.close();
    input.close();
    await clock.advance(1_000);
    expect(states).toEqual(['released']);
    expect(rig.list()).toEqual([]);
  });

  it('that is taken away says so once and can be opened again', async () => {
    const { input, states } = await watch(button);
    const losses: Error[] = [];
    input.onLost((error) => losses.push(error));
    rig.takeAway(line);
    input.close();
    expect(losses).toEqual([expect.objectContaining({ code: 'DEVICE_LOST' })]);
    const again = await watch(button);
    rig.press(line);
    await clock.advance(1_000);
    expect(states).toEqual(['released']);
    expect(again.states).toEqual(['released', 'pressed', 'released']);
  });

  it('that is closed is not lost', async () => {
    const { input } = await watch(button);
    const losses: Error[] = [];
    input.onLost((error) => losses.push(error));
    input.close();
    expect(losses).toEqual([]);
  });

  it('once closed leaves a later user of its line alone', async () => {
    const { input } = await watch(button);
    input.close();
    await watch(button);
    input.close();
    expect(rig.list()).toHaveLength(1);
  });
});

describe('an LED', () => {
  it('is dark at first, follows its output, and is dark when that is closed', async () => {
    const lamp = await drive(led);
    expect(rig.shows(line)).toBe(0);
    lamp.write(1);
    expect(rig.shows(line)).toBe(1);
    expect(wire()).toBe(1);
    lamp.close();
    await rig.lines.openInput(line, { activeLow: false, debounce: 0 });
    expect(wire()).toBe(0);
  });
});

describe('a relay', () => {
  it('is off while its line is high', async () => {
    const contact = await drive(relay);
    expect([rig.shows(line), wire()]).toEqual([0, 1]);
    contact.write(1);
    expect([rig.shows(line), wire()]).toEqual([1, 0]);
  });

  it('can be one that switches on while its line is high', async () => {
    const contact = await drive(relay, { activeLow: false });
    contact.write(1);
    expect([rig.shows(line), wire()]).toEqual([1, 1]);
  });

  it('refuses to be switched once it is closed or taken away', async () => {
    const contact = await drive(relay);
    contact.close();
    expect(() => contact.write(1)).toThrowError(expect.objectContaining({ code: 'DEVICE_LOST' }));
    const next = await drive(relay);
    rig.takeAway(line);
    expect(() => next.write(1)).toThrowError(expect.objectContaining({ code: 'DEVICE_LOST' }));
  });
});

describe('the options of GPIO drivers', () => {
  it.each([
    { driver: button, settings: { activeLow: true, debounce: 30 } },
    { driver: door, settings: { activeLow: false, debounce: 100 } },
    { driver: presence, settings: { activeLow: false, debounce: 500 } },
    { driver: led, settings: { activeLow: false } },
    { driver: relay, settings: { activeLow: true } },
  ])('of $driver.model default to the usual wiring', ({ driver, settings }) => {
    expect(driver.options.parse({})).toEqual(settings);
  });

  it('take a debounce time with its unit and nothing unknown', () => {
    expect(button.options.parse({ debounce: '0.1 s' }).debounce).toBe(100);
    expect(button.options.safeParse({ debounce: 30 }).success).toBe(false);
    expect(button.options.safeParse({ debounce: '1 h' }).success).toBe(false);
    expect(led.options.safeParse({ activelow: true }).success).toBe(false);
  });
});
