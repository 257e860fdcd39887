import type { Content } from '../../../runtime/api/contract.js';
import type { OfficialValue } from './content-message.js';
import type { LifeHeard } from './life-message.js';

type Texts = Readonly<Record<string, string>>;

/** What the official station tells. It is never mixed with what is measured here. */
export interface OfficialAir {
  station: Texts;
  source: Texts;
  values: readonly OfficialReading[];
  /** What it measures otherwise and does not tell just now. */
  absent: readonly { property: string; name: Texts; why: Absence }[];
}

export interface OfficialReading {
  property: string;
  name: Texts;
  value: number;
  symbol: string;
  digits: number;
  /** Wall time, in ms, of the end of the hour that it is the mean of. */
  time: number;
  isOld: boolean;
}

type Absence = NonNullable<Content['air']>['body']['absent'][number]['why'];

/** From this age, in ms, an official value is old. */
export const officialLasts = 7_200_000;

/**
 * @param inputs name what is shown; the station may know of more, which stands on no screen
 * @param time the shelter's wall time in ms; where nobody knows it nothing is known to be new
 */
export function officialAirOf(
  sent: Content['air'],
  inputs: LifeHeard['inputs'],
  time: number | undefined,
): OfficialAir | undefined {
  if (!sent) return undefined;
  const { station, source, values, absent } = sent.body;
  return {
    station,
    source,
    values: values.flatMap((value) => readingOf(value, inputs, time) ?? []),
    absent: absent.flatMap(({ property, why }) => {
      const name = inputs.find((input) => input.property === property)?.name;
      return name ? [{ property, name, why }] : [];
    }),
  };
}

function readingOf(
  { property, value, time: taken }: OfficialValue,
  inputs: LifeHeard['inputs'],
  now: number | undefined,
): OfficialReading | undefined {
  const input = inputs.find((each) => each.property === property);
  if (!input) return undefined;
  const { name, symbol, digits } = input;
  const time = Date.parse(taken);
  const isOld = now === undefined || now - time >= officialLasts;
  return { property, name, symbol, digits, value, time, isOld };
}
