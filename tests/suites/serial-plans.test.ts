import { describe, expect, it } from 'vitest';
import type { PropertyId } from '../../config/catalogue/properties.js';
import type { Command, Frame, Sample, SerialDriver, SerialPlan } from '../../drivers/contract.js';
import { DriverError } from '../../drivers/contract.js';
import { createFramer } from '../../drivers/framing/framer.js';
import { drivers } from '../../drivers/index.js';
import type { Air, SerialTwin } from '../../simulators/contract.js';
import { createSerialTwin } from '../../simulators/models/index.js';
import { virtualClock } from '../../simulators/virtual-clock.js';
import { channelNames } from '../serial-models.js';
import { waysOf } from './ways.js';

/** Every serial driver carries out its plans with its twin, in each of its modes. */

const air: Air = { temperature: -3.14, humidity: 61.8, pressure: 1013.2, pm1: 11.2, pm2_5: 17.9, pm10: 28.3 };

const plans = drivers.flatMap((driver) =>
  driver.link === 'serial'
    ? waysOf(driver).map(({ name, options }) => ({
        model: driver.model,
        name,
        driver,
        plan: driver.plan(driver.options.parse(options)),
      }))
    : [],
);
const asked = plans.flatMap((each) => (each.plan.request ? [{ ...each, request: each.plan.request }] : []));
const resting = asked.flatMap((each) => (each.plan.rest ? [{ ...each, rest: each.plan.rest }] : []));

describe('a serial driver and its twin', () => {
  it.each(plans)('agree on the line and the channels: $name', async ({ driver, plan }) => {
    const { twin, refused, samples, say } = talk(driver);
    expect(twin.line).toEqual(driver.line);
    await refused(plan.prepare);
    await samples(plan.settling ?? 0);
    if (plan.request) say(plan.request);
    expect(Object.keys((await samples(2_000))[0] ?? {})).toEqual(channelNames(driver));
  });

  it.each(plans)('are prepared, each command acknowledged: $name', async ({ driver, plan }) => {
    const { refused } = talk(driver);
    expect(await refused(plan.prepare)).toEqual([]);
  });

  it.each(resting)('are prepared out of deep sleep: $name', async ({ driver, plan, rest }) => {
    const { refused, samples } = talk(driver);
    await refused([rest.sleep]);
    expect(await samples(60_000)).toEqual([]);
    expect(await refused(plan.prepare)).toEqual([]);
  });

  it.each(plans.filter(({ plan }) => !plan.request))(
    'report without being asked, within the patience of the driver: $name',
    async ({ driver, plan }) => {
      const { refused, samples } = talk(driver);
      await refused(plan.prepare);
      const reported = await samples(plan.patience);
      expect(reported.length).toBeGreaterThan(0);
      for (const sample of reported) expectToFit(sample, driver);
    },
  );

  it.each(asked)('keep silent until asked: $name', async ({ driver, plan, request }) => {
    const { refused, samples, say } = talk(driver);
    await refused(plan.prepare);
    expect(await samples(60_000)).toEqual([]);
    say(request);
    const answers = await samples(plan.patience);
    expect(answers).toHaveLength(1);
    for (const sample of answers) expectToFit(sample, driver);
  });

  it.each(resting)('sleep between samples and tell the truth after the warm-up: $name', async (each) => {
    const { driver, plan, request, rest } = each;
    const { refused, samples, say } = talk(driver);
    await refused(plan.prepare);
    for (let cycle = 0; cycle < 3; cycle++) {
      expect(await refused([rest.sleep])).toEqual([]);
      say(request);
      expect(await samples(120_000)).toEqual([]);
      say(rest.wake);
      expect(await samples(rest.warmUp)).toEqual([]);
      say(request);
      const answers = await samples(plan.patience);
      expect(answers).toHaveLength(1);
      for (const sample of answers) expectToFit(sample, driver);
    }
  });

  it.each(resting)(
    'are untrue or nonsense right after waking, so that the warm-up matters: $name',
    async (each) => {
      const { driver, plan, request, rest } = each;
      const { refused, samples, say, nonsense } = talk(driver);
      await refused([...plan.prepare, rest.sleep]);
      say(rest.wake);
      await samples(2_000);
      say(request);
      const [sample] = await samples(plan.patience);
      expect(sample === undefined ? nonsense() > 0 : Math.abs((sample.pm2_5 ?? 0) - air.pm2_5) > 1).toBe(
        true,
      );
    },
  );
});

/** A sensor that was just switched on, at the other end of a wire that loses nothing. */
function talk(driver: SerialDriver) {
  const twin: SerialTwin = createSerialTwin(driver.model) ?? expect.fail(`${driver.model} has no twin`);
  const clock = virtualClock();
  const framer = createFramer(driver.framing);
  let frames: Frame[] = [];
  let contradictions = 0;
  const device = twin.powerUp({
    air: () => air,
    clock,
    send(bytes) {
      frames.push(...framer.push(bytes));
    },
  });

  function decode(frame: Frame): Sample[] {
    try {
      const decoded = driver.decode(frame);
      return decoded.kind === 'sample' ? [decoded.sample] : [];
    } catch (error) {
      expect(error).toBeInstanceOf(DriverError);
      contradictions++;
      return [];
    }
  }

  const say = ({ bytes }: Command) => device.receive(bytes);
  return {
    twin,
    say,
    nonsense: () => contradictions,
    /** The samples that come within `ms` milliseconds, with those that came since the last time. */
    async samples(ms: number): Promise<Sample[]> {
      await clock.advance(ms);
      const taken = frames;
      frames = [];
      return taken.flatMap(decode);
    },
    /** Gives commands one after another; the names of those that should be acknowledged and were not. */
    async refused(commands: SerialPlan['prepare']): Promise<string[]> {
      const names: string[] = [];
      for (const command of commands) {
        frames = [];
        say(command);
        const { acknowledgedBy } = command;
        if (acknowledgedBy && !frames.some((frame) => acknowledgedBy(frame))) names.push(command.name);
        await clock.advance(100);
      }
      frames = [];
      return names;
    },
  };
}

/** What is in the air is in the sample, as far as the sensor resolves it. */
function expectToFit(sample: Sample, driver: SerialDriver): void {
  for (const property of Object.keys(air) as PropertyId[] & (keyof Air)[]) {
    const channel = driver.channels[property];
    if (!channel) continue;
    expect(Math.abs((sample[property] ?? Number.NaN) - air[property]), property).toBeLessThanOrEqual(
      channel.resolution,
    );
  }
}
