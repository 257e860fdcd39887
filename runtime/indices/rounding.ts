import type { Precision } from './definition.js';

/**
 * Decimal rounding of numbers that are kept as binary fractions. What is within a part in 10^12 of a decimal is that
 * decimal: 35.45 is not a little less, and a mean that is 9.1 but for the last bit is 9.1.
 */
export function roundHalfUp(value: number, digits = 0): number {
  return Math.floor(shifted(value, digits, 0.5)) / 10 ** digits;
}

/** Cuts off, towards zero, what is after so many digits. */
export function truncate(value: number, digits = 0): number {
  return Math.trunc(shifted(value, digits, 0)) / 10 ** digits;
}

export function shorten(value: number, { by, digits }: Precision): number {
  return by === 'rounding' ? roundHalfUp(value, digits) : truncate(value, digits);
}

function shifted(value: number, digits: number, more: number): number {
  const number = value * 10 ** digits + more;
  const whole = Math.round(number);
  return Math.abs(number - whole) <= 1e-12 * Math.abs(number) ? whole : number;
}
