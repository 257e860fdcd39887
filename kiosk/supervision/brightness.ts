/** How bright a panel may be, in percent of the most that it can. */
export interface BrightnessRange {
  least: number;
  most: number;
}

/** What is known of the light around a panel. */
export type Daylight =
  /** What a light sensor says, in lux. */
  | { by: 'sensor'; lux: number }
  /** How high the sun stands, in degrees. */
  | { by: 'sun'; elevation: number }
  /** Neither a sensor nor the time of day. */
  | { by: 'nobody' };

/** A lit street at night, and open shade by day, in lux: below and above these nothing more is gained. */
const lux = { least: 10, most: 10_000 };

/** The end of civil twilight, and a sun above the houses, in degrees. */
const sun = { least: -6, most: 10 };

/** Changes smaller than this, in percent, are not worth the flicker. */
const worthwhile = 3;

/** Most that the light changes at a time, in percent, so that nobody sees it jump. */
const stride = 10;

/** How bright the panel should be, in whole percent. Where nothing is known it is fully bright: it can be read then. */
export function brightnessFor(light: Daylight, { least, most }: BrightnessRange): number {
  return Math.round(least + (most - least) * share(light));
}

/** One step towards it. */
export function approach(current: number | undefined, wanted: number): number {
  if (current === undefined) return wanted;
  const difference = wanted - current;
  if (Math.abs(difference) < worthwhile) return current;
  return current + Math.sign(difference) * Math.min(stride, Math.abs(difference));
}

/** Eyes see ratios of light, so that a sensor's share is taken of the logarithm. */
function share(light: Daylight): number {
  switch (light.by) {
    case 'sensor':
      return between(Math.log(Math.max(light.lux, 1e-3)), Math.log(lux.least), Math.log(lux.most));
    case 'sun':
      return between(light.elevation, sun.least, sun.most);
    case 'nobody':
      return 1;
  }
}

function between(value: number, least: number, most: number): number {
  return Math.min(1, Math.max(0, (value - least) / (most - least)));
}
