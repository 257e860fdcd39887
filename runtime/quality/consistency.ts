import type { PropertyId, Range } from '../../config/catalogue/properties.js';
import { type Quality, quality } from '../../config/catalogue/quality.js';
import type { TestDefinition } from './definition.js';
import { moreTelling } from './roll-up.js';

export const consistencyTest: TestDefinition = {
  id: 'consistency',
  title: { en: 'Physical consistency', ko: '물리적 일관성' },
  about:
    'Values of one sensor at one time must be able to be true together. Fine particles that weigh more than all particles are suspect, and so are all. Mass without a single particle fails, and so do the counts. Temperature and humidity fail where their dew point is none that there is near the ground: above 36 °C, or below −45 °C in air that is not much warmer; where the humidity is 0 it alone fails.',
  parameters: {},
  source:
    'PM2.5 is part of PM10 by definition (ISO 23210); dew point after Magnus, with the coefficients of WMO-No. 8; greatest dew point on record 35 °C (Dhahran, 2003)',
};

/** What a sensor gave at one time. */
export type Together = ReadonlyMap<PropertyId, number>;
export type Flags = ReadonlyMap<PropertyId, Quality>;

/** Each is part of the one after it. */
const masses: readonly (readonly PropertyId[])[] = [
  ['pm1', 'pm2_5', 'pm10'],
  ['pm1_cf1', 'pm2_5_cf1', 'pm10_cf1'],
];

const allMasses = masses.flat();

const counts: readonly PropertyId[] = [
  'particles_0_3',
  'particles_0_5',
  'particles_1_0',
  'particles_2_5',
  'particles_5_0',
  'particles_10',
];

const dewPoints: Range = [-45, 36];

/** In Siberian cold the dew point is lower, but not by so much below the temperature. */
const mostBelowTemperature = 15;

/** Flags the values that a rule is about; those without one are not among them. */
export function consistency(values: Together): Flags {
  const flags = new Map<PropertyId, Quality>();
  for (const [properties, flag] of [...massesInOrder(values), massWithCounts(values), dewPoint(values)]) {
    for (const property of properties) {
      flags.set(property, moreTelling(flags.get(property) ?? quality.notEvaluated, flag));
    }
  }
  return flags;
}

type Finding = readonly [properties: readonly PropertyId[], flag: Quality];

const nothing: Finding = [[], quality.notEvaluated];

function massesInOrder(values: Together): Finding[] {
  return masses.flatMap((order) => {
    const there = order.filter((property) => values.has(property));
    return there.slice(1).map((property, index): Finding => {
      const part = there[index] ?? property;
      const isPart = (values.get(part) ?? 0) <= (values.get(property) ?? 0);
      return [[part, property], isPart ? quality.pass : quality.suspect];
    });
  });
}

/** A sensor whose fan does not draw air yet counts nothing and still names a mass. */
function massWithCounts(values: Together): Finding {
  const counted = counts.filter((property) => values.has(property));
  const weighed = allMasses.filter((property) => values.has(property));
  if (counted.length === 0 || weighed.length === 0) return nothing;
  const isCounted = counted.some((property) => values.get(property) !== 0);
  const isWeighed = weighed.some((property) => (values.get(property) ?? 0) > 0);
  return [[...weighed, ...counted], isWeighed && !isCounted ? quality.fail : quality.pass];
}

function dewPoint(values: Together): Finding {
  const temperature = values.get('temperature');
  const humidity = values.get('humidity');
  if (temperature === undefined || humidity === undefined) return nothing;
  if (humidity <= 0) return [['humidity'], quality.fail];
  const [least, greatest] = dewPoints;
  const point = dewPointOf(temperature, humidity);
  const isPossible =
    point <= greatest && humidity <= 100 && point >= Math.min(least, temperature - mostBelowTemperature);
  return [['temperature', 'humidity'], isPossible ? quality.pass : quality.fail];
}

/** Magnus over water, in °C. */
function dewPointOf(temperature: number, humidity: number): number {
  const exponent = Math.log(humidity / 100) + (17.62 * temperature) / (243.12 + temperature);
  return (243.12 * exponent) / (17.62 - exponent);
}
