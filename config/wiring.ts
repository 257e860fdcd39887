import { closest } from 'fastest-levenshtein';
import type { z } from 'zod';
import { corrections } from './catalogue/corrections.js';
import type { PropertyId } from './catalogue/properties.js';
import { writeDuration } from './duration.js';
import type { OutputConfig, SensorConfig, SensorModel, Site } from './site.js';

/** What is wrong with a site that has the right shape, and where: the path leads to the value. */
export interface WiringIssue {
  path: (string | number)[];
  message: string;
}

/** A site whose devices fit their drivers, with each driver's defaults filled in; or what does not fit. */
export type Wiring = { site: Site; issues: readonly WiringIssue[] };

/** Checks that every device has a driver, a port of the right kind to itself, and options its driver knows. */
export function checkWiring(site: Site, models: readonly SensorModel[]): Wiring {
  const sensors = site.sensors.map((sensor, index) =>
    fitDevice(
      sensor,
      ['sensors', index],
      models.filter((model) => !model.output),
      site,
    ),
  );
  const outputs = site.outputs.map((output, index) =>
    fitDevice(
      output,
      ['outputs', index],
      models.filter((model) => model.output),
      site,
    ),
  );
  return {
    site: {
      ...site,
      sensors: sensors.map(({ device }) => device),
      outputs: outputs.map(({ device }) => device),
    },
    issues: [
      ...sensors.flatMap(({ issues }) => issues),
      ...outputs.flatMap(({ issues }) => issues),
      ...sensors.flatMap(({ device, issues }, index) =>
        issues.length > 0 ? [] : samplingIssues(device, index, models),
      ),
      ...site.sensors.flatMap((sensor, index) => correctionIssues(sensor, index, site, models)),
      ...site.outputs.flatMap((output, index) => followingIssues(output, index, site, models)),
      ...repeatedIds(site),
      ...sharedPorts(site, models),
      ...missingNames(site),
    ],
  };
}

function fitDevice<Device extends SensorConfig | OutputConfig>(
  device: Device,
  path: WiringIssue['path'],
  models: readonly SensorModel[],
  site: Site,
): { device: Device; issues: WiringIssue[] } {
  const model = models.find(({ model }) => model === device.driver);
  const portIssues = model ? unknownPort(device, path, model, site) : [];
  if (!model) {
    const message = `there is no driver "${device.driver}" here${didYouMean(
      device.driver,
      models.map(({ model }) => model),
    )}`;
    return { device, issues: [{ path: [...path, 'driver'], message }] };
  }
  const options = model.options.safeParse(device.options);
  if (options.success) {
    return { device: { ...device, options: options.data as Device['options'] }, issues: portIssues };
  }
  const optionIssues = options.error.issues.flatMap((issue) => optionIssue(issue, path, model));
  return { device, issues: [...portIssues, ...optionIssues] };
}

function optionIssue(issue: z.core.$ZodIssue, path: WiringIssue['path'], model: SensorModel): WiringIssue[] {
  const at = [...path, 'options', ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  if (issue.code !== 'unrecognized_keys') return [{ path: at, message: issue.message }];
  const known = Object.keys((model.options as Partial<z.ZodObject>).shape ?? {});
  return issue.keys.map((key) => ({
    path: [...at, key],
    message: `${model.title} has no such option${didYouMean(key, known)}`,
  }));
}

function unknownPort(
  device: SensorConfig | OutputConfig,
  path: WiringIssue['path'],
  model: SensorModel,
  site: Site,
): WiringIssue[] {
  const names = Object.keys(model.port === 'serial' ? site.serial : site.gpio.lines);
  if (names.includes(device.port)) return [];
  const where = model.port === 'serial' ? 'serial' : 'gpio.lines';
  const message = `${device.driver} needs a name that stands under ${where}; "${device.port}" does not${didYouMean(device.port, names)}`;
  return [{ path: [...path, 'port'], message }];
}

function samplingIssues(sensor: SensorConfig, index: number, models: readonly SensorModel[]): WiringIssue[] {
  const model = models.find(({ model }) => model === sensor.driver);
  if (!model) return [];
  const path = ['sensors', index];
  const { sampled } = model;
  if (!sampled) {
    const key =
      sensor.interval !== undefined ? 'interval' : sensor.staleAfter !== undefined ? 'staleAfter' : undefined;
    if (!key) return [];
    return [{ path: [...path, key], message: `${model.title} reports changes by itself and has no ${key}` }];
  }
  const least = sampled.leastWith(sensor.options);
  const tooShort =
    (sensor.interval ?? sampled.interval.default) < least
      ? [
          {
            path: sensor.interval === undefined ? path : [...path, 'interval'],
            message: `${model.title} needs an interval of at least ${writeDuration(least)} with these options`,
          },
        ]
      : [];
  const foreign = (['calibration', 'corrections', 'quality'] as const).flatMap((key) =>
    Object.keys(sensor[key])
      .filter((property) => !(sampled.channels as readonly string[]).includes(property))
      .map((property) => ({
        path: [...path, key, property],
        message: `${model.title} does not measure ${property}; it has ${sampled.channels.join(', ')}`,
      })),
  );
  return [...tooShort, ...foreign];
}

/** A correction has to be made for what it corrects, and needs somebody who measures humidity. */
function correctionIssues(
  sensor: SensorConfig,
  index: number,
  site: Site,
  models: readonly SensorModel[],
): WiringIssue[] {
  const hygrometers = site.sensors
    .filter(({ driver }) =>
      models.some(({ model, sampled }) => model === driver && sampled?.channels.includes('humidity')),
    )
    .map(({ id }) => id);
  return (Object.keys(sensor.corrections) as PropertyId[]).flatMap((property) => {
    const { method, humidity } = sensor.corrections[property] ?? {};
    if (!method) return [];
    const path = ['sensors', index, 'corrections', property];
    const { corrects } = corrections[method];
    if (!corrects.includes(property)) {
      const message = `${method} does not correct ${property}, but ${corrects.join(', ')}`;
      return [{ path: [...path, 'method'], message }];
    }
    if (hygrometers.length === 0) {
      return [{ path, message: `${method} needs the humidity, which no sensor here measures` }];
    }
    if (humidity === undefined || hygrometers.includes(humidity)) return [];
    const message = `there is no sensor "${humidity}" that measures humidity${didYouMean(humidity, hygrometers)}`;
    return [{ path: [...path, 'humidity'], message }];
  });
}

function followingIssues(
  output: OutputConfig,
  index: number,
  site: Site,
  models: readonly SensorModel[],
): WiringIssue[] {
  if (output.follows === undefined) return [];
  const inputs = site.sensors
    .filter(({ driver }) => models.some(({ model, sampled }) => model === driver && !sampled))
    .map(({ id }) => id);
  if (inputs.includes(output.follows)) return [];
  const message = `there is no input "${output.follows}" to follow${didYouMean(output.follows, inputs)}`;
  return [{ path: ['outputs', index, 'follows'], message }];
}

function repeatedIds(site: Site): WiringIssue[] {
  const seen = new Set<string>();
  return devicesOf(site).flatMap(({ device, path }) => {
    if (seen.has(device.id)) {
      return [
        { path: [...path, 'id'], message: `"${device.id}" is taken: every device needs an id of its own` },
      ];
    }
    seen.add(device.id);
    return [];
  });
}

function sharedPorts(site: Site, models: readonly SensorModel[]): WiringIssue[] {
  const holders = new Map<string, string>();
  return devicesOf(site).flatMap(({ device, path }) => {
    const model = models.find(({ model }) => model === device.driver);
    if (!model) return [];
    const wire = `${model.port} ${model.port === 'serial' ? device.port : site.gpio.lines[device.port]}`;
    const holder = holders.get(wire);
    const kind = model.sharesPort ? 'shared' : device.id;
    if (holder === undefined || (holder === 'shared' && kind === 'shared')) {
      holders.set(wire, kind);
      return [];
    }
    return [{ path: [...path, 'port'], message: `"${device.port}" is already used by another device` }];
  });
}

function missingNames(site: Site): WiringIssue[] {
  return site.languages
    .filter((language) => !site.name[language])
    .map((language) => ({ path: ['name'], message: `the name of the stop is missing in "${language}"` }));
}

function devicesOf(site: Site) {
  return [
    ...site.sensors.map((device, index) => ({ device, path: ['sensors', index] as WiringIssue['path'] })),
    ...site.outputs.map((device, index) => ({ device, path: ['outputs', index] as WiringIssue['path'] })),
  ];
}

/** ` (did you mean "x"?)`, or what there is to choose from, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const best = closest(word, known);
  const alike = best.includes(word) || word.includes(best) || sameLetters(word, best);
  if (alike) return ` (did you mean "${best}"?)`;
  return known.length > 24 ? '' : `; there is ${known.join(', ')}`;
}

function sameLetters(word: string, other: string): boolean {
  const letters = new Set(other.toLowerCase());
  const common = [...word.toLowerCase()].filter((letter) => letters.has(letter)).length;
  return common / Math.max(word.length, other.length) >= 0.6;
}
