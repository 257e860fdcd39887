import { afterEach, describe, expect, it } from 'vitest';
import type { PropertyId } from '../../config/catalogue/properties.js';
import { type QualityName, quality, qualityName } from '../../config/catalogue/quality.js';
import type { Reading } from '../../runtime/reading.js';
import { type FaultName, faultNames, faults } from '../../simulators/faults.js';
import { serialTwins } from '../../simulators/models/index.js';
import { haveSameFrames } from '../serial-models.js';
import { type SensorRig, type SensorRigOptions, sensorRig } from './sensor-rig.js';
import { channelOf, truth } from './truth.js';
import type { Way } from './ways.js';

/** Within so many ms of its return a device is open again. */
const reopening = 30_000;

/** Times at which the air differs much: a night of frost, and a summer's noon. */
const seasons = { January: Date.UTC(2026, 0, 20, 20), July: Date.UTC(2026, 6, 20, 4) };

/**
 * The flags of readings in air of 128 °C, 120 %RH, 1200 hPa and 8000 µg/m³ that are not `fail`: the scale of the part
 * ends before, at a value that is only doubtful, or the value cannot be computed any more.
 */
const inImpossibleAir: Readonly<Record<string, Partial<Record<PropertyId, QualityName>>>> = {
  pms3003: { pm1: 'suspect', pm2_5: 'suspect', pm10: 'suspect' },
  pms5003: { pm1: 'suspect', pm2_5: 'suspect', pm10: 'suspect' },
  pms7003: { pm1: 'suspect', pm2_5: 'suspect', pm10: 'suspect' },
  pmsa003: { pm1: 'suspect', pm2_5: 'suspect', pm10: 'suspect' },
  pms5003t: { pm1: 'suspect', pm2_5: 'suspect', pm10: 'suspect' },
  pms5003st: { pm1: 'suspect', pm2_5: 'suspect', pm10: 'suspect' },
  bme280: { humidity: 'missing', pressure: 'missing' },
};

/** Neither Firmata nor this chip has a checksum: a bit that is altered on the wire alters the value, and none can tell. */
const withoutChecksum: readonly string[] = ['bme280'];

/** Nothing but time is lost with these; a device may go on telling the truth. */
const bearable: readonly FaultName[] = ['slow'];

const interruptions = faultNames.filter((name) => faults[name].at !== 'air');

/** What every sensor promises with its twin at the other end, through the runtime's own links and sampler. */
export function sensorContract(way: Way): void {
  const { driver, interval, warmUp, settling } = way;
  const properties = Object.keys(driver.channels) as PropertyId[];

  /** The longest time between two readings, sampled or missed: a sensor may be late by its patience or its warm-up. */
  const cadence = interval + Math.max(5_000, warmUp, settling);

  /** When a sensor gives readings again: one that sleeps may have to wait for its next due time. */
  const recovery = reopening + settling + (warmUp > 0 ? interval : 0);

  const rigs: SensorRig[] = [];

  async function start(options: SensorRigOptions = {}): Promise<SensorRig> {
    const rig = await sensorRig(way, options);
    rigs.push(rig);
    return rig;
  }

  async function stopAll(): Promise<void> {
    for (const rig of rigs.splice(0)) await rig.stop();
  }

  /** A sensor that has worked for a while, and is now between two samples. */
  async function atWork(): Promise<SensorRig> {
    const rig = await start();
    await rig.pass(settling + 3 * interval + interval / 4);
    expectTruth(rig, rig.taken());
    return rig;
  }

  function isAbout({ stream, value }: Reading, expected: number): boolean {
    const off = Math.abs((value ?? Number.NaN) - expected);
    return off <= channelOf(driver, stream.property).resolution;
  }

  /** Passed off as good, and not what was in the air, even as long ago as a slow wire takes. */
  function isLie({ environment }: SensorRig, reading: Reading): boolean {
    const airs = [0, 1_000, 2_000, 3_000, 4_000].map((age) => environment.at(reading.time - age));
    const isTrue = airs.some((air) => isAbout(reading, truth(driver, reading.stream.property, air)));
    return isGood(reading) && !isTrue;
  }

  const liesOf = (rig: SensorRig, readings: readonly Reading[]) =>
    readings.filter((reading) => isLie(rig, reading));

  /** Every channel, at every due time, flagged pass, true. */
  function expectTruth(rig: SensorRig, readings: readonly Reading[]): void {
    expect(readings.filter((reading) => !isGood(reading))).toEqual([]);
    expect(liesOf(rig, readings)).toEqual([]);
    expect(propertiesOf(readings)).toEqual(new Set(properties));
    expect(longestGap(readings)).toBeLessThanOrEqual(cadence);
  }

  /** From now on: back in time, without an untruth on the way, and then as if nothing had been. */
  async function expectRecovery(rig: SensorRig): Promise<void> {
    rig.taken();
    const healed = rig.now();
    await rig.pass(recovery);
    const meanwhile = rig.taken();
    expect(liesOf(rig, meanwhile)).toEqual([]);
    expect(propertiesOf(meanwhile.filter(isGood).filter(({ time }) => time > healed))).toEqual(
      new Set(properties),
    );
    expect(rig.condition()).toEqual({ state: 'ok' });
    await rig.pass(3 * interval);
    expectTruth(rig, rig.taken());
  }

  /** The worst moment to come back: its port was just tried in vain. */
  async function justMissed(rig: SensorRig): Promise<void> {
    const before = rig.tries();
    for (let s = 0; s < reopening / 1_000 && rig.tries() === before; s++) await rig.pass(1_000);
  }

  function expectOthersUndisturbed(rig: SensorRig): void {
    const beside = rig.takenBeside();
    expect(beside.filter((reading) => !isGood(reading))).toEqual([]);
    expect(longestGap(beside)).toBeLessThanOrEqual(11_000);
  }

  describe(way.name, () => {
    afterEach(stopAll);

    it.each(Object.entries(seasons))('reads what is in the air, in %s', async (_, season) => {
      const rig = await start({ start: season });
      await rig.pass(settling + 6 * interval);
      const readings = rig.taken();
      expectTruth(rig, readings);
      expect(readings.length).toBeGreaterThanOrEqual(5 * properties.length);
      expect(rig.condition()).toEqual({ state: 'ok' });
    });

    it.each(interruptions)('survives being %s: tells each gap and no untruth, and is back', async (fault) => {
      const rig = await atWork();
      await rig.setFault(fault);
      await rig.pass(settling + 6 * interval);
      const readings = rig.taken();
      expect(longestGap(readings)).toBeLessThanOrEqual(cadence);
      if (fault === 'bad-checksum' && withoutChecksum.includes(driver.model)) {
        expect(liesOf(rig, readings)).not.toEqual([]);
      } else {
        expect(liesOf(rig, readings)).toEqual([]);
        if (!bearable.includes(fault)) expectFailing(rig, readings);
      }
      await rig.setFault(undefined);
      await expectRecovery(rig);
      expectOthersUndisturbed(rig);
    });

    it('repeats itself while stuck, which no single value shows', async () => {
      const rig = await atWork();
      const then = rig.environment.at(rig.now());
      await rig.setFault('stuck');
      await rig.pass(3 * interval);
      const readings = rig.taken();
      expect(readings.filter((each) => !isAbout(each, truth(driver, each.stream.property, then)))).toEqual(
        [],
      );
      expect(rig.condition()).toEqual({ state: 'ok' });
      await rig.setFault(undefined);
      await expectRecovery(rig);
    });

    it('goes on while drifting, which no single value shows', async () => {
      const rig = await atWork();
      await rig.setFault('drifting');
      await rig.pass(3 * interval);
      expect(rig.taken().filter((reading) => !isGood(reading))).toEqual([]);
      expect(rig.condition()).toEqual({ state: 'ok' });
      await rig.setFault(undefined);
      await expectRecovery(rig);
    });

    it('is not believed out of range, as far as its scale goes there', async () => {
      const rig = await atWork();
      await rig.setFault('out-of-range');
      await rig.pass(3 * interval);
      const inAir = (property: PropertyId) => property in rig.environment.at(rig.now());
      const readings = rig.taken().filter(({ stream }) => inAir(stream.property));
      const flags = readings.map(({ stream, quality }) => [stream.property, qualityName(quality)]);
      const expected = properties
        .filter(inAir)
        .map((property) => [property, inImpossibleAir[driver.model]?.[property] ?? 'fail']);
      expect(Object.fromEntries(flags)).toEqual(Object.fromEntries(expected));
      for (const { stream, value } of readings.filter(isGood)) {
        const { range, resolution } = channelOf(driver, stream.property);
        expect(value).toBeGreaterThanOrEqual(range[1] - resolution);
      }
      await rig.setFault(undefined);
      await expectRecovery(rig);
    });

    const absences = {
      '1 s': (rig: SensorRig) => rig.pass(1_000),
      'at least 10 min': async (rig: SensorRig) => {
        await rig.pass(600_000);
        await justMissed(rig);
      },
    };
    const returns = {
      'the same name': (rig: SensorRig) => rig.setFault(undefined),
      'another name': (rig: SensorRig) => rig.plugInElsewhere(),
    };
    const trips = Object.entries(absences).flatMap(([time, stayAway]) =>
      Object.entries(returns).map(([name, comeBack]) => ({ time, stayAway, name, comeBack })),
    );

    it.each(trips)('is back after $time unplugged, under $name', async ({ stayAway, comeBack }) => {
      const rig = await atWork();
      await rig.setFault('unplugged');
      await stayAway(rig);
      const returned = rig.now();
      await comeBack(rig);
      await expectRecovery(rig);
      expectOthersUndisturbed(rig);
      if (driver.link === 'dht') return;
      const [reopened, ...again] = rig.openings().filter((time) => time >= returned);
      expect(reopened).toBeLessThanOrEqual(returned + reopening);
      expect(again).toEqual([]);
    });

    it('falls silent when it is stopped', async () => {
      const rig = await atWork();
      await rig.stop();
      await rig.pass(3 * interval);
      expect(rig.taken()).toEqual([]);
    });

    if (warmUp > 0) {
      it('warms up anew when it was away while it warmed up', async () => {
        const rig = await atWork();
        await rig.pass(interval / 2);
        rig.taken();
        await rig.setFault('unplugged');
        await rig.pass(1_000);
        await rig.setFault(undefined);
        await rig.pass(2 * interval);
        expectTruth(rig, rig.taken());
        expect(rig.openings()).toHaveLength(2);
      });
    }

    // A DHT is read by the native code in the way of its type: there is no port that another device could be at.
    if (driver.link !== 'dht') {
      const others = Object.entries(serialTwins).filter(([model]) => model !== driver.model);
      const alike = others.filter(([model]) => haveSameFrames(model, driver.model));
      const foreign = others.filter((other) => !alike.includes(other));

      it('takes nothing from any other device at its port, and says what to check', async () => {
        for (const [, otherTwin] of foreign) {
          const rig = await start({ twin: otherTwin() });
          await rig.pass(3 * interval + 60_000);
          expectFailing(rig, rig.taken());
          await stopAll();
        }
      });

      it.each(alike)('cannot know a %s at its port, which has the very same frames', async (_, otherTwin) => {
        const rig = await start({ twin: otherTwin() });
        await rig.pass(3 * interval);
        expect(rig.taken().filter(isGood)).not.toEqual([]);
        expect(rig.condition()).toEqual({ state: 'ok' });
      });
    }
  });

  /** Each due time is told, as missing; and somebody is told what to check. */
  function expectFailing(rig: SensorRig, readings: readonly Reading[]): void {
    expect(readings.filter(({ quality: flag }) => flag !== quality.missing)).toEqual([]);
    expect(longestGap(readings)).toBeLessThanOrEqual(cadence);
    expect(rig.condition()).toMatchObject({
      state: 'failing',
      problem: { hint: expect.stringMatching(/^(Check|Plug|Flash)/) },
    });
  }
}

function isGood(reading: Reading): boolean {
  return reading.quality === quality.pass;
}

function propertiesOf(readings: readonly Reading[]): Set<PropertyId> {
  return new Set(readings.map(({ stream }) => stream.property));
}

/** The longest time between two readings of a stream, in ms; endless where there are no two. */
function longestGap(readings: readonly Reading[]): number {
  const last = new Map<string, number>();
  const gaps: number[] = [];
  for (const { stream, monotonic } of readings) {
    const before = last.get(stream.id);
    if (before !== undefined) gaps.push(monotonic - before);
    last.set(stream.id, monotonic);
  }
  return gaps.length > 0 ? Math.max(...gaps) : Number.POSITIVE_INFINITY;
}
