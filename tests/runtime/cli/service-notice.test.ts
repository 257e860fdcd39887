import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { noticeService } from '../../../runtime/cli/service-notice.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { scratchFolder } from '../../rigs/scratch.js';

const watched = { NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: '60000000' };

describe('The watchdog', () => {
  it('is told twice as often as it wants, as long as the program turns', async () => {
    const folder = scratchFolder();
    const heard = join(folder, 'heard');
    writeFileSync(heard, '');
    writeFileSync(join(folder, 'systemd-notify'), `#!/bin/sh\necho "$@" >> ${heard}\n`);
    chmodSync(join(folder, 'systemd-notify'), 0o755);
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    const clock = virtualClock();
    const stop = noticeService(clock, watched);
    await clock.advance(90_000);
    await vi.waitFor(() => expect(readFileSync(heard, 'utf8')).toBe('WATCHDOG=1\n'.repeat(3)), 5_000);
    stop();
    await clock.advance(600_000);
    expect(readFileSync(heard, 'utf8')).toBe('WATCHDOG=1\n'.repeat(3));
    vi.unstubAllEnvs();
  });

  it.each([{}, { ...watched, NOTIFY_SOCKET: undefined }, { ...watched, WATCHDOG_USEC: 'soon' }])(
    'is told nothing where there is none: %j',
    async (environment) => {
      const clock = virtualClock();
      const after = vi.spyOn(clock, 'after');
      noticeService(clock, environment)();
      expect(after).not.toHaveBeenCalled();
    },
  );
});
