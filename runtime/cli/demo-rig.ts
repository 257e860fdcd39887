import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeedsConfig } from '../../config/feeds.js';
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
  type SimulatedCity,
  simulateCity,
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

/**
 * Plugs in a simulated device for each sensor of the site, in the same air, and puts a simulated city behind its feeds.
 * Rejects with a DriverError.
 *
 * @param folder for what the city gives out as files
 */
export async function createDemoRig(
  site: Site,
  { environment, clock, folder }: { environment: Environment; clock: Clock; folder: string },
): Promise<DemoRig> {
  const gpio = simulatedGpio({ clock });
  const dhts = simulatedDhts({ hook: dhtTestHook, reader: dhtReader, environment, clock, seed });
  const devices: Record<string, Faultable> = {};
  const buttons: Record<string, () => void> = {};
  const serial: Site['serial'] = {};
  const city = await simulateCity({ environment, clock });
  const closing: (() => Promise<void>)[] = [city.close];

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
    site: { ...site, serial, ...(site.feeds && { feeds: await cityFeeds(site.feeds, city, folder) }) },
    hardware: {
      serial: serialPorts(clock),
      firmata: firmataBoards(clock),
      gpio: gpio.lines,
      dht: dhts.reader,
    },
    console: rigConsole({ devices: { ...devices, ...city.services }, buttons, environment, clock }),
    async close() {
      for (const close of closing) await close();
    },
  };
}

/** The feeds of a site, asked of the simulated city. */
async function cityFeeds(feeds: FeedsConfig, city: SimulatedCity, folder: string): Promise<FeedsConfig> {
  const { timetable, gtfsRealtime, airkorea } = feeds;
  await city.writeTimetable(folder);
  const keyFile = join(folder, 'airkorea.key');
  await writeFile(keyFile, 'demo\n');
  return {
    ...feeds,
    ...(timetable && { timetable: { ...timetable, path: folder } }),
    ...(gtfsRealtime && { gtfsRealtime: { ...gtfsRealtime, url: `${city.url}/gtfs-realtime` } }),
    ...(airkorea && { airkorea: { ...airkorea, url: `${city.url}/airkorea`, keyFile } }),
  };
}
