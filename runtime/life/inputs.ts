import { type PropertyId, properties } from '../../config/catalogue/properties.js';
import { quality, qualityName } from '../../config/catalogue/quality.js';
import { units } from '../../config/catalogue/units.js';
import type { LifeInput } from '../api/life.js';
import { lackOfProperty, measuring, type Standing, voucherOf } from './standing.js';
import type { Wording } from './wording.js';

/** What a property is taken to be, whose word that is, and why the others' is not. @param monotonic now, in ms */
export function inputOf(
  property: PropertyId,
  standings: readonly Standing[],
  { words }: Pick<Wording, 'words'>,
  monotonic: number,
): LifeInput {
  const { name, unit, digits } = properties[property];
  const voucher = voucherOf(standings, property);
  return {
    property,
    name: words(name),
    unit,
    symbol: units[unit].symbol,
    digits,
    value: voucher?.vouched?.value ?? null,
    age: voucher?.vouched ? seconds(voucher.vouched.age) : null,
    sensor: voucher?.latest.stream.sensor ?? null,
    why: lackOfProperty(standings, property),
    sensors: measuring(standings, property).map((standing) => sensorOf(standing, monotonic)),
  };
}

function sensorOf({ latest, lack }: Standing, monotonic: number): LifeInput['sensors'][number] {
  const { valued } = latest;
  return {
    sensor: latest.stream.sensor,
    value: valued?.value ?? null,
    age: valued ? seconds(monotonic - valued.monotonic) : null,
    flag: qualityName(valued?.quality ?? quality.missing),
    doubts: [...(valued?.doubts ?? [])],
    why: lack,
  };
}

/** To a tenth: nobody needs to know it better. */
function seconds(ms: number): number {
  return Math.max(0, Math.round(ms / 100) / 10);
}
