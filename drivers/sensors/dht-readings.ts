import type { Sample } from '../contract.js';
import { requireNumbers, rounded } from './numbers.js';

/**
 * The native code gives the numbers of its last reading for 3 s as if they were new, and tries for up to 1.35 s: only
 * what is asked for later than both is sure to be measured.
 */
export const dhtInterval = { default: 10_000, least: 5_000 };

/** Tenths, without the noise that they caught as 32-bit floats. */
export function dhtSample(title: string, raw: { temperature: number; humidity: number }): Sample {
  const { temperature, humidity } = requireNumbers(title, { ...raw }, ['temperature', 'humidity']);
  return { temperature: rounded(temperature, 1), humidity: rounded(humidity, 1) };
}
