import { DriverError } from '../contract.js';

/**
 * The named numbers of a library's reading.
 *
 * @param title of the sensor, for the message
 * @throws DriverError DEVICE_NONSENSE where one of them is no finite number
 */
export function requireNumbers<Name extends string>(
  title: string,
  reading: Readonly<Record<string, number>>,
  names: readonly Name[],
): Record<Name, number> {
  const wrong = names.find((name) => !Number.isFinite(reading[name]));
  if (wrong === undefined) return reading as Record<Name, number>;
  throw new DriverError(
    'DEVICE_NONSENSE',
    `${title}: the reading has no ${wrong}: a finite number was expected, not ${reading[wrong]}.`,
    { hint: 'Check that the sensor is wired and has power, and that the model is the one in the site file.' },
  );
}

/** Rounds to so many digits after the point; never to −0. */
export function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale + 0;
}
