import type { Site } from '../config/site.js';
import { findDriver } from '../drivers/index.js';
import type { InputNow, SensorNow } from './api/contract.js';
import type { Condition } from './ingest/condition.js';
import { viewInput, viewSensor } from './view.js';

/** How each device of a site stands, for those who ask. */
export interface Devices {
  become(device: string, condition: Condition): void;
  conditionOf(device: string): Condition;
  /** @param monotonic since when, in ms */
  setInput(input: string, state: string, monotonic: number): void;
  sensors(): SensorNow[];
  /** @param timeOf the wall time, in ms, of a monotonic one; undefined where none is believed */
  inputs(timeOf: (monotonic: number) => number | undefined): InputNow[];
}

export function createDevices(site: Site): Devices {
  const all = [...site.sensors, ...site.outputs].map(({ id, driver }) => ({
    id,
    driver,
    title: findDriver(driver)?.title ?? driver,
  }));
  const inputs = site.sensors.filter(({ driver }) => findDriver(driver)?.link === 'input');
  const conditions = new Map<string, Condition>();
  const states = new Map<string, { state: string; since: number }>();

  function conditionOf(device: string): Condition {
    return conditions.get(device) ?? { state: 'starting' };
  }

  return {
    become: (device, condition) => void conditions.set(device, condition),
    conditionOf,
    setInput: (input, state, monotonic) => void states.set(input, { state, since: monotonic }),
    sensors: () => all.map((device) => viewSensor(device, conditionOf(device.id))),
    inputs: (timeOf) =>
      inputs.map((input) => {
        const known = states.get(input.id);
        return viewInput(input, known?.state ?? null, known && timeOf(known.since));
      }),
  };
}
