import { stringify } from 'yaml';
import { z } from 'zod';
import { parseSite, SiteError } from './load.js';
import type { SensorModel, Site } from './site.js';
import { didYouMean } from './wiring.js';
import { readable } from './write.js';

/**
 * What of a site may be desired from afar, each as a site file writes it. What is wired where, who the shelter is and
 * whom it believes stay with the site file, so that nothing from afar can lock a shelter out.
 */
const adjustable = ['name', 'place', 'timeZone', 'languages'] as const;
/** None that names a file: what stands in any file could else be had on the screen. */
const adjustableOfKiosk = [
  'pxPerMm',
  'publicUrl',
  'help',
  'voice',
  'silentAfter',
  'quietHours',
  'withoutService',
  'darkAfter',
  'brightness',
  'memory',
  'touchDeadAfter',
] as const;
const adjustableOfStore = ['commitInterval'] as const;
const adjustableOfSensor = ['interval', 'staleAfter', 'calibration', 'corrections', 'options'] as const;

/** One thing that is wrong with a desired configuration. */
export interface DesiredIssue {
  /** As `sensors.air.interval`; empty for the whole. */
  key: string;
  message: string;
}

export type Overlaid = { site: Site } | { issues: readonly DesiredIssue[] };

type Tree = { [key: string]: unknown };

const tree = z.record(z.string(), z.unknown());

/** The site with what is desired in the place of what its file says; or everything that is wrong with it. */
export function overlaySite(site: Site, desired: unknown, models: readonly SensorModel[]): Overlaid {
  const base = written(site);
  const issues: DesiredIssue[] = [];

  /** Checks the keys of a group; what stands under them is checked with the whole site. */
  function group(value: unknown, key: string, known: readonly string[]): Tree {
    if (value === undefined) return {};
    const parsed = tree.safeParse(value);
    if (!parsed.success) {
      issues.push({ key, message: 'expected a group of keys' });
      return {};
    }
    for (const name of Object.keys(parsed.data)) {
      if (known.includes(name)) continue;
      const message = `this cannot be desired from afar${didYouMean(name, known)}`;
      issues.push({ key: key ? `${key}.${name}` : name, message });
    }
    return Object.fromEntries(Object.entries(parsed.data).filter(([name]) => known.includes(name)));
  }

  const ids = site.sensors.map(({ id }) => id);
  const top = group(desired, '', [...adjustable, 'kiosk', 'store', 'sensors']);
  const ofSensors = new Map(Object.entries(group(top.sensors, 'sensors', ids)));
  const merged = {
    ...base,
    ...top,
    kiosk: { ...base.kiosk, ...group(top.kiosk, 'kiosk', adjustableOfKiosk) },
    store: { ...base.store, ...group(top.store, 'store', adjustableOfStore) },
    sensors: base.sensors.map((sensor) => {
      const key = `sensors.${sensor.id}`;
      const changes = group(ofSensors.get(sensor.id), key, adjustableOfSensor);
      const options = tree.safeParse(changes.options);
      return {
        ...sensor,
        ...changes,
        ...(options.success && { options: { ...sensor.options, ...options.data } }),
      };
    }),
  };
  if (issues.length > 0) return { issues };
  try {
    return { site: parseSite(stringify(merged), { file: 'desired', models }) };
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    return { issues: error.issues.map(({ key, message }) => ({ key: namedSensor(key, ids), message })) };
  }
}

/** The part of a site that may be desired from afar, as a desired configuration writes it. */
export function adjustablePart(site: Site): Tree {
  const base = written(site);
  return {
    ...pick(base, adjustable),
    kiosk: pick(base.kiosk, adjustableOfKiosk),
    store: pick(base.store, adjustableOfStore),
    sensors: Object.fromEntries(base.sensors.map((sensor) => [sensor.id, pick(sensor, adjustableOfSensor)])),
  };
}

/** What of a wanted site holds without a restart of the one that runs: all but place, commit interval and options. */
export function withoutRestart(running: Site, wanted: Site): Site {
  return {
    ...wanted,
    place: running.place,
    store: running.store,
    sensors: wanted.sensors.map((sensor) => ({
      ...sensor,
      options: running.sensors.find(({ id }) => id === sensor.id)?.options ?? sensor.options,
    })),
  };
}

/** The keys, as a desired configuration writes them, in which two sites differ. */
export function differences(site: Site, other: Site): string[] {
  const before = leaves(adjustablePart(site));
  const after = leaves(adjustablePart(other));
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .sort();
}

interface Written extends Tree {
  kiosk: Tree;
  store: Tree;
  sensors: (Tree & { id: string; options: Tree })[];
}

/** A site as its file could have it. */
function written(site: Site): Written {
  return readable(site) as Written;
}

function pick(from: Tree, keys: readonly string[]): Tree {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
}

function leaves(value: unknown, key = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new Map([[key, JSON.stringify(value)]]);
  }
  return new Map(
    Object.entries(value).flatMap(([name, inner]) => [...leaves(inner, key ? `${key}.${name}` : name)]),
  );
}

/** `sensors[0].interval` → `sensors.air.interval` */
function namedSensor(key: string, ids: readonly string[]): string {
  return key.replace(/^sensors\[(\d+)\]/, (_, index) => `sensors.${ids[Number(index)]}`);
}
