/** How quantities of the air hang together. */

/** Magnus coefficients over water: b without unit, c in °C. */
const magnus = { b: 17.62, c: 243.12 };

/** @returns %RH of air at a temperature and a dew point, both in °C; at most 100 */
export function relativeHumidity(temperature: number, dewPoint: number): number {
  const exponent = (celsius: number) => (magnus.b * celsius) / (magnus.c + celsius);
  return Math.min(100, 100 * Math.exp(exponent(dewPoint) - exponent(temperature)));
}

/** @returns dew point in °C of air at a temperature in °C and a humidity in %RH above 0 */
export function dewPoint(temperature: number, humidity: number): number {
  const exponent = Math.log(humidity / 100) + (magnus.b * temperature) / (magnus.c + temperature);
  return (magnus.c * exponent) / (magnus.b - exponent);
}

/** The usual share of PM1 in the PM2.5 of city air; measurements give 0.6 to 0.85. */
export const usualPm1Share = 0.72;
