import type { CorrectionId } from '../../config/catalogue/corrections.js';
import type { PropertyId } from '../../config/catalogue/properties.js';
import type { SensorConfig } from '../../config/site.js';
import type { Channels } from '../../drivers/contract.js';
import { epaCorrection, epaCorrection2021 } from '../indices/air/epa-correction.js';
import { humidityGrowth } from '../indices/air/humidity-growth.js';
import type { IndexDefinition } from '../indices/definition.js';
import { evaluate } from '../indices/evaluate.js';

/** How a site wants a channel corrected. */
type Wanted = NonNullable<SensorConfig['corrections'][PropertyId]>;

/**
 * The relative humidity that somebody vouches for at a monotonic time: a sensor, or where none is named, the first of
 * the site that does. Undefined where nobody does.
 */
export type HumidityOf = (sensor: string | undefined, monotonic: number) => number | undefined;

/** A message of a sensor, as far as a correction may be made from it. */
export interface Correctable {
  sensor: string;
  channels: Channels;
  monotonic: number;
  /** Calibrated values that passed all quality tests. What is doubted corrects nothing and is not corrected. */
  passed: ReadonlyMap<PropertyId, number>;
}

/** How a correction is worked out. */
interface Method {
  index: IndexDefinition;
  /** The index's name for the concentration. */
  input: string;
  /** The channel that it is made from where the sensor has it; by default the one that is corrected. */
  from?: PropertyId;
}

/** US EPA found its corrections for what sensors say under CF=1; what they say of the open air bends otherwise. */
export const methods: Readonly<Record<CorrectionId, Method>> = {
  'epa-2021': { index: epaCorrection2021, input: 'cf1', from: 'pm2_5_cf1' },
  'epa-piecewise': { index: epaCorrection, input: 'cf1', from: 'pm2_5_cf1' },
  'humidity-growth': { index: humidityGrowth, input: 'pm2_5' },
};

/** The corrected value in the property's unit; undefined where something that it is made from is missing or doubted. */
export function correct(
  property: PropertyId,
  { method, humidity: named }: Wanted,
  message: Correctable,
  humidityOf: HumidityOf,
): number | undefined {
  const { passed, channels, sensor, monotonic } = message;
  const { index, input, from = property } = methods[method];
  const own = named === undefined || named === sensor ? passed.get('humidity') : undefined;
  const humidity = own ?? humidityOf(named, monotonic);
  const concentration = passed.get(from in channels ? from : property);
  if (!passed.has(property) || humidity === undefined || concentration === undefined) return undefined;
  const result = evaluate(index, { [input]: concentration, humidity });
  return 'value' in result ? Math.round(result.value * perUnit) / perUnit : undefined;
}

/** Hundredths of 1 µg/m³ are more than anybody knows. */
const perUnit = 100;
