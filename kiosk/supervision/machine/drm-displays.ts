import type { Displays } from '../display-watch.js';
import type { Sysfs } from './sysfs.js';

const folder = 'class/drm';

/** The graphics card's connectors, such as `card1-HDMI-A-1`, as the kernel has them. */
export function drmDisplays(sysfs: Sysfs): Displays {
  return {
    async connected() {
      const connectors = (await sysfs.list(folder)).filter((name) => /^card\d+-/.test(name));
      const states = await Promise.all(connectors.map((name) => sysfs.read(`${folder}/${name}/status`)));
      const known = states.filter((state) => state === 'connected' || state === 'disconnected');
      return known.length === 0 ? undefined : known.filter((state) => state === 'connected').length;
    },
  };
}
