import type { Lamp } from '../light-watch.js';
import type { Sysfs } from './sysfs.js';

const folder = 'class/backlight';

/** The panel's own light, as the kernel has it: a Raspberry Pi's display, a laptop's; HDMI panels have none. */
export function sysfsBacklight(sysfs: Sysfs): Lamp {
  async function setOne(name: string, percent: number): Promise<boolean> {
    const most = Number(await sysfs.read(`${folder}/${name}/max_brightness`));
    if (!(most > 0)) return false;
    return sysfs.write(`${folder}/${name}/brightness`, String(Math.round((most * percent) / 100)));
  }

  return {
    async set(percent) {
      const names = await sysfs.list(folder);
      const set = await Promise.all(names.map((name) => setOne(name, percent)));
      return set.includes(true);
    },
  };
}
