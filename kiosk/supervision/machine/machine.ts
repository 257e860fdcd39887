import type { Displays } from '../display-watch.js';
import type { Lamp, LightSensor } from '../light-watch.js';
import { sysfsBacklight } from './backlight.js';
import { drmDisplays } from './drm-displays.js';
import { iioLightSensor } from './light-sensor.js';
import { machineSysfs } from './sysfs.js';

/** What of this machine belongs to its screen. */
export function thisPanel(): { lamp: Lamp; sensor: LightSensor; displays: Displays } {
  const sysfs = machineSysfs();
  return { lamp: sysfsBacklight(sysfs), sensor: iioLightSensor(sysfs), displays: drmDisplays(sysfs) };
}
