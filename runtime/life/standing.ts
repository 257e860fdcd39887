import type { PropertyId } from '../../config/catalogue/properties.js';
import { type Quality, quality } from '../../config/catalogue/quality.js';
import type { Lack } from '../api/life.js';
import type { Latest } from '../latest.js';
import { isStale } from '../quality/stale.js';
import type { Window } from './windows.js';

/** How a stream stands right now. */
export interface Standing {
  latest: Latest;
  window: Window;
  /** Its last value that passed, where that is not stale. A single doubtful value does not undo it. */
  vouched: { value: number; age: number } | undefined;
  /** Why there is none, after its last value of all. */
  lack: Lack | null;
}

/** @param monotonic the time right now, in ms */
export function standingOf(latest: Latest, window: Window, monotonic: number): Standing {
  const { passed, staleAfter } = latest;
  const age = passed ? Math.max(0, monotonic - passed.monotonic) : Number.POSITIVE_INFINITY;
  const vouched = passed && !isStale(age, staleAfter) ? { value: passed.value, age } : undefined;
  return { latest, window, vouched, lack: vouched ? null : lackOf(latest, monotonic) };
}

function lackOf({ valued, staleAfter }: Latest, monotonic: number): Lack {
  if (!valued) return 'missing';
  if (isStale(monotonic - valued.monotonic, staleAfter)) return 'stale';
  return lacks[valued.quality];
}

/** What passed and is not stale lacks nothing; so a last value that passed has grown old. */
const lacks: Readonly<Record<Quality, Lack>> = {
  [quality.pass]: 'stale',
  [quality.notEvaluated]: 'not-evaluated',
  [quality.suspect]: 'suspect',
  [quality.fail]: 'fail',
  [quality.missing]: 'missing',
};

/** Those that measure a property, in the order of the site. */
export function measuring(standings: readonly Standing[], property: PropertyId): Standing[] {
  return standings.filter(({ latest }) => latest.stream.property === property);
}

/** The one whose word is taken for a property: the first in the order of the site that vouches for its value. */
export function voucherOf(standings: readonly Standing[], property: PropertyId): Standing | undefined {
  return measuring(standings, property).find(({ vouched }) => vouched !== undefined);
}

/** Why nobody vouches for a property, after the first sensor that measures it; null where somebody does. */
export function lackOfProperty(standings: readonly Standing[], property: PropertyId): Lack | null {
  if (voucherOf(standings, property)) return null;
  return measuring(standings, property)[0]?.lack ?? 'no-sensor';
}

/**
 * The one whose past hours are taken for what lasts for days: of those with the newest hour the first in the order of
 * the site. An alert does not end because a sensor is started anew.
 */
export function chroniclerOf(standings: readonly Standing[], property: PropertyId): Standing | undefined {
  const all = measuring(standings, property);
  const newest = Math.min(...all.map(({ window }) => ageOfNewest(window)));
  return all.find(({ window }) => ageOfNewest(window) === newest);
}

/** In hours; infinite where there is none. */
function ageOfNewest({ hours }: Window): number {
  const index = hours.findIndex((mean) => mean !== undefined);
  return index < 0 ? Number.POSITIVE_INFINITY : index;
}
