import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import { electronBinary, electronFolder } from '../../../kiosk/shell/installed-electron.js';
import { createMetrics } from '../../../runtime/api/metrics.js';
import { startApi } from '../../../runtime/api/server.js';
import { machineDisk } from '../../../runtime/disk.js';
import { kioskFile, newToken, writeAccess } from '../../../runtime/kiosk/access.js';
import { createKioskDesk, type KioskDesk } from '../../../runtime/kiosk/desk.js';
import { parseSite } from '../../../runtime/load-site.js';
import { packageRoot } from '../../../runtime/package-root.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { fakeDesks } from '../../runtime/api/fake-desks.js';
import { fakeSource } from '../../runtime/api/fake-source.js';
import { recordedLog } from '../../runtime/api/rig.js';
import { buildKeptPage } from '../browser/rig.js';

/** The shell with Electron itself, where its binary was fetched, a display is there and nobody is root. */
const electron = electronBinary(electronFolder());
const lacks = [
  electron ? undefined : 'its binary was never fetched (npx install-electron)',
  process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? undefined : 'there is no display (xvfb-run gives one)',
  process.getuid?.() === 0 ? 'it does not run as root' : undefined,
].filter((lack) => lack !== undefined);

if (lacks.length > 0)
  console.warn(`SKIPPED: the shell is not tried with the real Electron: ${lacks.join('; ')}.`);

describe.skipIf(lacks.length > 0)('The shell in the real Electron', () => {
  let desk: KioskDesk;
  let stop: () => Promise<void>;
  const kinds: string[] = [];

  beforeAll(async () => {
    const token = newToken();
    const site = parseSite(
      'id: a\nname: { en: Stop }\nplace: { latitude: 37, longitude: 127 }\ntimeZone: Asia/Seoul\nlanguages: [en]\n',
    );
    desk = createKioskDesk({
      site: () => site,
      isSynchronised: () => true,
      clock: systemClock,
      onEvent: ({ kind }) => kinds.push(kind),
    });
    const metrics = createMetrics();
    const api = await startApi({
      source: fakeSource(),
      desks: fakeDesks({ kiosk: { ...desk, token } }),
      config: { host: '127.0.0.1', port: 0 },
      pages: await buildKeptPage(),
      clock: systemClock,
      log: recordedLog(),
      metrics,
    });
    const access = join(scratchFolder(), kioskFile);
    await writeAccess(machineDisk, access, { url: api.url, token });
    const main = `${packageRoot}dist/kiosk/shell/main.js`;
    const shell = spawn(electron ?? '', [main, `--url=${api.url}`, `--access=${access}`, '--windowed'], {
      stdio: 'inherit',
    });
    stop = async () => {
      const gone = once(shell, 'exit');
      shell.kill();
      await gone;
      desk.stop();
      await api.close();
      metrics.close();
    };
  });

  afterAll(() => stop());

  it('shows the page, tells the runtime, and sends a picture', async () => {
    await vi.waitFor(() => expect(kinds).toContain('kiosk.started'), 20_000);
    const picture = await vi.waitFor(() => desk.screenshot(), { timeout: 20_000, interval: 500 });
    expect([...picture.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    await vi.waitFor(
      () => expect(desk.now().status).toMatchObject({ browser: 'electron', shows: 'page' }),
      20_000,
    );
    expect(kinds).not.toContain('kiosk.step');
  }, 60_000);
});
