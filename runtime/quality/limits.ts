import {
  type FlatLine,
  type GrossRange,
  type PropertyId,
  properties,
  type QualityLimits,
  type Range,
} from '../../config/catalogue/properties.js';
import type { TestId } from '../../config/catalogue/quality.js';
import type { SensorConfig } from '../../config/site.js';
import type { Channel } from '../../drivers/contract.js';
import { within } from './gross-range.js';

/** What the tests of one channel go by. */
export interface ChannelLimits extends QualityLimits {
  grossRange: GrossRange;
  /** What the sensor can measure, before calibration. */
  measures: Range;
  without: ReadonlySet<TestId>;
  /** Whether a value is one at which the air, or the sensor's scale, may rest. */
  mayRestAt(value: number): boolean;
}

/** The catalogue's limits with the site's in their place, as they fit a channel. */
export function limitsOf(
  property: PropertyId,
  channel: Channel,
  configured: SensorConfig['quality'][PropertyId],
): ChannelLimits {
  const { gross, limits, restsAt } = properties[property];
  const flatLine = configured?.flatLine ?? limits.flatLine;
  const [least, greatest] = channel.range;
  return {
    grossRange: configured?.grossRange ?? gross,
    rateOfChange: configured?.rateOfChange ?? limits.rateOfChange,
    spike: configured?.spike ?? limits.spike,
    flatLine: flatLine && slowed(flatLine, channel.resolution),
    agreement: configured?.agreement ?? limits.agreement,
    measures: [least, channel.saturates ? greatest - channel.resolution / 2 : greatest],
    without: new Set(configured?.without),
    mayRestAt: (value) =>
      value <= least || value >= greatest || (restsAt !== undefined && within(value, restsAt)),
  };
}

/** Where half a step of the sensor's is more than the tolerance, a change takes longer to show. */
function slowed({ tolerance, suspectFor, failFor }: FlatLine, resolution: number): FlatLine {
  const times = Math.max(1, resolution / (2 * tolerance));
  return { tolerance, suspectFor: suspectFor * times, failFor: failFor * times };
}
