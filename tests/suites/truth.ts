import type { PropertyId } from '../../config/catalogue/properties.js';
import type { Channel, SensorDriver } from '../../drivers/contract.js';
import type { Air } from '../../simulators/contract.js';
import { sensePlantower } from '../../simulators/models/plantower.js';
import { senseSps30 } from '../../simulators/models/sps30.js';
import { plantowerSample, sps30Sample } from '../serial-models.js';

/**
 * What a channel should say in this air, as far as the part can say it: a DHT11 has no frost. What the air has no name
 * for (counts, factory calibration, formaldehyde, PM4) is what a Plantower or an SPS30 makes of it.
 *
 * @throws Error where the property is neither of the air nor of one of these
 */
export function truth(driver: SensorDriver, property: PropertyId, air: Air): number {
  const said: Partial<Record<PropertyId, number>> = {
    ...plantowerSample(sensePlantower(air)),
    ...sps30Sample(senseSps30(air)),
    ...air,
  };
  const value = said[property];
  if (value === undefined) throw new Error(`tests/suites/truth.ts cannot tell ${property} from the air`);
  const [least, greatest] = channelOf(driver, property).range;
  return Math.min(greatest, Math.max(least, value));
}

export function channelOf(driver: SensorDriver, property: PropertyId): Channel {
  const channel = driver.channels[property];
  if (!channel) throw new Error(`${driver.model} has no channel ${property}`);
  return channel;
}
