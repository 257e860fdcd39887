import type { LightSensor } from '../light-watch.js';
import type { Sysfs } from './sysfs.js';

const folder = 'bus/iio/devices';

/** A light sensor that the kernel drives, such as a BH1750 or a VEML6030 on I2C (industrial I/O, `in_illuminance`). */
export function iioLightSensor(sysfs: Sysfs): LightSensor {
  async function luxOf(device: string): Promise<number | undefined> {
    const number = async (name: string) => {
      const text = await sysfs.read(`${folder}/${device}/in_illuminance_${name}`);
      return text === undefined || text === '' ? Number.NaN : Number(text);
    };
    const input = await number('input');
    if (Number.isFinite(input)) return input;
    const [raw, scale, offset] = await Promise.all([number('raw'), number('scale'), number('offset')]);
    if (!Number.isFinite(raw)) return undefined;
    return (raw + (Number.isFinite(offset) ? offset : 0)) * (Number.isFinite(scale) ? scale : 1);
  }

  return {
    async lux() {
      for (const device of await sysfs.list(folder)) {
        const lux = await luxOf(device);
        if (lux !== undefined && lux >= 0) return lux;
      }
      return undefined;
    },
  };
}
