import type { PropertyId } from '../config/catalogue/properties.js';
import type { SensorModel } from '../config/site.js';
import type { Driver, SensorDriver } from './contract.js';
import { am2302 } from './sensors/am2302.js';
import { bme280 } from './sensors/bme280.js';
import { button } from './sensors/button.js';
import { dht11 } from './sensors/dht11.js';
import { dht22 } from './sensors/dht22.js';
import { door } from './sensors/door.js';
import { led } from './sensors/led.js';
import { pms3003 } from './sensors/pms3003.js';
import { pms5003 } from './sensors/pms5003.js';
import { pms5003st } from './sensors/pms5003st.js';
import { pms5003t } from './sensors/pms5003t.js';
import { pms7003 } from './sensors/pms7003.js';
import { pmsa003 } from './sensors/pmsa003.js';
import { presence } from './sensors/presence.js';
import { relay } from './sensors/relay.js';
import { sds011 } from './sensors/sds011.js';
import { sht31 } from './sensors/sht31.js';
import { sps30 } from './sensors/sps30.js';

export * from './contract.js';

/** Every model there is a driver for. */
export const drivers: readonly Driver[] = [
  sds011,
  sps30,
  pms3003,
  pms5003,
  pms7003,
  pmsa003,
  pms5003t,
  pms5003st,
  dht11,
  dht22,
  am2302,
  bme280,
  sht31,
  button,
  door,
  presence,
  led,
  relay,
];

/** The driver of a model, by the name site files use; undefined where there is none. */
export function findDriver(model: string): Driver | undefined {
  return drivers.find((driver) => driver.model === model);
}

/** What the schema of a site needs to know of the drivers. */
export function sensorModels(): SensorModel[] {
  return drivers.map((driver) => ({
    model: driver.model,
    title: driver.title,
    port: driver.link === 'serial' || driver.link === 'firmata' ? 'serial' : 'gpio',
    sharesPort: driver.link === 'firmata',
    options: driver.options,
    ...('channels' in driver && {
      sampled: {
        interval: driver.interval,
        leastWith: (options: unknown) => leastInterval(driver, options),
        channels: Object.keys(driver.channels) as PropertyId[],
      },
    }),
    output: driver.link === 'output',
  }));
}

/** A sensor that sleeps needs its warm-up before each sample, and a while to answer. */
function leastInterval(driver: SensorDriver, options: unknown): number {
  const plan = driver.link === 'serial' ? driver.plan(options) : undefined;
  return plan?.rest ? plan.rest.warmUp + plan.patience : driver.interval.least;
}
