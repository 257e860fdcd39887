import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import { type RunningKiosk, startChromium } from '../../../kiosk/browser/start-chromium.js';
import { readInvocation } from '../../../kiosk/supervision/invocation.js';
import { createMetrics } from '../../../runtime/api/metrics.js';
import { type Api, startApi } from '../../../runtime/api/server.js';
import { machineDisk } from '../../../runtime/disk.js';
import { kioskFile, newToken, writeAccess } from '../../../runtime/kiosk/access.js';
import { createKioskDesk, type KioskDesk } from '../../../runtime/kiosk/desk.js';
import { parseSite } from '../../../runtime/load-site.js';
import type { ShelterEvent } from '../../../runtime/reading.js';
import { chromiumPath, hasChromium } from '../../rigs/chromium.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { fakeDesks } from '../../runtime/api/fake-desks.js';
import { fakeSource } from '../../runtime/api/fake-source.js';
import { recordedLog } from '../../runtime/api/rig.js';
import { browserProcesses, buildKeptPage, headless } from './rig.js';

const patience = { timeout: 15_000, interval: 100 };

const site = parseSite(`
id: a
name: { en: Stop }
place: { latitude: 37.5, longitude: 127 }
timeZone: Asia/Seoul
languages: [en]
kiosk: { silentAfter: 90 s }
`);

/** The runtime, as far as a kiosk meets it: its interface, its desk for the kiosk, and the file beside its database. */
async function startRuntime(pages: string, access: string, events: ShelterEvent[]) {
  const token = newToken();
  const desk: KioskDesk = createKioskDesk({
    site: () => site,
    isSynchronised: () => true,
    clock: systemClock,
    onEvent: (event) => events.push(event),
  });
  const metrics = createMetrics();
  const api: Api = await startApi({
    source: fakeSource(),
    desks: fakeDesks({ kiosk: { ...desk, token } }),
    config: { host: '127.0.0.1', port: 0 },
    pages,
    clock: systemClock,
    log: recordedLog(),
    metrics,
  });
  await writeAccess(machineDisk, access, { url: api.url, token });
  return {
    desk,
    async stop() {
      desk.stop();
      await api.close();
      metrics.close();
    },
  };
}

describe.skipIf(!hasChromium())('A kiosk in Chromium', () => {
  let pages: string;
  let folder: string;
  let events: ShelterEvent[];
  let runtime: Awaited<ReturnType<typeof startRuntime>>;
  let kiosk: RunningKiosk;

  beforeAll(async () => {
    pages = await buildKeptPage();
  });

  beforeEach(async () => {
    folder = scratchFolder();
    events = [];
    const access = join(folder, kioskFile);
    runtime = await startRuntime(pages, access, events);
    const invocation = readInvocation(['--url=http://127.0.0.1:9/', `--access=${access}`], {});
    if ('complaint' in invocation) throw new Error(invocation.complaint);
    const started = startChromium(invocation, {
      machine: {
        environment: { DISPLAY: ':0', XDG_RUNTIME_DIR: folder },
        isRoot: false,
        program: chromiumPath,
      },
      further: headless,
      log: () => {},
    });
    if ('obstacle' in started) throw new Error(started.obstacle);
    kiosk = started;
  });

  afterEach(async () => {
    await kiosk.stop();
    await runtime.stop();
  });

  afterAll(() => expect(browserProcesses(folder, 'browser')).toEqual([]));

  const shows = (what: 'page' | 'last-resort') =>
    vi.waitFor(async () => {
      const { status } = runtime.desk.now();
      expect(status?.shows).toBe(what);
    }, patience);
  const steps = () =>
    events
      .filter(({ kind }) => kind === 'kiosk.step')
      .map(({ detail }) => `${detail.step} for ${detail.trouble}`);
  const kinds = () => events.map(({ kind }) => kind);

  function killRenderers(): void {
    for (const pid of browserProcesses(folder, 'renderer')) process.kill(pid, 'SIGKILL');
  }

  it('finds the runtime by its file, shows its page and sends a picture of it', async () => {
    await vi.waitFor(() => expect(kinds()).toContain('kiosk.started'), patience);
    const picture = await vi.waitFor(() => runtime.desk.screenshot(), patience);
    expect([...picture.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect(picture.length).toBeLessThan(100_000);
    expect(kinds()).toContain('kiosk.screenshot');
    await shows('page');
    expect(runtime.desk.now()).toMatchObject({ status: { browser: 'chromium', graphics: 'gpu' } });
  });

  it('reloads the page by itself when its renderer is killed, and says so', async () => {
    await shows('page');
    killRenderers();
    await vi.waitFor(() => expect(kinds()).toContain('kiosk.page-back'), patience);
    expect(steps()).toEqual(['reload for gone']);
  });

  it('comes back with the runtime, on another port too', async () => {
    await shows('page');
    await runtime.stop();
    killRenderers();
    const before = browserProcesses(folder, 'browser');
    runtime = await startRuntime(pages, join(folder, kioskFile), events);
    await vi.waitFor(() => expect(kinds()).toContain('kiosk.page-back'), patience);
    expect(steps()[0]).toBe('reload for gone');
    expect(browserProcesses(folder, 'browser')).toEqual(before);
    await vi.waitFor(() => runtime.desk.screenshot(), patience);
    await shows('page');
  });
});
