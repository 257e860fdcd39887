import { dewPoint, relativeHumidity, usualPm1Share } from './air.js';
import type { Air, Environment } from './contract.js';
import { type Random, seededRandom } from './random.js';

/**
 * About what the middle of each month brings in Seoul: °C, %RH, hPa at sea level, and µg/m³ of PM2.5 and of what is
 * coarser, up to PM10.
 */
const months = {
  temperature: [-2.0, 0.7, 6.1, 12.6, 18.2, 22.7, 25.3, 26.1, 21.6, 15.0, 7.5, 0.2],
  humidity: [56, 55, 55, 55, 60, 66, 76, 74, 66, 62, 60, 58],
  pressure: [1024.5, 1023, 1019, 1014, 1010.5, 1007, 1006.5, 1007.5, 1013, 1018.5, 1022, 1024.5],
  pm2_5: [27, 26, 27, 21, 18, 16, 14, 11, 11, 14, 20, 24],
  coarse: [19, 19, 27, 27, 24, 14, 10, 10, 11, 15, 20, 19],
};

const warmestHour = 15;
const rushHours = [8, 18.5];

const hour = 3_600_000;

/**
 * A modelled city: the same weather for the same seed and time.
 *
 * Weather systems of days move temperature, pressure and PM together; the dew point follows them but not the hour, so
 * the humidity falls while a day warms up. PM rises in the rush hours and thins out when the afternoon mixes the air.
 * Over a year: −14 to 37 °C, 20 to 99 %RH, 996 to 1036 hPa, PM2.5 from 4 to 75 and PM10 from 9 to 125 µg/m³.
 * In 15 s nothing moves by more than 0.01 °C, 0.05 %RH, 0.005 hPa, 0.05 µg/m³ of PM2.5 and 0.07 µg/m³ of PM10: less
 * than common sensors resolve, so their values can be compared with the model's although they are not as fresh.
 *
 * @param options.utcOffset of the local time in ms; by default Korea's
 */
export function modelledEnvironment(seed: number, { utcOffset = 9 * hour } = {}): Environment {
  const random = seededRandom(seed);
  const weather = wander(random, [43, 61, 97]);
  const moisture = wander(random, [31, 53, 89]);
  const stagnation = wander(random, [47, 71, 101]);
  const dust = wander(random, [59, 83, 127]);
  const clouds = wander(random, [29, 37, 59]);
  const unrest = wander(random, [2.3, 3.1, 4.7]);

  function at(time: number): Air {
    const local = time + utcOffset;
    const hours = local / hour;
    const ofDay = hours - 24 * Math.floor(hours / 24);
    const season = (monthly: readonly number[]) => inSeason(monthly, local);
    const warmth = Math.cos((2 * Math.PI * (ofDay - warmestHour)) / 24);
    const traffic = Math.max(...rushHours.map((rush) => bell(ofDay - rush)));

    const mean = season(months.temperature);
    const temperature =
      mean + 3.5 * weather(hours) + 3.8 * (1 - 0.4 * clouds(hours)) * warmth + 0.15 * unrest(hours);
    const dew = dewPoint(mean, season(months.humidity)) + 2 * weather(hours) + 2.5 * moisture(hours);
    const pressure =
      season(months.pressure) - 6 * weather(hours) + 0.8 * Math.cos((4 * Math.PI * (ofDay - 10)) / 24);
    const fine =
      season(months.pm2_5) * Math.exp(0.7 * stagnation(hours)) * (1 - 0.15 * warmth + 0.03 * unrest(hours)) +
      7 * traffic;
    const coarse = season(months.coarse) * Math.exp(0.6 * dust(hours)) + 5 * traffic;

    return {
      temperature,
      humidity: relativeHumidity(temperature, Math.min(dew, temperature - 0.2)),
      pressure,
      pm1: fine * (usualPm1Share + 0.06 * clouds(hours)),
      pm2_5: fine,
      pm10: fine + coarse,
    };
  }

  return { at };
}

/** Swings smoothly between −1 and 1 without ever repeating in a lifetime. @param periods in hours */
function wander(random: Random, periods: readonly number[]): (hours: number) => number {
  const waves = periods.map((period) => ({ period, phase: random() }));
  return (hours) => {
    const sum = waves.reduce(
      (sum, { period, phase }) => sum + Math.sin(2 * Math.PI * (hours / period + phase)),
      0,
    );
    return sum / waves.length;
  };
}

/** Interpolates between the middles of the months. */
function inSeason(monthly: readonly number[], local: number): number {
  const year = new Date(local).getUTCFullYear();
  const [start, end] = [Date.UTC(year), Date.UTC(year + 1)];
  const position = (12 * (local - start)) / (end - start) - 0.5;
  const earlier = Math.floor(position);
  const [from = 0, to = 0] = [monthly.at(earlier % 12), monthly.at((earlier + 1) % 12)];
  return from + (to - from) * (position - earlier);
}

/** 1 at the time itself, about a tenth two and a half hours away. @param distance in hours */
function bell(distance: number): number {
  return Math.exp(-0.5 * (distance / 1.2) ** 2);
}
