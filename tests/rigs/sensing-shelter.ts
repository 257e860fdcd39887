import { serialPorts } from '../../drivers/bindings/serial-ports.js';
import { DriverError } from '../../drivers/contract.js';
import type { Clock, HardwarePorts } from '../../drivers/ports.js';
import { parseSite } from '../../runtime/load-site.js';
import type { Reading, ShelterEvent } from '../../runtime/reading.js';
import { createShelter, type Shelter } from '../../runtime/shelter.js';
import { simulatedClockSync } from '../../simulators/clock-sync.js';
import {
  createSerialTwin,
  modelledEnvironment,
  ptyBus,
  simulateDevice,
  simulatedGpio,
} from '../../simulators/index.js';

/** Simulated sensors on real pseudo-terminals, and a help button; shelters come and go before them. */
export interface Street {
  /** Starts a shelter on a database. */
  open(file: string): Promise<SensingShelter>;
  press(): void;
  close(): Promise<void>;
}

/** A shelter, and all that it has told of. */
export interface SensingShelter {
  shelter: Shelter;
  url: string;
  /** Every reading that was taken, in order. */
  sampled: readonly Reading[];
  happened: readonly ShelterEvent[];
  /** Its warnings. */
  warned: readonly string[];
}

/** As the databases name it. */
export const streetDevice = 'shelter-1';

const button = 17;

/** @param sensors how many SDS011, each of which gives two readings a second */
export async function openStreet(sensors: number, clock: Clock): Promise<Street> {
  const environment = modelledEnvironment(1);
  const gpio = simulatedGpio({ clock });
  const devices = await Promise.all(
    Array.from({ length: sensors }, async (_, index) => {
      const twin = createSerialTwin('sds011');
      if (!twin) throw new Error('There is no simulated SDS011.');
      return simulateDevice({ twin, bus: await ptyBus(`air-${index}`), environment, clock, seed: index });
    }),
  );
  const absent = () => Promise.reject(new DriverError('PORT_NOT_FOUND', 'not in this street'));
  const hardware: HardwarePorts = {
    serial: serialPorts(clock),
    gpio: gpio.lines,
    dht: { read: absent },
    firmata: { open: absent },
  };
  const clockSync = simulatedClockSync({ synchronised: true, by: 'timesyncd' });

  function siteOn(file: string) {
    const names = devices.map((_, index) => `air-${index}`);
    return parseSite(
      JSON.stringify({
        id: streetDevice,
        name: { en: 'Street' },
        place: { latitude: 37.57, longitude: 126.98 },
        timeZone: 'Asia/Seoul',
        languages: ['en'],
        serial: Object.fromEntries(names.map((name, index) => [name, { path: devices[index]?.path }])),
        gpio: { lines: { help: button } },
        sensors: [
          ...names.map((id) => ({ id, driver: 'sds011', port: id, interval: '1 s' })),
          { id: 'help', driver: 'button', port: 'help' },
        ],
        store: { file, commitInterval: '1 s' },
        api: { port: 0 },
      }),
    );
  }

  return {
    async open(file) {
      const sampled: Reading[] = [];
      const happened: ShelterEvent[] = [];
      const warned: string[] = [];
      const log = { info() {}, warn: (_: object, message: string) => void warned.push(message) };
      const shelter = createShelter(siteOn(file), { hardware, clock, clockSync, log });
      shelter.on('reading', (reading) => sampled.push(reading));
      shelter.on('event', (event) => happened.push(event));
      await shelter.start();
      if (!shelter.url) throw new Error('The shelter has no API.');
      return { shelter, url: shelter.url, sampled, happened, warned };
    },
    press: () => gpio.press(button, { hold: 200 }),
    async close() {
      for (const device of devices) await device.close();
    },
  };
}
