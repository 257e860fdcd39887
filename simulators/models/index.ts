import type { SerialTwin } from '../contract.js';
import { bme280 } from './bme280.js';
import { pms3003 } from './pms3003.js';
import { pms5003 } from './pms5003.js';
import { pms5003st } from './pms5003st.js';
import { pms5003t } from './pms5003t.js';
import { pms7003 } from './pms7003.js';
import { pmsa003 } from './pmsa003.js';
import { sds011 } from './sds011.js';
import { sht31 } from './sht31.js';
import { sps30 } from './sps30.js';

/** The devices that hang on a serial line, by model; each call makes a new one with a memory of its own. */
export const serialTwins: Readonly<Record<string, () => SerialTwin>> = {
  sds011,
  sps30,
  pms3003,
  pms5003,
  pms7003,
  pmsa003,
  pms5003t,
  pms5003st,
  bme280,
  sht31,
};

/** Makes a new device of a model; undefined where the model has no serial twin. */
export function createSerialTwin(model: string): SerialTwin | undefined {
  return Object.hasOwn(serialTwins, model) ? serialTwins[model]?.() : undefined;
}
