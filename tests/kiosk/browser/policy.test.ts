import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chromiumEngine } from '../../../kiosk/browser/chromium-engine.js';
import { machineClock } from '../../../kiosk/supervision/clock.js';
import { chromiumPath, hasChromium } from '../../rigs/chromium.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { buildKeptPage, headless, type PageServer, servePage } from './rig.js';

/** In a mount namespace of its own a browser sees another /etc/chromium; everybody else's stays as it is. */
function mayMount(): boolean {
  const can = spawnSync('unshare', ['-m', 'true']).status === 0 && existsSync('/etc/chromium');
  if (!can) console.warn('The policy for Chromium is not tried: that takes root, and Debian’s Chromium.');
  return can;
}

function chromiumUnder(policy: string): string {
  const folder = scratchFolder();
  const etc = join(folder, 'etc');
  cpSync('/etc/chromium', etc, { recursive: true });
  mkdirSync(join(etc, 'policies/managed'), { recursive: true });
  cpSync(policy, join(etc, 'policies/managed/ushelter.json'));
  const program = join(folder, 'chromium');
  const inside = `mount --bind ${etc} /etc/chromium && exec ${chromiumPath} "$@"`;
  writeFileSync(program, `#!/bin/sh\nexec unshare -m sh -c '${inside}' sh "$@"\n`);
  chmodSync(program, 0o755);
  return program;
}

describe.skipIf(!hasChromium() || !mayMount())('Chromium under the policy of the package', () => {
  const closing: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  function started(server: PageServer, home: URL) {
    const { engine, listen, close } = chromiumEngine({
      program: chromiumUnder(
        fileURLToPath(new URL('../../../packaging/chromium/ushelter.json', import.meta.url)),
      ),
      home: { url: () => home, hasMoved: async () => false, answers: async () => true },
      folder: scratchFolder(),
      frame: 'kiosk',
      graphics: 'gpu',
      platform: 'x11',
      further: headless,
      clock: machineClock,
    });
    const heard: string[] = [];
    listen({
      onNews: ({ kind }) => heard.push(kind),
      onRendererGone: () => heard.push('renderer gone'),
      onGpuGone: () => heard.push('gpu gone'),
      onBrowserGone: () => heard.push('browser gone'),
    });
    closing.push(server.die, close);
    return { engine, heard };
  }

  it('shows the page, and can still be looked after', async () => {
    const server = await servePage(await buildKeptPage());
    const { engine, heard } = started(server, server.url);
    await engine.showLastResort();
    expect(await engine.showHome()).toBe(true);
    await vi.waitFor(() => expect(heard).toContain('alive'), { timeout: 15_000 });
  });

  it('shows no file of the machine', async () => {
    const server = await servePage(await buildKeptPage());
    const { engine } = started(server, new URL('file:///etc/hostname'));
    expect(await engine.showHome()).toBe(false);
  });
});
