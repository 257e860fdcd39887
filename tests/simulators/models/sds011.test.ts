import { describe, expect, it } from 'vitest';
import type { Air } from '../../../simulators/contract.js';
import { encodeSds011Report, sds011 } from '../../../simulators/models/sds011.js';
import { bytes, hex, onBench } from './bench.js';

const air: Air = { temperature: 20, humidity: 50, pressure: 1000, pm1: 80, pm2_5: 123.6, pm10: 261.8 };
const report = 'AA C0 D4 04 3A 0A A1 60 1D AB';

const commands = {
  getMode: 'AA B4 02 00 00 00 00 00 00 00 00 00 00 00 00 FF FF 00 AB',
  setQuery: 'AA B4 02 01 01 00 00 00 00 00 00 00 00 00 00 FF FF 02 AB',
  setActive: 'AA B4 02 01 00 00 00 00 00 00 00 00 00 00 00 FF FF 01 AB',
  query: 'AA B4 04 00 00 00 00 00 00 00 00 00 00 00 00 FF FF 02 AB',
  setId: 'AA B4 05 00 00 00 00 00 00 00 00 00 00 A0 01 A1 60 A7 AB',
  sleepA160: 'AA B4 06 01 00 00 00 00 00 00 00 00 00 00 00 A1 60 08 AB',
  workA160: 'AA B4 06 01 01 00 00 00 00 00 00 00 00 00 00 A1 60 09 AB',
  getState: 'AA B4 06 00 00 00 00 00 00 00 00 00 00 00 00 FF FF 04 AB',
  firmware: 'AA B4 07 00 00 00 00 00 00 00 00 00 00 00 00 FF FF 05 AB',
  everyMinute: 'AA B4 08 01 01 00 00 00 00 00 00 00 00 00 00 FF FF 08 AB',
  getPeriod: 'AA B4 08 00 00 00 00 00 00 00 00 00 00 00 00 FF FF 06 AB',
};

describe('a simulated SDS011', () => {
  it('answers the examples of the control protocol byte for byte', () => {
    const { say } = powerUp();
    expect(say(commands.query)).toEqual([report]);
    expect(say(commands.setQuery)).toEqual(['AA C5 02 01 01 00 A1 60 05 AB']);
    expect(say(commands.getMode)).toEqual(['AA C5 02 00 01 00 A1 60 04 AB']);
    expect(say(commands.firmware)).toEqual(['AA C5 07 0F 07 0A A1 60 28 AB']);
    expect(say(commands.everyMinute)).toEqual(['AA C5 08 01 01 00 A1 60 0B AB']);
    expect(say(commands.getPeriod)).toEqual(['AA C5 08 00 01 00 A1 60 0A AB']);
    expect(say(commands.sleepA160)).toEqual(['AA C5 06 01 00 00 A1 60 08 AB']);
    expect(say(commands.workA160).at(-1)).toBe('AA C5 06 01 01 00 A1 60 09 AB');
    expect(say(commands.setId)).toEqual(['AA C5 05 00 00 00 A0 01 A6 AB']);
    expect(say(commands.sleepA160)).toEqual([]);
  });

  it('takes commands in any chunks and passes over what is none', () => {
    const { device, say, sent } = powerUp();
    for (const byte of bytes(commands.query)) device.receive(Uint8Array.of(byte));
    expect(sent()).toEqual([report]);
    expect(say(`AA B4 AA ${commands.query} 04`)).toEqual([report]);
    expect(say(commands.query.replace('02 AB', '03 AB'))).toEqual([]);
  });

  it('reports each second as it leaves the factory', async () => {
    const { clock, sent } = powerUp();
    await clock.advance(3_500);
    expect(sent()).toEqual([report, report, report]);
  });

  it('asleep answers only the command of sleep and work', async () => {
    const { clock, say, sent } = powerUp();
    say(commands.sleepA160);
    await clock.advance(10_000);
    expect(sent()).toEqual([]);
    for (const command of [
      commands.query,
      commands.getMode,
      commands.firmware,
      commands.getPeriod,
      commands.setId,
    ]) {
      expect(say(command)).toEqual([]);
    }
    expect(say(commands.getState)).toEqual(['AA C5 06 00 00 00 A1 60 07 AB']);
  });

  it('sends noise when it wakes, and only then', () => {
    const { say } = powerUp();
    say(commands.sleepA160);
    const acknowledgement = 'AA C5 06 01 01 00 A1 60 09 AB';
    expect(say(commands.workA160)).toEqual(['AD 50 AA C0 5E DD', acknowledgement]);
    expect(say(commands.workA160)).toEqual([acknowledgement]);
  });

  it('sees half of the particles when it wakes and all of them 15 s later', async () => {
    const { clock, say, sent } = powerUp();
    say(commands.setQuery);
    say(commands.sleepA160);
    await clock.advance(60_000);
    say(commands.workA160);
    expect(say(commands.query)).toEqual([hex(encodeSds011Report({ pm2_5: 61.8, pm10: 130.9 }))]);
    await clock.advance(15_000);
    expect(sent()).toEqual([]);
    expect(say(commands.query)).toEqual([report]);
  });

  it('keeps mode, period and id without power, but not its sleep', async () => {
    const twin = sds011();
    const first = powerUp(twin);
    first.say(commands.setQuery);
    first.say(commands.setId);
    first.say(commands.sleepA160.replace('A1 60 08', 'A0 01 A8'));
    first.device.powerDown();
    await first.clock.advance(5_000);
    expect(first.sent()).toEqual([]);

    const second = powerUp(twin);
    expect(second.say(commands.getMode)).toEqual(['AA C5 02 00 01 00 A0 01 A4 AB']);
    expect(powerUp().say(commands.getMode)).toEqual(['AA C5 02 00 00 00 A1 60 03 AB']);
  });

  it('with a working period works 30 s in each, reports once at their end, and sleeps', async () => {
    const { clock, say, sent } = powerUp();
    say(commands.everyMinute);
    await clock.advance(28_500);
    expect(sent()).toEqual([]);
    await clock.advance(1_000);
    expect(sent()).toEqual([report]);
    await clock.advance(10_000);
    expect(say(commands.query)).toEqual([]);
    await clock.advance(170_000);
    expect(sent()).toEqual([report, report, report]);
  });

  it('can be woken out of the rest of its period', async () => {
    const { clock, say } = powerUp();
    say(commands.everyMinute);
    await clock.advance(45_000);
    expect(say(commands.workA160)).toHaveLength(2);
    expect(say(commands.getPeriod)).toEqual(['AA C5 08 00 01 00 A1 60 0A AB']);
  });

  it('saturates at 999.9 and 1999.9 µg/m³', () => {
    const { say } = powerUp(sds011(), { ...air, pm2_5: 5_000, pm10: 9_000 });
    expect(say(commands.query)).toEqual([hex(encodeSds011Report({ pm2_5: 999.9, pm10: 1999.9 }))]);
  });
});

function powerUp(twin = sds011(), around = air) {
  return onBench(twin, around);
}
