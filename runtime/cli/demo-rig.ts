import type { Site } from '../../config/site.js';
import { dhtReader, dhtTestHook } from '../../drivers/bindings/dht.js';
import { firmataBoards } from '../../drivers/bindings/johnny-five.js';
import { serialPorts } from '../../drivers/bindings/serial-ports.js';
import type { Clock, HardwarePorts } from '../../drivers/ports.js';
import type { Environment } from '../../simulators/contract.js';
import {
  createSerialTwin,
  type Faultable,
  ptyBus,
  type RigConsole,
  rigConsole,
  simulateDevice,
  simulatedDhts,
  simulatedGpio,
  wornButton,
} from '../../simulators/index.js';

/** All the devices of a site, simulated: what the shelter opens, and the hand that makes them fail. */
export interface DemoRig {
  /** The site with the simulated ports in the place of its own. */
  site: Site;
  hardware: HardwarePorts;
  console: RigConsole;
  close(): Promise<void>;
}

const seed = 2026;

/** Plugs in a simulated device for each sensor of the site, in the same air. Rejects with a DriverError. */
export async function createDemoRig(site: Site, environment: Environment, clock: Clock): Promise<DemoRig> {
  const gpio = simulatedGpio({ clock });
  const dhts = simulatedDhts({ hook: dhtTestHook, reader: dhtReader, environment, clock, seed });
  const devices: Record<string, Faultable> = {};
  const buttons: Record<string, () => void> = {};
  const serial: Site['serial'] = {};
  const closing: (() => Promise<void>)[] = [];

  for (const { id, driver, port } of site.sensors) {
    const twin = createSerialTwin(driver);
    const line = site.gpio.lines[port];
    if (twin) {
      const bus = await ptyBus(id);
      const device = await simulateDevice({ twin, bus, environment, clock, seed });
      devices[id] = device;
      serial[port] = { path: device.path };
      closing.push(device.close);
    } else if (line !== undefined && driver.startsWith('dht')) {
      devices[id] = {
        get fault() {
          return dhts.faultOf(line);
        },
        setFault: async (fault) => dhts.setFault(line, fault),
      };
    } else if (line !== undefined) {
      buttons[id] = () => gpio.press(line, { hold: 1_000, bounce: wornButton });
    }
  }

  return {
    site: { ...site, serial },
    hardware: {
      serial: serialPorts(clock),
      firmata: firmataBoards(clock),
      gpio: gpio.lines,
      dht: dhts.reader,
    },
    console: rigConsole({ devices, buttons, environment, clock }),
    async close() {
      for (const close of closing) await close();
    },
  };
}
