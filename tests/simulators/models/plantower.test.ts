import { describe, expect, it } from 'vitest';
import type { Air } from '../../../simulators/contract.js';
import { sensePlantower } from '../../../simulators/models/plantower.js';
import { encodePms3003, pms3003 } from '../../../simulators/models/pms3003.js';
import { encodePms5003, pms5003 } from '../../../simulators/models/pms5003.js';
import { encodePms5003t } from '../../../simulators/models/pms5003t.js';
import { bytes, hex, onBench } from './bench.js';

const air: Air = { temperature: 21.2, humidity: 22.4, pressure: 1000, pm1: 12, pm2_5: 20, pm10: 24 };
const report = hex(encodePms5003(sensePlantower(air)));

const commands = {
  passive: '42 4D E1 00 00 01 70',
  active: '42 4D E1 00 01 01 71',
  read: '42 4D E2 00 00 01 71',
  sleep: '42 4D E4 00 00 01 73',
  wake: '42 4D E4 00 01 01 74',
};

describe('a simulated Plantower sensor', () => {
  it('acknowledges passive, active and sleep, and does not acknowledge waking', () => {
    const { say } = powerUp();
    expect(say(commands.passive)).toEqual(['42 4D 00 04 E1 00 01 74']);
    expect(say(commands.active)).toEqual(['42 4D 00 04 E1 01 01 75']);
    expect(say(commands.sleep)).toEqual(['42 4D 00 04 E4 00 01 77']);
    expect(say(commands.wake)).toEqual([]);
  });

  it('takes commands in any chunks and passes over what is none', () => {
    const { device, say, sent } = powerUp();
    for (const byte of bytes(commands.passive)) device.receive(Uint8Array.of(byte));
    expect(sent()).toEqual(['42 4D 00 04 E1 00 01 74']);
    expect(say(`42 4D E2 ${commands.read} 00`)).toEqual([report]);
    expect(say(commands.read.replace('01 71', '01 72'))).toEqual([]);
  });

  it('reports each second in the active mode, in the passive mode only when it is read', async () => {
    const { clock, say, sent } = powerUp();
    await clock.advance(3_500);
    expect(sent()).toEqual([report, report, report]);
    expect(say(commands.read)).toEqual([]);
    say(commands.passive);
    await clock.advance(10_000);
    expect(sent()).toEqual([]);
    expect(say(commands.read)).toEqual([report]);
  });

  it('asleep hears only the call to wake, and then is in the mode it had', async () => {
    const { clock, say, sent } = powerUp();
    say(commands.passive);
    say(commands.sleep);
    for (const command of [commands.read, commands.active, commands.sleep]) expect(say(command)).toEqual([]);
    say(commands.wake);
    await clock.advance(30_000);
    expect(sent()).toEqual([]);
    expect(say(commands.read)).toEqual([report]);
  });

  it('without power forgets its mode', async () => {
    const twin = pms5003();
    const first = powerUp(twin);
    first.say(commands.passive);
    first.device.powerDown();
    const second = powerUp(twin);
    await second.clock.advance(1_000);
    expect(second.sent()).toEqual([report]);
  });

  it('names a mass without a particle in the first seconds after waking, and the whole truth after 20 s', async () => {
    const { clock, say, sent } = powerUp();
    say(commands.sleep);
    say(commands.wake);
    await clock.advance(2_000);
    const half = sensePlantower({ ...air, pm1: 6.6, pm2_5: 11, pm10: 13.2 });
    expect(sent().at(-1)).toBe(hex(encodePms5003({ ...half, counts: [0, 0, 0, 0, 0, 0] })));
    await clock.advance(18_000);
    expect(sent().at(-1)).toBe(report);
  });

  it('of the model PMS3003 takes no commands', async () => {
    const { clock, say, sent } = powerUp(pms3003());
    for (const command of Object.values(commands)) expect(say(command)).toEqual([]);
    await clock.advance(1_000);
    expect(sent()).toEqual([hex(encodePms3003(sensePlantower(air)))]);
  });
});

describe('what a Plantower sensor makes of the air', () => {
  const at = (pm: number) => sensePlantower({ ...air, pm1: pm, pm2_5: pm, pm10: pm });

  it('is the same by both calibrations in clear air, and two thirds of CF=1 in smoke', () => {
    expect(at(30).cf1).toEqual([30, 30, 30]);
    expect(at(66.6).cf1[0]).toBeCloseTo(99.9, 0);
    expect(at(400).cf1).toEqual([600, 600, 600]);
    expect(at(400).atmospheric).toEqual([400, 400, 400]);
  });

  it('ends at 1000 µg/m³, -20 to 99 °C and 99.9 %', () => {
    const most = sensePlantower({ ...air, pm1: 2e3, pm2_5: 3e3, pm10: 4e3, temperature: 150, humidity: 100 });
    expect(most).toMatchObject({ atmospheric: [1_000, 1_000, 1_000], temperature: 99, humidity: 99.9 });
    expect(sensePlantower({ ...air, temperature: -40 }).temperature).toBe(-20);
  });

  it('has fewer of the larger particles, and some wherever there is mass', () => {
    for (const { pm1, pm2_5, pm10 } of [
      { pm1: 0, pm2_5: 0, pm10: 0.5 },
      { pm1: 0.5, pm2_5: 0.5, pm10: 0.5 },
      { pm1: 40, pm2_5: 90, pm10: 850 },
    ]) {
      const { counts } = sensePlantower({ ...air, pm1, pm2_5, pm10 });
      expect(counts).toEqual([...counts].sort((a, b) => b - a));
      expect(counts[0]).toBeGreaterThanOrEqual(1);
    }
    expect(at(0).counts).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('goes on the wire as a published capture of a PMS5003T has it', () => {
    const captured: Parameters<typeof encodePms5003t>[0] = {
      cf1: [23, 39, 41],
      atmospheric: [22, 35, 41],
      counts: [4104, 1193, 278, 12, 0, 0],
      formaldehyde: 0,
      temperature: 21.2,
      humidity: 22.4,
    };
    expect(hex(encodePms5003t(captured))).toBe(
      '42 4D 00 1C 00 17 00 27 00 29 00 16 00 23 00 29 10 08 04 A9 01 16 00 0C 00 D4 00 E0 9A 00 04 AA',
    );
  });
});

function powerUp(twin = pms5003()) {
  return onBench(twin, air);
}
