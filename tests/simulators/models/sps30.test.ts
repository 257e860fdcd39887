import { describe, expect, it } from 'vitest';
import type { Air } from '../../../simulators/contract.js';
import { encodeSps30Values, senseSps30, sps30 } from '../../../simulators/models/sps30.js';
import { bytes, hex, onBench } from './bench.js';

const air: Air = { temperature: 20, humidity: 50, pressure: 1000, pm1: 12, pm2_5: 20, pm10: 24 };
const measurement = hex(encodeSps30Values(senseSps30(air)));

const commands = {
  start: '7E 00 00 02 01 03 F9 7E',
  startWhole: '7E 00 00 02 01 05 F7 7E',
  stop: '7E 00 01 00 FE 7E',
  read: '7E 00 03 00 FC 7E',
  sleep: '7E 00 10 00 EF 7E',
  wake: '7E 00 7D 31 00 EE 7E',
  clean: '7E 00 56 00 A9 7E',
  interval: '7E 00 80 01 00 7D 5E 7E',
  neverByItself: '7E 00 80 05 00 00 00 00 00 7A 7E',
  eachMinute: '7E 00 80 05 00 00 00 00 3C 3E 7E',
  product: '7E 00 D0 01 00 2E 7E',
  status: '7E 00 D2 01 00 2C 7E',
  clearStatus: '7E 00 D2 01 01 2B 7E',
  reset: '7E 00 D3 00 2C 7E',
};
const nothingNew = '7E 00 03 00 00 FC 7E';

describe('a simulated SPS30', () => {
  it('answers the examples of the datasheet byte for byte', () => {
    const { say } = onBench(sps30(), air);
    expect(say(commands.start)).toEqual(['7E 00 00 00 00 FF 7E']);
    expect(say(commands.read)).toEqual([nothingNew]);
    expect(say(commands.clean)).toEqual(['7E 00 56 00 00 A9 7E']);
    expect(say(commands.stop)).toEqual(['7E 00 01 00 00 FE 7E']);
    expect(say(commands.status)).toEqual(['7E 00 D2 00 05 00 00 00 00 00 28 7E']);
    expect(say(commands.neverByItself)).toEqual(['7E 00 80 00 00 7F 7E']);
    expect(say(commands.interval)).toEqual(['7E 00 80 00 04 00 00 00 00 7B 7E']);
    expect(say(commands.reset)).toEqual(['7E 00 D3 00 00 2C 7E']);
    expect(say(commands.product)).toEqual(['7E 00 D0 00 09 30 30 30 38 30 30 30 30 00 9E 7E']);
    expect(say(commands.sleep)).toEqual(['7E 00 10 00 00 EF 7E']);
  });

  it('says which orders it does not carry out', () => {
    const { say } = onBench(sps30(), air);
    for (const [order, answer] of [
      [commands.read, '7E 00 03 43 00 B9 7E'],
      [commands.clean, '7E 00 56 43 00 66 7E'],
      [commands.wake, '7E 00 7D 31 43 00 AB 7E'],
      ['7E 00 03 01 00 FB 7E', '7E 00 03 01 00 FB 7E'],
      ['7E 00 99 00 66 7E', '7E 00 99 02 00 64 7E'],
      ['7E 00 00 02 01 07 F5 7E', '7E 00 00 04 00 FB 7E'],
    ] as const) {
      expect(say(order)).toEqual([answer]);
    }
    expect(say(commands.read.replace('FC', 'FD'))).toEqual([]);
  });

  it('takes commands in any chunks', () => {
    const { device, sent } = onBench(sps30(), air);
    for (const byte of bytes(`13 37 ${commands.start}`)) device.receive(Uint8Array.of(byte));
    expect(sent()).toEqual(['7E 00 00 00 00 FF 7E']);
  });

  it('measures each second, gives each measurement once, and is stable after its start', async () => {
    const { clock, say } = onBench(sps30(), air);
    say(commands.start);
    await clock.advance(1_000);
    expect(say(commands.read)).not.toEqual([measurement]);
    await clock.advance(30_000);
    expect(say(commands.read)).toEqual([measurement]);
    expect(say(commands.read)).toEqual([nothingNew]);
    await clock.advance(1_000);
    expect(say(commands.read)).toEqual([measurement]);
  });

  it('gives whole numbers where it is asked for those, the size in nm', async () => {
    const { clock, say } = onBench(sps30(), { ...air, pm1: 10, pm2_5: 10, pm10: 10 });
    say(commands.startWhole);
    await clock.advance(30_000);
    const [answer = ''] = say(commands.read);
    expect(answer).toMatch(/^7E 00 03 00 14 00 0A 00 0A 00 0A 00 0A 00 17 00 3B 00 3B 00 3B 00 3B 02 /);
  });

  it('blows its fan clean for 10 s when it is told, and measures nothing meanwhile', async () => {
    const twin = sps30();
    const { clock, say } = onBench(twin, air);
    expect(twin.fan()).toBe('still');
    say(commands.start);
    await clock.advance(40_000);
    say(commands.read);
    expect(twin.fan()).toBe('turning');
    say(commands.clean);
    for (let second = 1; second < 10; second++) {
      await clock.advance(1_000);
      expect([twin.fan(), say(commands.read)]).toEqual(['blowing', [nothingNew]]);
    }
    await clock.advance(1_000);
    expect([twin.fan(), say(commands.read)]).toEqual(['turning', [measurement]]);
  });

  it('cleans its fan by itself at the interval that it keeps without power', async () => {
    const twin = sps30();
    const first = onBench(twin, air);
    expect(first.say(commands.interval)).toEqual(['7E 00 80 00 04 00 09 3A 80 B8 7E']);
    first.say(commands.eachMinute);
    first.device.powerDown();
    expect(twin.fan()).toBe('still');

    const { clock, say } = onBench(twin, air);
    say(commands.start);
    await clock.advance(59_500);
    expect(twin.fan()).toBe('turning');
    await clock.advance(1_000);
    expect(twin.fan()).toBe('blowing');
    await clock.advance(10_000);
    expect(twin.fan()).toBe('turning');
  });

  it('says in each answer that its fan is blocked, until it is free and the flag is cleared', async () => {
    const twin = sps30();
    const { clock, say } = onBench(twin, air);
    say(commands.start);
    twin.block(true);
    expect(twin.fan()).toBe('still');
    await clock.advance(2_500);
    expect(say(commands.status)).toEqual(['7E 00 D2 80 05 00 00 00 10 00 98 7E']);
    twin.block(false);
    await clock.advance(5_000);
    expect(say(commands.interval)[0]).toMatch(/^7E 00 80 80/);
    say(commands.clearStatus);
    expect(say(commands.interval)[0]).toMatch(/^7E 00 80 00/);
  });

  it('asleep hears only the call to wake, within 100 ms of a lone FF', async () => {
    const { clock, say } = onBench(sps30(), air);
    say(commands.sleep);
    expect(say(commands.start)).toEqual([]);
    await clock.advance(200);
    expect(say(commands.wake)).toEqual([]);
    await clock.advance(200);
    expect(say('FF')).toEqual([]);
    await clock.advance(150);
    expect(say(commands.wake)).toEqual([]);
    expect(say(commands.wake)).toEqual(['7E 00 7D 31 00 00 EE 7E']);
    say(commands.sleep);
    await clock.advance(200);
    expect(say(`FF ${commands.wake}`)).toEqual(['7E 00 7D 31 00 00 EE 7E']);
    expect(say(commands.start)).toEqual(['7E 00 00 00 00 FF 7E']);
  });
});
