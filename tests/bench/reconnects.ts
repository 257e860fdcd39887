import { reconnecting } from '../../runtime/uplink/uplink.js';
import { reconnectSpread, type Spread } from '../rigs/reconnect-spread.js';
import type { Bench, Figure } from './bench.js';

const devices = 1_000;

/** In s. */
const outages = [10, 60, 600];

/** How a city's shelters come back to a broker that was away. */
export const reconnects: Bench = {
  name: 'reconnects',
  about: `${devices.toLocaleString('en')} devices lose the broker at one moment, and it returns after an outage: when they are connected again, by the
devices' own code in virtual time, with full jitter and a cap of ${reconnecting.cap / 1_000} s. At best, as many come in each second of it.`,
  async measure() {
    const figures = [];
    for (const outage of outages)
      figures.push(...figuresOf(outage, await reconnectSpread(devices, outage * 1_000)));
    return figures;
  },
};

function figuresOf(outage: number, { busiestSecond, half, most, all }: Spread): Figure[] {
  const after = (what: string) => `after ${outage} s away, ${what}`;
  const even = (devices * 1_000) / reconnecting.cap;
  return [
    {
      what: after('in the busiest second'),
      value: busiestSecond,
      unit: 'devices',
      reference: { what: 'evenly spread', value: even },
    },
    { what: after('half of them are back'), value: half, unit: 's' },
    { what: after('95 % of them'), value: most, unit: 's' },
    { what: after('all of them'), value: all, unit: 's', aim: `≤ ${reconnecting.cap / 1_000} s` },
  ];
}
