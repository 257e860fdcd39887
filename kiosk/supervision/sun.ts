/** Degrees north and east. */
export interface Place {
  latitude: number;
  longitude: number;
}

const degree = Math.PI / 180;
const day = 86_400_000;

/** Noon of 1 January 2000, from which astronomers count days. */
const j2000 = Date.UTC(2000, 0, 1, 12);

/**
 * How high the sun stands above the horizon, in degrees, without the refraction of the air. After the low-precision
 * formulas of the Astronomical Almanac (section C, "Low precision formulas for the Sun"), which hold within 0.01°
 * from 1950 to 2050: far better than a lamp needs.
 *
 * @param now wall time in ms
 */
export function sunElevation(now: number, { latitude, longitude }: Place): number {
  const days = (now - j2000) / day;
  const meanLongitude = 280.46 + 0.9856474 * days;
  const anomaly = (357.528 + 0.9856003 * days) * degree;
  const ecliptic = (meanLongitude + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * degree;
  const obliquity = (23.439 - 0.0000004 * days) * degree;
  const rightAscension = Math.atan2(Math.cos(obliquity) * Math.sin(ecliptic), Math.cos(ecliptic));
  const declination = Math.asin(Math.sin(obliquity) * Math.sin(ecliptic));
  const siderealTime = (280.46062 + 360.9856474 * days + longitude) * degree;
  const hourAngle = siderealTime - rightAscension;
  const height = latitude * degree;
  const sine =
    Math.sin(height) * Math.sin(declination) + Math.cos(height) * Math.cos(declination) * Math.cos(hourAngle);
  return Math.asin(sine) / degree;
}
