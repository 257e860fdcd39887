import type { PropertyId } from '../../config/catalogue/properties.js';
import { type Quality, quality } from '../../config/catalogue/quality.js';
import type { Flags, Together } from './consistency.js';
import type { TestDefinition } from './definition.js';

export const oneMessageTest: TestDefinition = {
  id: 'one-message',
  title: { en: 'One message', ko: '같은 메시지' },
  about:
    'Temperature, humidity and pressure of one sensor come in one message, and humidity and pressure are computed with the temperature. Where one of them fails another test, the others are suspect. Where temperature and humidity are both twice or half of what they last were, the message was read one bit early or late, and both fail, although its checksum may be right. So do those that follow without another jump, until the device was away or a day has passed.',
  parameters: {},
  source: 'Aosong DHT22 data sheet (40 bits, checksum of their bytes); Bosch BME280 data sheet, 4.2.3',
};

const message: readonly PropertyId[] = ['temperature', 'humidity', 'pressure'];

/** What of one message must be doubted because of the rest. @param failed by other tests */
export function oneMessage(
  values: Together,
  failed: ReadonlySet<PropertyId>,
  shift: Shift | undefined,
): Flags {
  const carried = message.filter((property) => values.has(property));
  const flagOf = (property: PropertyId): Quality => {
    if (shift && property !== 'pressure') return quality.fail;
    return carried.some((other) => other !== property && failed.has(other)) ? quality.suspect : quality.pass;
  };
  return new Map(carried.map((property) => [property, flagOf(property)]));
}

/** Messages that are read one bit early or late, as long as they go on so. Times are in ms. */
export interface Shift {
  since: number;
  /** When the last of them came, and what it said. */
  at: number;
  values: Together;
}

/** After so long nobody can tell a message that goes on from another one. */
const silence = 15 * 60_000;

/** However sure it seems: who was doubted in error must be believed again some day. */
const longest = 24 * 3_600_000;

/** The shift that a message belongs to; undefined where it belongs to none. @param before what passed, and lately */
export function shiftOf(
  values: Together,
  time: number,
  before: Together,
  last: Shift | undefined,
): Shift | undefined {
  if (last && goesOn(last, values, time)) return { since: last.since, at: time, values };
  return isShifted(values, before) ? { since: time, at: time, values } : undefined;
}

/** Whether a message is like the one before. Going back to the truth is a greater jump. */
function goesOn({ since, at, values: before }: Shift, values: Together, time: number): boolean {
  const jump = (property: PropertyId) => Math.abs((values.get(property) ?? 0) - (before.get(property) ?? 0));
  const isAlike = jump('temperature') <= slack.temperature && jump('humidity') <= slack.humidity;
  return isAlike && time - at <= silence && time - since <= longest;
}

/** How far the air may have changed since. */
const slack = { temperature: 1, humidity: 3 };

/** A last bit that was pushed out of the humidity's number makes the temperature's sign. */
const factors = [
  { humidity: 2, temperature: [2] },
  { humidity: 0.5, temperature: [0.5, -0.5] },
];

/** Only where the humidity moved by more than the air could have it is anything told. */
function isShifted(values: Together, before: Together): boolean {
  const [temperature, humidity] = [values.get('temperature'), values.get('humidity')];
  const was = { temperature: before.get('temperature'), humidity: before.get('humidity') };
  if (temperature === undefined || humidity === undefined) return false;
  if (was.temperature === undefined || was.humidity === undefined) return false;
  if (Math.abs(humidity - was.humidity) <= 2 * slack.humidity) return false;
  const { temperature: cold, humidity: damp } = was;
  return factors.some(
    (factor) =>
      Math.abs(humidity - factor.humidity * damp) <= slack.humidity &&
      factor.temperature.some((times) => Math.abs(temperature - times * cold) <= slack.temperature),
  );
}
