/**
 * The units a value can be in, each with the symbol people read and its form on the wire.
 *
 * `senml` names the unit that RFC 8428 (and its registry) allows in a version-10 pack, and the factor that turns a
 * number in our unit into a number in that one.
 */
export const units = {
  Cel: { symbol: '°C', senml: { unit: 'Cel', factor: 1 } },
  '%RH': { symbol: '%', senml: { unit: '%RH', factor: 1 } },
  hPa: { symbol: 'hPa', senml: { unit: 'Pa', factor: 100 } },
  'ug/m3': { symbol: 'µg/m³', senml: { unit: 'kg/m3', factor: 1e-9 } },
  um: { symbol: 'µm', senml: { unit: 'm', factor: 1e-6 } },
  'm/s': { symbol: 'm/s', senml: { unit: 'm/s', factor: 1 } },
  'km/h': { symbol: 'km/h', senml: { unit: 'm/s', factor: 1 / 3.6 } },
  ppm: { symbol: 'ppm', senml: { unit: '/', factor: 1e-6 } },
  count: { symbol: '', senml: { unit: 'count', factor: 1 } },
} as const satisfies Record<string, Unit>;

export interface Unit {
  symbol: string;
  senml: { unit: string; factor: number };
}

export type UnitId = keyof typeof units;
