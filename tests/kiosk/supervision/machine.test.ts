import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { machineClock } from '../../../kiosk/supervision/clock.js';
import { areSame, isOneColour } from '../../../kiosk/supervision/frames.js';
import { sysfsBacklight } from '../../../kiosk/supervision/machine/backlight.js';
import { drmDisplays } from '../../../kiosk/supervision/machine/drm-displays.js';
import { iioLightSensor } from '../../../kiosk/supervision/machine/light-sensor.js';
import { noticeEvery, noticeService } from '../../../kiosk/supervision/machine/service-notice.js';
import { machineSysfs } from '../../../kiosk/supervision/machine/sysfs.js';
import { scratchFolder } from '../../rigs/scratch.js';

/** A /sys of these files, and the way to them. */
function sysfsOf(files: Readonly<Record<string, string>>) {
  const root = scratchFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${text}\n`);
  }
  return { sysfs: machineSysfs(root), read: (path: string) => readFileSync(join(root, path), 'utf8').trim() };
}

describe('The light of the panel', () => {
  it('is set in percent of the most that the panel can', async () => {
    const { sysfs, read } = sysfsOf({
      'class/backlight/10-0045/max_brightness': '31',
      'class/backlight/10-0045/brightness': '31',
    });
    const lamp = sysfsBacklight(sysfs);
    expect(await lamp.set(50)).toBe(true);
    expect(read('class/backlight/10-0045/brightness')).toBe('16');
    await lamp.set(0);
    expect(read('class/backlight/10-0045/brightness')).toBe('0');
  });

  it('is nothing that an HDMI panel has', async () => {
    expect(await sysfsBacklight(sysfsOf({}).sysfs).set(50)).toBe(false);
    const broken = sysfsOf({ 'class/backlight/a/max_brightness': 'many' });
    expect(await sysfsBacklight(broken.sysfs).set(50)).toBe(false);
  });
});

describe('A light sensor', () => {
  it.each([
    ['that tells lux', { in_illuminance_input: '213' }, 213],
    ['that tells a number and its scale', { in_illuminance_raw: '400', in_illuminance_scale: '0.25' }, 100],
    ['that tells a number alone', { in_illuminance_raw: '400' }, 400],
    ['that tells nonsense', { in_illuminance_raw: 'dark' }, undefined],
    ['that tells less than nothing', { in_illuminance_input: '-4' }, undefined],
  ])('%s is read', async (_, files, lux) => {
    const { sysfs } = sysfsOf({
      'bus/iio/devices/iio:device0/in_temp_raw': '20',
      ...Object.fromEntries(
        Object.entries(files).map(([name, text]) => [`bus/iio/devices/iio:device1/${name}`, text]),
      ),
    });
    expect(await iioLightSensor(sysfs).lux()).toBe(lux);
  });

  it('is absent on most machines', async () => {
    expect(await iioLightSensor(sysfsOf({}).sysfs).lux()).toBeUndefined();
  });
});

describe('Displays', () => {
  it('are counted by their connectors', async () => {
    const both = sysfsOf({
      'class/drm/card0/dev': '226:0',
      'class/drm/card1-HDMI-A-1/status': 'connected',
      'class/drm/card1-HDMI-A-2/status': 'disconnected',
      'class/drm/card1-Writeback-1/status': 'unknown',
    });
    expect(await drmDisplays(both.sysfs).connected()).toBe(1);
    const none = sysfsOf({ 'class/drm/card1-HDMI-A-1/status': 'disconnected' });
    expect(await drmDisplays(none.sysfs).connected()).toBe(0);
    expect(await drmDisplays(sysfsOf({}).sysfs).connected()).toBeUndefined();
  });
});

describe('The watchdog', () => {
  it('hears as often as it wants, twice over, and only where there is one', () => {
    expect(noticeEvery({ NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: '60000000' })).toBe(30_000);
    expect(noticeEvery({ WATCHDOG_USEC: '60000000' })).toBeUndefined();
    expect(noticeEvery({ NOTIFY_SOCKET: '/run/systemd/notify' })).toBeUndefined();
    expect(noticeEvery({ NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: 'soon' })).toBeUndefined();
  });

  it('is told by systemd’s own command, again and again, until nobody turns any more', async () => {
    const folder = scratchFolder();
    const heard = join(folder, 'heard');
    writeFileSync(join(folder, 'systemd-notify'), `#!/bin/sh\necho "$@" >> ${heard}\n`);
    chmodSync(join(folder, 'systemd-notify'), 0o755);
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    const stop = noticeService(machineClock, { NOTIFY_SOCKET: 'x', WATCHDOG_USEC: '40000' });
    await vi.waitFor(() => expect(readFileSync(heard, 'utf8')).toMatch(/^WATCHDOG=1\nWATCHDOG=1\n/), 5_000);
    stop();
    vi.unstubAllEnvs();
  });
});

describe('Two pictures', () => {
  const frame = (...values: number[]) => ({
    width: 1,
    height: values.length / 4,
    pixels: Uint8Array.from(values),
  });

  it('are the same when every pixel is', () => {
    expect(areSame(frame(1, 2, 3, 255), frame(1, 2, 3, 255))).toBe(true);
    expect(areSame(frame(1, 2, 3, 255), frame(1, 2, 4, 255))).toBe(false);
    expect(areSame(frame(1, 2, 3, 255), frame(1, 2, 3, 255, 1, 2, 3, 255))).toBe(false);
  });

  it('show nothing when they are of one colour, dither and the marker aside', () => {
    expect(isOneColour(frame(9, 9, 9, 255, 10, 8, 9, 255, 9, 9, 9, 255))).toBe(true);
    expect(isOneColour(frame(9, 9, 9, 255, 60, 9, 9, 255))).toBe(false);
    expect(isOneColour(frame(90, 9, 9, 255, 9, 9, 9, 255, 9, 9, 9, 255), 1)).toBe(true);
  });
});
