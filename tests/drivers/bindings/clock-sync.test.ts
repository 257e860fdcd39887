import { describe, expect, it } from 'vitest';
import { type Machine, machineClockSync } from '../../../drivers/bindings/clock-sync.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

const summer = Date.UTC(2026, 5, 1);

/** A machine with these files, and programs that print this. */
function machineWith(files: Record<string, string>, prints: Record<string, string> = {}) {
  const asked: string[] = [];
  const machine: Machine = {
    read: async (path) => files[path],
    exists: async (path) => Object.keys(files).some((file) => file === path || file.startsWith(`${path}/`)),
    list: async (path) => [
      ...new Set(
        Object.keys(files)
          .filter((file) => file.startsWith(`${path}/`))
          .map((file) => file.slice(path.length + 1).split('/')[0] ?? ''),
      ),
    ],
    async run(program) {
      asked.push(program);
      return prints[program];
    },
  };
  return { machine, asked };
}

const systemd = { '/run/systemd/system/here': '' };
const battery = { '/sys/class/rtc/rtc0/hctosys': '1\n', '/sys/class/rtc/rtc0/since_epoch': '1780272000\n' };

describe('whether the clock is synchronised', () => {
  it.each([
    ['timesyncd’s own file', { ...systemd, '/run/systemd/timesync/synchronized': '' }, {}, true, 'timesyncd'],
    ['the kernel, where systemd asks it', systemd, { timedatectl: 'yes\n' }, true, 'kernel'],
    ['the kernel, which knows that it is not', systemd, { timedatectl: 'no\n' }, false, 'kernel'],
    ['chrony', {}, { chronyc: 'C0A80001,192.168.0.1,3,1780272000.1,0.0,Normal\n' }, true, 'chrony'],
    ['chrony, which waits', {}, { chronyc: '00000000,,0,0.0,0.0,Not synchronised\n' }, false, 'chrony'],
    [
      'chrony, which need not tell the kernel',
      systemd,
      { timedatectl: 'no\n', chronyc: 'C0A80001,192.168.0.1,3,1780272000.1,0.0,Normal\n' },
      true,
      'chrony',
    ],
    [
      'chrony, whose source is the clock itself',
      {},
      { chronyc: '7F7F0101,,10,1780272000.1,0.0,Normal\n' },
      false,
      'chrony',
    ],
    ['programs that say nothing of use', systemd, { timedatectl: '\n', chronyc: '' }, true, 'nobody'],
    ['a battery-backed clock', battery, {}, true, 'rtc'],
    [
      'such a clock, while the network’s is awaited',
      { ...systemd, ...battery },
      { timedatectl: 'no' },
      true,
      'rtc',
    ],
    ['nobody', {}, {}, true, 'nobody'],
  ] as const)('is known from %s', async (_, files, prints, synchronised, by) => {
    const { machine } = machineWith(files, prints);
    const sync = machineClockSync(virtualClock(summer), machine);
    expect(await sync.check()).toEqual({ synchronised, by });
  });

  it('is not believed of a clock whose battery went flat', async () => {
    const files = { ...systemd, ...battery, '/sys/class/rtc/rtc0/since_epoch': '86400\n' };
    const { machine } = machineWith(files, { timedatectl: 'no' });
    const sync = machineClockSync(virtualClock(summer), machine);
    expect(await sync.check()).toEqual({ synchronised: false, by: 'kernel' });
  });

  it('is out of the question before this program was made, whatever anybody says', async () => {
    const { machine, asked } = machineWith({ '/run/systemd/timesync/synchronized': '' });
    const sync = machineClockSync(virtualClock(Date.UTC(1970, 0, 1)), machine);
    expect(await sync.check()).toEqual({ synchronised: false, by: 'impossible' });
    expect(asked).toEqual([]);
  });

  it('is asked of a program once a minute, however often it is asked for', async () => {
    const { machine, asked } = machineWith(systemd, { timedatectl: 'no' });
    const clock = virtualClock(summer);
    const sync = machineClockSync(clock, machine);
    for (let second = 0; second < 180; second++) {
      await sync.check();
      await clock.advance(1_000);
    }
    expect(asked.filter((program) => program === 'timedatectl')).toHaveLength(3);
  });

  it('is answered by this machine too, whatever it has', async () => {
    const answer = await machineClockSync(virtualClock(summer)).check();
    expect(answer).toEqual({ synchronised: expect.any(Boolean), by: expect.any(String) });
  });
});
