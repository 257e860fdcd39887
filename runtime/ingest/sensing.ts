import type { SensorConfig, Site } from '../../config/site.js';
import type { Driver, InputDriver, OutputDriver, SensorDriver } from '../../drivers/contract.js';
import type { Clock, HardwarePorts } from '../../drivers/ports.js';
import { type Backoff, createBackoff } from '../backoff.js';
import { createJudge, type Judge } from '../quality/judge.js';
import type { Reading, ShelterEvent, Stream } from '../reading.js';
import type { Condition } from './condition.js';
import { watchInput } from './input-watcher.js';
import { linkMaker } from './links/links.js';
import { driveOutput, type Output } from './output.js';
import { createPipeline, nobody, type Surroundings } from './pipeline.js';
import { createSampler } from './sampler.js';
import { type SensorControl, sensorControl } from './sensor-control.js';

/** A device is tried again after at most so long, so that it is back within 30 s of its return. */
const reopening = { base: 1_000, cap: 15_000 };

/** Where what is sensed goes to. */
export interface SensingOutlets {
  onReadings(readings: readonly Reading[]): void;
  onEvent(event: ShelterEvent): void;
  /** A sensor, an input or an output is now so. */
  onCondition(device: string, condition: Condition): void;
  /** An input has this state, such as `pressed`. */
  onInput(input: string, state: string): void;
  /** Something a technician may want to know, that stops nothing. */
  onComplaint(device: string, error: Error): void;
}

export interface SensingParts {
  site: Site;
  drivers: readonly Driver[];
  hardware: HardwarePorts;
  clock: Clock;
  random: () => number;
  outlets: SensingOutlets;
  /** By default nobody counts calibrations, and corrections know only their own sensor's humidity. */
  surroundings?: Surroundings;
}

/** All devices of a site at work. */
export interface Sensing {
  streams: readonly { sensor: SensorConfig; streams: readonly Stream[]; interval: number }[];
  /** What can be done to each sampled sensor while it works, by its id. */
  sensors: ReadonlyMap<string, SensorControl>;
  /** The outputs that may blink, by their id. */
  lamps: ReadonlyMap<string, Pick<Output, 'override'>>;
  /** What the quality tests remember of each stream. */
  memories: Pick<Judge, 'lookback' | 'resume'>;
  start(): void;
  /** Gives every port back. */
  stop(): Promise<void>;
}

interface Worker {
  start(): void;
  stop(): Promise<void>;
}

export function createSensing(parts: SensingParts): Sensing {
  const { site, drivers, hardware, clock, random, outlets, surroundings = nobody } = parts;
  const makeLink = linkMaker({ site, hardware, clock });
  const streams: { sensor: SensorConfig; streams: readonly Stream[]; interval: number }[] = [];
  const outputs: { config: Site['outputs'][number]; output: Output }[] = [];
  const workers: Worker[] = [];
  const sensors = new Map<string, SensorControl>();
  const lamps = new Map<string, Pick<Output, 'override'>>();
  const judge = createJudge();

  function backoff(): Backoff {
    return createBackoff(reopening, random);
  }

  function conditionOf(device: string): (condition: Condition) => void {
    return (condition) => outlets.onCondition(device, condition);
  }

  function addSensor(config: SensorConfig, driver: SensorDriver): void {
    const interval = config.interval ?? driver.interval.default;
    const sensorJudge = judge.sensor(config, driver.channels);
    const pipeline = createPipeline(config, driver.channels, sensorJudge, surroundings);
    const link = makeLink({
      config,
      driver,
      interval,
      complain: (error) => outlets.onComplaint(config.id, error),
    });
    let newest: readonly Reading[] = [];
    let isThere = false;
    const sampler = createSampler({
      link,
      interval,
      clock,
      backoff: backoff(),
      onSample(sample, moment) {
        newest = pipeline.readings(sample, moment);
        outlets.onReadings(newest);
      },
      onCondition(condition) {
        if (condition.state === 'ok' && !isThere) sensorJudge.appeared(clock.monotonic());
        isThere = condition.state === 'ok';
        outlets.onCondition(config.id, condition);
      },
    });
    streams.push({ sensor: config, streams: pipeline.streams, interval });
    workers.push({
      start() {
        pipeline.adjust(config);
        sampler.start();
      },
      stop: sampler.stop,
    });
    sensors.set(
      config.id,
      sensorControl({ driver, link, sampler, pipeline, interval, newest: () => newest }),
    );
  }

  function addInput(config: SensorConfig, driver: InputDriver): void {
    workers.push(
      watchInput({
        line: site.gpio.lines[config.port] ?? Number.NaN,
        settings: driver.settings(config.options),
        lines: hardware.gpio,
        clock,
        backoff: backoff(),
        onCondition: conditionOf(config.id),
        onLevel(level, isChange) {
          const state = driver.states[level];
          outlets.onInput(config.id, state);
          for (const { config: follower, output } of outputs) {
            if (follower.follows === config.id) output.set(level);
          }
          if (isChange) outlets.onEvent(eventNow(`${driver.model}.${state}`, config.id));
        },
      }),
    );
  }

  function addOutput(config: Site['outputs'][number], driver: OutputDriver): void {
    const output = driveOutput({
      line: site.gpio.lines[config.port] ?? Number.NaN,
      settings: driver.settings(config.options),
      lines: hardware.gpio,
      clock,
      backoff: backoff(),
      onCondition: conditionOf(config.id),
    });
    outputs.push({ config, output });
    if (driver.mayBlink) lamps.set(config.id, output);
    workers.push(output);
  }

  function eventNow(kind: string, source: string): ShelterEvent {
    return { kind, source, time: clock.now(), monotonic: clock.monotonic(), detail: {} };
  }

  const byModel = new Map(drivers.map((driver) => [driver.model, driver]));
  for (const output of site.outputs) {
    const driver = byModel.get(output.driver);
    if (driver?.link === 'output') addOutput(output, driver);
  }
  for (const sensor of site.sensors) {
    const driver = byModel.get(sensor.driver);
    if (driver?.link === 'input') addInput(sensor, driver);
    else if (driver && driver.link !== 'output') addSensor(sensor, driver);
  }

  return {
    streams,
    sensors,
    lamps,
    memories: judge,
    start() {
      for (const worker of workers) worker.start();
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
