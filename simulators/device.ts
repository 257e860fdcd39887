import type { Clock } from '../drivers/ports.js';
import type { Air, Bus, Environment, PoweredTwin, SerialTwin } from './contract.js';
import { type FaultName, type FaultyAir, type FaultyWire, faults } from './faults.js';
import { seededRandom } from './random.js';

/** A simulated device that is switched on and hangs on its wire. */
export interface SimulatedDevice {
  /** What the other side opens. */
  readonly path: string;
  /** What is wrong with it; undefined while it works. */
  readonly fault: FaultName | undefined;
  /** Makes it fail in one way, or work again; resolves when it does. */
  setFault(fault: FaultName | undefined): Promise<void>;
  /** Switches it off and gives its wire back. */
  close(): Promise<void>;
}

export interface Simulation {
  twin: SerialTwin;
  bus: Bus;
  environment: Environment;
  clock: Clock;
  /** Of the randomness of its faults. */
  seed: number;
}

/** A fault that has begun; the empty one changes nothing. */
interface Trouble {
  name?: FaultName;
  air?: FaultyAir;
  wire?: FaultyWire;
}

/** Plugs a device in and switches it on. Rejects with a DriverError where the bus cannot be used. */
export async function simulateDevice(simulation: Simulation): Promise<SimulatedDevice> {
  const { twin, bus, environment, clock } = simulation;
  const random = seededRandom(simulation.seed);
  let trouble: Trouble = {};
  let powered: PoweredTwin | undefined;

  const outside = (): Air => environment.at(clock.now());

  async function switchOn(): Promise<void> {
    if (powered) return;
    await bus.plugIn();
    powered = twin.powerUp({
      clock,
      air: () => trouble.air?.(outside()) ?? outside(),
      send: (message) =>
        trouble.wire ? trouble.wire.carry(message, (bytes) => bus.send(bytes)) : bus.send(message),
    });
  }

  async function switchOff(): Promise<void> {
    powered?.powerDown();
    powered = undefined;
    await bus.unplug();
  }

  async function change(name: FaultName | undefined): Promise<void> {
    trouble.wire?.end();
    trouble = name ? begin(name) : {};
    await (name && faults[name].at === 'plug' ? switchOff() : switchOn());
  }

  function begin(name: FaultName): Trouble {
    const fault = faults[name];
    if (fault.at === 'air') return { name, air: fault.begin({ clock, random }, outside()) };
    if (fault.at === 'wire') return { name, wire: fault.begin({ clock, random }) };
    return { name };
  }

  async function close(): Promise<void> {
    trouble.wire?.end();
    stopListening();
    await switchOff();
    await bus.close();
  }

  const stopListening = bus.onData((bytes) => powered?.receive(bytes));
  try {
    await switchOn();
  } catch (error) {
    await close();
    throw error;
  }

  const inTurn = oneAfterAnother();
  return {
    get path() {
      return bus.path;
    },
    get fault() {
      return trouble.name;
    },
    setFault: (name) => inTurn(() => change(name)),
    close: () => inTurn(close),
  };
}

/** Lets nothing begin before what was asked for earlier is done. */
function oneAfterAnother(): (act: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (act) => {
    const done = last.then(act);
    last = done.catch(() => {});
    return done;
  };
}
