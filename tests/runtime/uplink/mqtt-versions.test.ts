import { describe, expect, it } from 'vitest';
import { versionMemory } from '../../../runtime/uplink/mqtt-versions.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

const day = 24 * 3_600_000;
const withCode = (code: string | number) => Object.assign(new Error('no'), { code });

describe('the version of MQTT a broker is addressed in', () => {
  it.each([1, 132])('is 3.1.1 for a day after the broker refused 5 (code %i)', async (code) => {
    const clock = virtualClock();
    const versions = versionMemory(clock);
    expect(versions.next()).toBe('5');
    versions.failed('5', withCode(code));
    expect(versions.next()).toBe('3.1.1');
    await clock.advance(day);
    expect(versions.next()).toBe('5');
  });

  it.each([
    ['hangs up', withCode('ECONNRESET')],
    ['answers what MQTT 5 does not have', new Error('Invalid connack')],
  ])('is 3.1.1 where the broker %s three times in a row', (_, error) => {
    const versions = versionMemory(virtualClock());
    versions.failed('5', error);
    versions.failed('5', error);
    expect(versions.next()).toBe('5');
    versions.failed('5', error);
    expect(versions.next()).toBe('3.1.1');
  });

  it.each([
    ['the password', withCode(134)],
    ['the port', withCode('ECONNREFUSED')],
    ['a silent broker', new Error('connack timeout')],
  ])('is 5 whatever else is wrong, such as %s', (_, error) => {
    const versions = versionMemory(virtualClock());
    for (let n = 0; n < 10; n++) versions.failed('5', error);
    expect(versions.next()).toBe('5');
  });

  it('is 5 again at once where 3.1.1 did not help', () => {
    const versions = versionMemory(virtualClock());
    versions.failed('5', withCode(1));
    versions.failed('3.1.1', withCode('ECONNRESET'));
    expect(versions.next()).toBe('5');
  });

  it('stays 5 where hang-ups come between successes', () => {
    const versions = versionMemory(virtualClock());
    for (let n = 0; n < 10; n++) {
      versions.failed('5', withCode('ECONNRESET'));
      versions.succeeded('5');
    }
    expect(versions.next()).toBe('5');
  });
});
