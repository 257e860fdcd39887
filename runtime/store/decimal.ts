import type { ByteReader, ByteWriter } from './bytes.js';

/** A number as people write it: `digits` × 10^−places. */
export interface Decimal {
  digits: number;
  places: number;
}

const powers = Array.from({ length: 10 }, (_, places) => 10 ** places);

/** So large, digits and their differences are still exact. */
const greatest = 2 ** 50;

/** Stands for the number of places of what is no short decimal. */
const notDecimal = 255;

/**
 * A decimal that is exactly this number; undefined where it would need more than nine places.
 *
 * @param likely how many places to try first; otherwise as few as it needs
 */
export function toDecimal(value: number, likely = 0): Decimal | undefined {
  const first = digitsOf(value, likely);
  if (first !== undefined) return { digits: first, places: likely };
  for (let places = 0; places < powers.length; places++) {
    const digits = digitsOf(value, places);
    if (digits !== undefined) return { digits, places };
  }
  return undefined;
}

/** The sum as on paper: of decimals it is exact, in whatever order they are added. */
export function sumOf(a: number, b: number): number {
  const one = toDecimal(a);
  const other = toDecimal(b, one?.places);
  if (!one || !other) return a + b;
  const places = Math.max(one.places, other.places);
  const digits =
    one.digits * (powers[places - one.places] ?? 1) + other.digits * (powers[places - other.places] ?? 1);
  return Math.abs(digits) < greatest ? plain({ digits, places }) : a + b;
}

/** Writes any number, in few bytes where it is a short decimal. */
export function writeNumber(writer: ByteWriter, value: number, decimal = toDecimal(value)): void {
  writer.byte(decimal?.places ?? notDecimal);
  if (decimal) writer.signed(decimal.digits);
  else writer.double(value);
}

export function readNumber(reader: ByteReader): number | Decimal {
  const places = reader.byte();
  return places === notDecimal ? reader.double() : { digits: reader.signed(), places };
}

export function plain(value: number | Decimal): number {
  return typeof value === 'number' ? value : value.digits / (powers[value.places] ?? Number.NaN);
}

function digitsOf(value: number, places: number): number | undefined {
  const power = powers[places] ?? Number.NaN;
  const digits = Math.round(value * power);
  return digits / power === value && Math.abs(digits) < greatest ? digits : undefined;
}
