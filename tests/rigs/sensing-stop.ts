import { parseSite } from '../../config/load.js';
import type { Sample } from '../../drivers/contract.js';
import { drivers, sensorModels } from '../../drivers/index.js';
import { createPipeline, type Pipeline } from '../../runtime/ingest/pipeline.js';
import { createJudge, type Judge } from '../../runtime/quality/judge.js';
import type { Air } from '../../simulators/contract.js';
import { sensePlantower } from '../../simulators/models/plantower.js';
import { plantowerSample } from '../serial-models.js';

/** What each sensor makes of the air, in steps of its resolution. */
const senses: Readonly<Record<string, (air: Air) => Sample>> = {
  sds011: ({ pm2_5, pm10 }) => ({ pm2_5: steps(pm2_5, 10), pm10: steps(pm10, 10) }),
  pms5003: (air) => asWords(plantowerSample(sensePlantower(air))),
  bme280: ({ temperature, humidity, pressure }) => ({
    temperature: steps(temperature, 100),
    humidity: steps(humidity, 100),
    pressure: steps(pressure, 100),
  }),
  dht22: ({ temperature, humidity }) => ({
    temperature: steps(temperature, 10),
    humidity: steps(humidity, 10),
  }),
};

function steps(value: number, perUnit: number): number {
  return Math.round(value * perUnit) / perUnit;
}

/** Whole numbers of 16 bits. */
function asWords(sample: Sample): Sample {
  return Object.fromEntries(
    Object.entries(sample).map(([property, value]) => [property, Math.min(0xffff, Math.round(value))]),
  );
}

/** A sensor without a device: what it says of the air, and what becomes of that. */
export interface SensingSensor {
  sense(air: Air): Sample;
  pipeline: Pipeline;
}

/** Four sensors of a stop, whose readings are judged as in a shelter. */
export function sensingStop(judge: Judge = createJudge()): SensingSensor[] {
  const site = parseSite(
    JSON.stringify({
      id: 'replay',
      name: { en: 'Replay' },
      languages: ['en'],
      place: { latitude: 39.9, longitude: 116.4 },
      timeZone: 'Asia/Shanghai',
      serial: { sds011: { path: '/dev/a' }, pms5003: { path: '/dev/b' }, bme280: { path: '/dev/c' } },
      gpio: { lines: { dht22: 4 } },
      sensors: Object.keys(senses).map((model) => ({ id: model, driver: model, port: model })),
    }),
    { models: sensorModels() },
  );
  return site.sensors.flatMap((sensor) => {
    const driver = drivers.find(({ model }) => model === sensor.driver);
    const sense = senses[sensor.driver];
    if (!driver || !('channels' in driver) || !sense) return [];
    return {
      sense,
      pipeline: createPipeline(sensor, driver.channels, judge.sensor(sensor, driver.channels)),
    };
  });
}
