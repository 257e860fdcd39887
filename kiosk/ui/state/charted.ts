import type { PropertyGroup } from './board.js';
import type { LifeHeard } from './life-message.js';

/** What can be drawn over a day, and from which sensor. */
export interface Charted {
  property: string;
  name: Readonly<Record<string, string>>;
  stream: string;
  sensor: string;
  symbol: string;
  digits: number;
  /** What changes less is no mountain. */
  leastSpan: number;
  /** What is never less. */
  floor: number | undefined;
  bands: LifeHeard['bands'];
}

const spans: Readonly<Record<string, { leastSpan: number; floor: number | undefined }>> = {
  temperature: { leastSpan: 8, floor: undefined },
  humidity: { leastSpan: 20, floor: undefined },
  pm2_5: { leastSpan: 40, floor: 0 },
  pm10: { leastSpan: 80, floor: 0 },
};

/** Particles first: they are asked for most. Of several sensors it is the one that the meaning is made from. */
const order = ['pm2_5', 'pm10', 'temperature', 'humidity'];

export function chartable(groups: readonly PropertyGroup[], life: LifeHeard | undefined): Charted[] {
  return groups
    .flatMap(({ property, name, readouts }) => {
      const sensor = life?.inputs.find((input) => input.property === property)?.sensor;
      const readout = readouts.find(({ stream }) => stream === `${sensor}/${property}`) ?? readouts[0];
      if (!readout) return [];
      const { stream, symbol, digits } = readout;
      const { leastSpan, floor } = spans[property] ?? { leastSpan: 1, floor: undefined };
      const bands = (life?.bands ?? []).filter((band) => band.property === property);
      return [{ property, name, stream, sensor: readout.sensor, symbol, digits, leastSpan, floor, bands }];
    })
    .toSorted((a, b) => order.indexOf(a.property) - order.indexOf(b.property));
}
