import type { Range } from '../../../config/catalogue/properties.js';
import type { Bands, Grade, HoursInput, NumberInput, Precision } from '../definition.js';

/** The particles that a shelter measures. */
export const pollutants = ['pm2_5', 'pm10'] as const;
export type Pollutant = (typeof pollutants)[number];

/** In µg/m³, for scales whose last band has no end: more than any street's air has ever held. */
export const openEnded: Range = [0, 10_000];

/** A reading of Korea's network is a whole number. */
export const whole = { by: 'rounding', digits: 0 } as const satisfies Precision;

/** An input that an index can do without, in µg/m³. */
export function optionalConcentration(about: string, bands: Bands): NumberInput & { optional: true } {
  return { kind: 'number', unit: 'ug/m3', range: openEnded, optional: true, bands, about };
}

/** @param greatest the most that each grade holds, in their order; those after the last of them have no end */
export function bandsOf(grades: readonly Pick<Grade, 'id'>[], greatest: readonly number[]): Bands {
  return Object.fromEntries(
    greatest.flatMap((most, index) => {
      const grade = grades[index];
      return grade ? [[grade.id, most]] : [];
    }),
  );
}

/** The past hours' means of one pollutant, in µg/m³. */
export function hourlyMeans(hours: number): HoursInput {
  return { kind: 'hours', unit: 'ug/m3', range: openEnded, hours, about: 'Hourly means, the newest first' };
}
