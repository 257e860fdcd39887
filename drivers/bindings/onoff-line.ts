import type * as Onoff from 'onoff';
import { DriverError } from '../contract.js';
import { unexportLine } from './gpio-sysfs.js';

/** How a line is to be set up. */
interface LineSetup {
  /** The line on its chip, for messages. */
  line: number;
  /** The line as the kernel numbers it. */
  number: number;
  /** `high` and `low` make an output that starts at that level of the wire. */
  direction: Exclude<Onoff.Direction, 'out'>;
  edge: Onoff.Edge;
  activeLow: boolean;
}

/**
 * Sets up a line that is exported and accessible, and checks that it took: onoff ignores every failure on a line that
 * was exported before it came.
 *
 * @throws DriverError PORT_FAILED
 */
export async function setUpLine(setup: LineSetup): Promise<Onoff.Gpio> {
  const { Gpio } = await loadOnoff();
  let gpio: Onoff.Gpio | undefined;
  try {
    gpio = new Gpio(setup.number, setup.direction, setup.edge, { activeLow: setup.activeLow });
    const refused = refusedSetting(gpio, setup);
    if (refused) throw new Error(`it did not take ${refused}`);
    return gpio;
  } catch (cause) {
    if (gpio) giveBack(gpio);
    else await unexportLine(setup.number);
    throw notSetUp(setup.line, cause);
  }
}

/** Stops the poller and unexports the line. A line that is gone has nothing left to give back. */
export function giveBack(gpio: Onoff.Gpio): void {
  try {
    gpio.unexport();
  } catch {}
}

export function notSetUp(line: number, cause: unknown): DriverError {
  return new DriverError('PORT_FAILED', `GPIO line ${line} could not be set up: ${textOf(cause)}.`, {
    cause,
    hint: 'Another program may hold the line: unexport it there, or choose another line.',
  });
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function refusedSetting(gpio: Onoff.Gpio, { direction, edge, activeLow }: LineSetup): string | undefined {
  if (gpio.direction() !== (direction === 'in' ? 'in' : 'out')) return `direction ${direction}`;
  if (direction === 'in' && gpio.edge() !== edge) return `edge ${edge}`;
  if (gpio.activeLow() !== activeLow) return `active_low ${activeLow ? 1 : 0}`;
  return undefined;
}

/** @throws DriverError NATIVE_PACKAGE_MISSING */
export async function loadOnoff(): Promise<typeof Onoff> {
  try {
    return await import('onoff');
  } catch (cause) {
    throw new DriverError('NATIVE_PACKAGE_MISSING', `The package onoff does not load: ${textOf(cause)}.`, {
      cause,
    });
  }
}
