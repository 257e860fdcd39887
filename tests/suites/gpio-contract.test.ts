import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSite } from '../../config/load.js';
import type { InputDriver, OutputDriver } from '../../drivers/contract.js';
import { drivers, sensorModels } from '../../drivers/index.js';
import type { HardwarePorts } from '../../drivers/ports.js';
import { button } from '../../drivers/sensors/button.js';
import { led } from '../../drivers/sensors/led.js';
import type { Condition } from '../../runtime/ingest/condition.js';
import { createSensing, type Sensing } from '../../runtime/ingest/sensing.js';
import type { ShelterEvent } from '../../runtime/reading.js';
import { type SimulatedGpio, simulatedGpio, wornButton } from '../../simulators/models/gpio.js';
import { type VirtualClock, virtualClock } from '../../simulators/virtual-clock.js';

/** Every input and output, on simulated lines, through the runtime's own keeping of them. */

const inputs = drivers.flatMap((driver) => (driver.link === 'input' ? [driver] : []));
const outputs = drivers.flatMap((driver) => (driver.link === 'output' ? [driver] : []));

const lines = { input: 17, output: 27 };

/** Within so many ms a line that was lost is open again. */
const reopening = 30_000;

/** A shelter with one input, and one output that follows it. */
interface GpioRig {
  clock: VirtualClock;
  gpio: SimulatedGpio;
  sensing: Sensing;
  /** The kinds of the events so far. */
  events: string[];
  /** The states of the input that were told so far. */
  states: string[];
  conditions: Record<string, Condition>;
}

function gpioRig(input: InputDriver, output: OutputDriver): GpioRig {
  const clock = virtualClock();
  const gpio = simulatedGpio({ clock });
  const rig = { events: [] as string[], states: [] as string[], conditions: {} as GpioRig['conditions'] };
  const sensing = createSensing({
    site: parseSite(siteOf(input.model, output.model), { models: sensorModels() }),
    drivers,
    hardware: { ...noHardware, gpio: gpio.lines },
    clock,
    random: () => 0.999,
    outlets: {
      onReadings() {},
      onComplaint() {},
      onEvent: ({ kind, source }: ShelterEvent) => rig.events.push(`${source}: ${kind}`),
      onInput: (_, state) => rig.states.push(state),
      onCondition(device, condition) {
        rig.conditions[device] = condition;
      },
    },
  });
  return { clock, gpio, sensing, ...rig };
}

const unused = () => Promise.reject(new Error('Only GPIO lines are wired here.'));
const noHardware: Omit<HardwarePorts, 'gpio'> = {
  serial: { open: unused },
  firmata: { open: unused },
  dht: { read: unused },
};

function siteOf(input: string, output: string): string {
  return JSON.stringify({
    id: 'contract',
    name: { en: 'Contract' },
    languages: ['en'],
    place: { latitude: 0, longitude: 0 },
    timeZone: 'UTC',
    gpio: { lines },
    sensors: [{ id: 'input', driver: input, port: 'input' }],
    outputs: [{ id: 'output', driver: output, port: 'output', follows: 'input' }],
  });
}

let rig: GpioRig;

async function start(): Promise<void> {
  rig.sensing.start();
  await rig.clock.advance(1_000);
}

afterEach(() => rig.sensing.stop());

describe.each(inputs)('$model', (driver) => {
  const [inactive, active] = driver.states;
  const { debounce } = driver.settings(driver.options.parse({}));
  const once = [`input: ${driver.model}.${active}`, `input: ${driver.model}.${inactive}`];

  beforeEach(async () => {
    rig = gpioRig(driver, led);
    await start();
  });

  async function press(hold = 3 * debounce + 100): Promise<void> {
    rig.gpio.press(lines.input, { hold, bounce: wornButton });
    await rig.clock.advance(hold + 2 * debounce + 100);
  }

  it('tells its state from the start, and that is no event', () => {
    expect(rig.states).toEqual([inactive]);
    expect(rig.events).toEqual([]);
    expect(rig.conditions.input).toEqual({ state: 'ok' });
  });

  it('tells each edge once, however the contact chatters', async () => {
    await press();
    expect(rig.events).toEqual(once);
    await press();
    expect(rig.events).toEqual([...once, ...once]);
    expect(rig.states).toEqual([inactive, active, inactive, active, inactive]);
  });

  it('passes over what is shorter than its debouncing, and what ends where it was', async () => {
    await press(debounce / 2);
    rig.gpio.set(lines.input, rig.gpio.list()[0]?.level ?? 0, wornButton);
    await rig.clock.advance(10_000);
    expect(rig.events).toEqual([]);
    expect(rig.states).toEqual([inactive]);
  });

  it('says that its line was taken away, opens it again, and then still tells each edge once', async () => {
    rig.gpio.takeAway(lines.input);
    await rig.clock.advance(0);
    expect(rig.conditions.input).toMatchObject({
      state: 'failing',
      problem: { code: 'DEVICE_LOST', hint: expect.stringMatching(/\w/) },
    });
    await rig.clock.advance(reopening);
    expect(rig.conditions.input).toEqual({ state: 'ok' });
    await press();
    expect(rig.events).toEqual(once);
  });

  it('tells the state that it finds when its line is back, and that is no event', async () => {
    const [before] = rig.gpio.list();
    rig.gpio.takeAway(lines.input);
    rig.gpio.set(lines.input, before?.level === 1 ? 0 : 1);
    await rig.clock.advance(reopening);
    expect(rig.states).toEqual([inactive, active]);
    expect(rig.events).toEqual([]);
  });

  it('waits for a line that another program holds', async () => {
    rig.gpio.takeAway(lines.input);
    const holder = await rig.gpio.lines.openInput(lines.input, { activeLow: false, debounce: 0 });
    await rig.clock.advance(600_000);
    expect(rig.conditions.input).toMatchObject({ state: 'failing', problem: { code: 'PORT_BUSY' } });
    holder.close();
    await rig.clock.advance(reopening);
    expect(rig.conditions.input).toEqual({ state: 'ok' });
  });

  it('tells nothing more when it is stopped, and gives its line back', async () => {
    await rig.sensing.stop();
    rig.gpio.set(lines.input, 1);
    rig.gpio.set(lines.input, 0);
    await rig.clock.advance(60_000);
    expect(rig.events).toEqual([]);
    expect(rig.gpio.list()).toEqual([]);
  });
});

describe.each(outputs)('$model', (driver) => {
  const { debounce } = button.settings(button.options.parse({}));
  const { activeLow } = driver.settings(driver.options.parse({}));
  const shown = () => rig.gpio.shows(lines.output);

  beforeEach(() => {
    rig = gpioRig(button, driver);
  });

  async function hold(): Promise<void> {
    rig.gpio.press(lines.input, { hold: 3_600_000, bounce: wornButton });
    await rig.clock.advance(debounce + 100);
  }

  it('is off at the start, and follows its input', async () => {
    await start();
    expect(shown()).toBe(0);
    await hold();
    expect(shown()).toBe(1);
    await rig.clock.advance(3_600_000 + debounce);
    expect(shown()).toBe(0);
  });

  it('is on from the start where its input is active then', async () => {
    rig.gpio.set(lines.input, 0);
    await start();
    expect(shown()).toBe(1);
  });

  it('shows what it was told while its line was gone', async () => {
    await start();
    rig.gpio.takeAway(lines.output);
    await hold();
    expect(rig.conditions.output).toMatchObject({ state: 'failing', problem: { code: 'DEVICE_LOST' } });
    await rig.clock.advance(reopening);
    expect(rig.conditions.output).toEqual({ state: 'ok' });
    expect(shown()).toBe(1);
  });

  it('shows what it was told while another program held its line', async () => {
    const holder = await rig.gpio.lines.openOutput(lines.output, { activeLow: false });
    await start();
    await hold();
    await rig.clock.advance(600_000);
    expect(rig.conditions.output).toMatchObject({ state: 'failing', problem: { code: 'PORT_BUSY' } });
    holder.close();
    await rig.clock.advance(reopening);
    expect(shown()).toBe(1);
  });

  it('is switched off when it is stopped, and gives its line back', async () => {
    await start();
    await hold();
    await rig.sensing.stop();
    expect(rig.gpio.list()).toEqual([]);
    const wire = await rig.gpio.lines.openInput(lines.output, { activeLow, debounce: 0 });
    expect(wire.read()).toBe(0);
  });
});
