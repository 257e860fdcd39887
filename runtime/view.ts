import { properties } from '../config/catalogue/properties.js';
import { quality, qualityName } from '../config/catalogue/quality.js';
import { units } from '../config/catalogue/units.js';
import { parseDayHours } from '../config/day-hours.js';
import type { Site } from '../config/site.js';
import type { EventNow, InputNow, ProblemNow, SensorNow, SiteNow, StreamNow } from './api/contract.js';
import { valueState } from './api/state.js';
import type { Condition } from './ingest/condition.js';
import type { Latest } from './latest.js';
import type { Problem } from './problem.js';
import type { ShelterEvent } from './reading.js';

/** How the parts of a shelter look to those who ask: the contract's words, made from what the runtime knows. */

export function viewSite(site: Site): SiteNow {
  return {
    id: site.id,
    name: { ...site.name },
    timeZone: site.timeZone,
    languages: [...site.languages],
    pxPerMm: site.kiosk.pxPerMm,
    panelBottom: site.kiosk.panelBottom,
    voice: viewVoice(site.kiosk.voice),
  };
}

function viewVoice({ volume, night }: Site['kiosk']['voice']): SiteNow['voice'] {
  return { volume, night: { ...parseDayHours(night.hours), volume: night.volume } };
}

/** @param monotonic the time right now, in ms: a value's age must not jump when the wall time steps */
export function viewStream({ stream, staleAfter, valued }: Latest, monotonic: number): StreamNow {
  const { name, unit, digits } = properties[stream.property];
  const age = valued ? Math.max(0, monotonic - valued.monotonic) : null;
  const shown = valued?.quality ?? quality.missing;
  return {
    stream: stream.id,
    sensor: stream.sensor,
    property: stream.property,
    name,
    unit,
    symbol: units[unit].symbol,
    digits,
    value: valued?.value ?? null,
    time: valued && !valued.unsynchronised ? isoTime(valued.time) : null,
    age: age === null ? null : Math.round(age) / 1_000,
    staleAfter: staleAfter / 1_000,
    quality: shown,
    flag: qualityName(shown),
    doubts: [...(valued?.doubts ?? [])],
    state: valueState({ value: valued?.value ?? null, quality: shown, age, staleAfter }),
    calibration: valued?.calibration ?? null,
    correction: valued?.correction ?? null,
  };
}

export function viewSensor(
  sensor: { id: string; driver: string; title: string },
  condition: Condition,
): SensorNow {
  return {
    sensor: sensor.id,
    driver: sensor.driver,
    title: sensor.title,
    state: condition.state,
    problem: condition.state === 'failing' ? viewProblem(condition.problem) : null,
  };
}

export function viewInput(
  input: { id: string; driver: string },
  state: string | null,
  since: number | undefined,
): InputNow {
  return { input: input.id, driver: input.driver, state, since: since === undefined ? null : isoTime(since) };
}

export function viewProblem({ code, message, hint, since }: Problem): ProblemNow {
  return { code, message, hint, since: isoTime(since) };
}

export function viewEvent({ kind, source, time, detail, unsynchronised }: ShelterEvent): EventNow {
  return { kind, source, time: unsynchronised ? null : isoTime(time), detail: { ...detail } };
}

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
