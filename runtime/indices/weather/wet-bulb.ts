import { type Absence, defineIndex } from '../definition.js';

/** Where the fit was made, in °C and %. */
export const fitted = { temperature: [-20, 50], humidity: [5, 99] } as const;

export const wetBulb = defineIndex({
  id: 'wet-bulb',
  title: {
    en: 'Wet-bulb temperature',
    ko: '습구온도',
    ja: '湿球温度',
    zh: '湿球温度',
    vi: 'Nhiệt độ bầu ướt',
    ne: 'भिजेको थर्मोमिटरको तापक्रम',
    sw: 'Halijoto ya balbu nyevu',
  },
  unit: 'Cel',
  inputs: {
    temperature: { kind: 'number', unit: 'Cel', range: fitted.temperature, about: 'Temperature of the air' },
    humidity: { kind: 'number', unit: '%RH', range: fitted.humidity, about: 'Relative humidity' },
  },
  // The paper gives 0.65 °C as the most that it errs upwards.
  range: [-25, 50.65],
  standard: 'Stull 2011, at 1013.25 hPa',
  source: 'https://doi.org/10.1175/JAMC-D-11-0143.1',
  compute: ({ temperature, humidity }) => {
    const absent = tooColdAndDry(temperature, humidity);
    return absent === undefined ? { value: stull(temperature, humidity) } : { absent };
  },
});

/** Wet-bulb temperature in °C from a temperature in °C and a relative humidity in %, both as `fitted` has them. */
export function stull(temperature: number, humidity: number): number {
  return (
    temperature * Math.atan(0.151977 * Math.sqrt(humidity + 8.313659)) +
    Math.atan(temperature + humidity) -
    Math.atan(humidity - 1.676331) +
    0.00391838 * humidity ** 1.5 * Math.atan(0.023101 * humidity) -
    4.686035
  );
}

/**
 * The paper leaves out air that is both cold and dry, and says of the rest that it errs by 0.65 °C upwards at most.
 * The line is where the fit and the psychrometric equation part by more than that.
 */
export function tooColdAndDry(temperature: number, humidity: number): Absence | undefined {
  const driest = 11 - 1.6 * temperature;
  if (humidity > driest) return undefined;
  const reason = `humidity is ${humidity}; at ${temperature} °C, expected more than ${driest.toFixed(0)} %.`;
  return { code: 'not-applicable', input: 'humidity', reason };
}
