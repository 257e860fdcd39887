import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { geteuid } from 'node:process';
import { DriverError } from '../contract.js';

/** What decides how node-dht-sensor reaches the GPIO lines of a machine. */
export interface Machine {
  /** /proc/device-tree/compatible; empty on machines without a device tree. */
  compatible: string;
  /** /proc/cpuinfo. */
  cpuinfo: string;
  isRoot: boolean;
  /** True where node-dht-sensor was built with libgpiod. */
  hasLibgpiod: boolean;
}

/**
 * The device file that node-dht-sensor will use.
 *
 * Without libgpiod the package maps physical addresses of the Raspberry Pi's first chips and writes there, whatever
 * machine it is on: as root elsewhere, that is somebody's memory.
 *
 * @throws DriverError GPIO_UNAVAILABLE where the package must not run
 */
export function gpioDevice({ compatible, cpuinfo, isRoot, hasLibgpiod }: Machine): string {
  if (/brcm,bcm2712/.test(compatible)) {
    if (hasLibgpiod && /^Model\s+:\s+Raspberry Pi [5-9]/m.test(cpuinfo)) return '/dev/gpiochip0';
    throw new DriverError(
      'GPIO_UNAVAILABLE',
      'node-dht-sensor was built without support for this Raspberry Pi.',
      {
        hint: 'Install libgpiod-dev, then run `npm rebuild node-dht-sensor --use_libgpiod=true`.',
      },
    );
  }
  if (/brcm,bcm(2835|2836|2837|2711)/.test(compatible)) return isRoot ? '/dev/mem' : '/dev/gpiomem';
  throw new DriverError(
    'GPIO_UNAVAILABLE',
    'A DHT sensor needs the GPIO lines of a Raspberry Pi; this is none.',
    {
      hint: 'Run on a Raspberry Pi, or remove the DHT sensors from the site file.',
    },
  );
}

/** Looks before the native code does, which has no words for what it misses. Rejects with a DriverError. */
export async function checkDhtGpio(): Promise<void> {
  const device = gpioDevice({
    compatible: await textOf('/proc/device-tree/compatible'),
    cpuinfo: await textOf('/proc/cpuinfo'),
    isRoot: geteuid?.() === 0,
    hasLibgpiod: (await nativeCode()).includes('libgpiod.so'),
  });
  try {
    await access(device, constants.R_OK | constants.W_OK);
  } catch (cause) {
    const isDenied = (cause as NodeJS.ErrnoException).code === 'EACCES';
    throw isDenied
      ? new DriverError('PORT_DENIED', `${device} may not be read and written.`, { cause })
      : new DriverError('GPIO_UNAVAILABLE', `${device} cannot be opened.`, {
          cause,
          hint: 'Check that the kernel of Raspberry Pi OS runs, and that a container is given the device.',
        });
  }
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'latin1').catch(() => '');
}

async function nativeCode(): Promise<Buffer> {
  const entry = createRequire(import.meta.url).resolve('node-dht-sensor');
  return readFile(join(dirname(entry), '../build/Release/node_dht_sensor.node'));
}
