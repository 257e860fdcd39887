import { approach, type BrightnessRange, brightnessFor, type Daylight } from './brightness.js';
import { type Cancel, type Clock, every } from './clock.js';
import { type DayHours, isWithin } from './day-hours.js';
import { type Place, sunElevation } from './sun.js';

/** Of the machine: what makes the panel bright, and what knows how bright it is around. */
export interface Lamp {
  /** Resolves to whether there is one to set. @param percent of the most that it can */
  set(percent: number): Promise<boolean>;
}

export interface LightSensor {
  /** In lux; undefined where there is none. */
  lux(): Promise<number | undefined>;
}

/** What of a site the light depends on. */
export interface LightSettings {
  place: Place;
  timeZone: string;
  brightness: BrightnessRange;
  /** Hours without a bus. Only then may the screen be dark. */
  withoutService: readonly DayHours[];
  /** How long, in ms, nobody has touched it before it is dark then. */
  darkAfter: number;
}

/** Keeps the panel as bright as the light around it asks for, and dark where nobody can miss it. */
export interface LightWatch {
  /** Somebody is there. */
  wake(): void;
  /** Overrides what would be, for so long, in ms. */
  override(percent: number, ms: number): void;
  now(): { percent: number | undefined; dark: boolean };
  stop: Cancel;
}

export interface LightWatchParts {
  /** Undefined while the site is not known. */
  settings: () => LightSettings | undefined;
  /** Whether the wall time is believed. */
  isSynchronised: () => boolean;
  /** How long, in ms, nobody has touched the screen. */
  untouchedFor: () => number;
  lamp: Lamp;
  sensor: LightSensor;
  clock: Clock;
  onDark(dark: boolean): void;
  /** Told once: the panel's light cannot be set. */
  onNoLamp(): void;
}

/** Between two looks, in ms. */
const pause = 10_000;

export function watchLight(parts: LightWatchParts): LightWatch {
  const { settings, isSynchronised, untouchedFor, lamp, sensor, clock } = parts;
  let percent: number | undefined;
  let dark = false;
  let override: { percent: number; until: number } | undefined;
  let saidNoLamp = false;

  async function look(): Promise<void> {
    const site = settings();
    if (!site) return;
    become(mayBeDark(site));
    const next = overridden() ?? approach(percent, brightnessFor(await daylight(site), site.brightness));
    if (next === percent) return;
    percent = next;
    await apply();
  }

  /** Nobody knows whether a bus runs while nobody knows the time. */
  function mayBeDark({ withoutService, timeZone, darkAfter }: LightSettings): boolean {
    return isSynchronised() && isWithin(withoutService, clock.now(), timeZone) && untouchedFor() >= darkAfter;
  }

  async function daylight({ place }: LightSettings): Promise<Daylight> {
    const lux = await sensor.lux();
    if (lux !== undefined) return { by: 'sensor', lux };
    if (!isSynchronised()) return { by: 'nobody' };
    return { by: 'sun', elevation: sunElevation(clock.now(), place) };
  }

  function overridden(): number | undefined {
    if (override && clock.monotonic() >= override.until) override = undefined;
    return override?.percent;
  }

  function become(next: boolean): void {
    if (next === dark) return;
    dark = next;
    parts.onDark(dark);
    void apply();
  }

  async function apply(): Promise<void> {
    if (!dark && percent === undefined) return;
    const isSet = await lamp.set(dark ? 0 : (percent ?? 0));
    if (isSet || saidNoLamp) return;
    saidNoLamp = true;
    parts.onNoLamp();
  }

  const stop = every(clock, pause, look);
  return {
    wake: () => become(false),
    override(wanted, ms) {
      override = { percent: wanted, until: clock.monotonic() + ms };
      void look();
    },
    now: () => ({ percent, dark }),
    stop,
  };
}
