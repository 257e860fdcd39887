import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { channels } from '../../../kiosk/shell/channel.js';
import { electronBinary, electronFolder } from '../../../kiosk/shell/installed-electron.js';
import { type Machine, readiness } from '../../../kiosk/shell/readiness.js';
import { windowOptions } from '../../../kiosk/shell/window-options.js';
import {
  defaultHome,
  homeVariable,
  readInvocation,
  writeInvocation,
} from '../../../kiosk/supervision/invocation.js';
import { lastResortUrl } from '../../../kiosk/supervision/last-resort.js';

describe('The call of the kiosk', () => {
  const asked = { home: new URL('http://10.0.0.2:80/'), access: undefined, frame: 'kiosk', graphics: 'gpu' };

  it('takes the address from --url, then from the environment, then the default', () => {
    const environment = { [homeVariable]: 'http://10.0.0.3/' };
    expect(readInvocation(['--url', 'http://10.0.0.2'], environment)).toEqual(asked);
    expect(readInvocation(['electron', 'main.js', '--url=http://10.0.0.2/'], environment)).toEqual(asked);
    expect(readInvocation([], environment)).toMatchObject({ home: new URL('http://10.0.0.3/') });
    expect(readInvocation([], {})).toEqual({ ...asked, home: new URL(defaultHome) });
  });

  it('is a window on a desk when it is told so', () => {
    expect(readInvocation(['--windowed'], {})).toMatchObject({ frame: 'window' });
  });

  it('comes through to the other side as it was', () => {
    for (const args of [
      ['--url', 'http://a.example:81/x'],
      ['--windowed', '--url=https://b.example'],
      ['--access', '/var/lib/ushelter/kiosk.json', '--without-gpu'],
    ]) {
      const read = readInvocation(args, {});
      if ('complaint' in read) throw new Error(read.complaint);
      expect(readInvocation(writeInvocation(read), {})).toEqual(read);
    }
  });

  it.each(['', 'here', 'file:///etc/passwd', 'javascript:alert(1)'])(
    'is refused for the address %j',
    (address) => {
      expect(readInvocation(['--url', address], {})).toHaveProperty(
        'complaint',
        expect.stringContaining(defaultHome),
      );
    },
  );
});

describe('The kiosk starts', () => {
  const machine: Machine = {
    platform: 'linux',
    environment: { WAYLAND_DISPLAY: 'wayland-0' },
    isRoot: false,
    electron: '/opt/electron',
  };

  it('where everything is there', () => {
    expect(readiness(machine, defaultHome)).toEqual({ electron: '/opt/electron' });
    expect(readiness({ ...machine, environment: { DISPLAY: ':0' } }, defaultHome)).toHaveProperty('electron');
    expect(readiness({ ...machine, platform: 'darwin', environment: {} }, defaultHome)).toHaveProperty(
      'electron',
    );
  });

  it.each([
    ['the binary', { electron: undefined }, /binary is missing.*install-electron/],
    ['a display', { environment: {} }, /no display.*WAYLAND_DISPLAY/],
    ['a user other than root', { isRoot: true }, /not run as root/],
  ])('not without %s, and says so in one line with another way', (_, lack, line) => {
    const ready = readiness({ ...machine, ...lack }, defaultHome);
    if (!('obstacle' in ready)) throw new Error('it would start');
    expect(ready.obstacle).toMatch(line);
    expect(ready.obstacle).toContain(defaultHome);
    expect(ready.obstacle).not.toContain('\n');
  });
});

describe('Electron’s binary', () => {
  function packageWith(pathText: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'electron-'));
    writeFileSync(join(folder, 'path.txt'), pathText);
    return folder;
  }

  it('is found where its package was filled', () => {
    const folder = packageWith('electron\n');
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', 'electron'), '');
    expect(electronBinary(folder)).toBe(join(folder, 'dist', 'electron'));
  });

  it('is missed without fetching it', () => {
    expect(electronBinary(packageWith('electron'))).toBeUndefined();
    expect(electronBinary(tmpdir())).toBeUndefined();
    expect(electronBinary(undefined)).toBeUndefined();
  });

  it('is looked for in the package that Node would take', () => {
    expect(electronFolder()).toMatch(/node_modules.electron$/);
    expect(electronFolder(`file://${tmpdir()}/nowhere.js`)).toBeUndefined();
  });
});

describe('The window', () => {
  it.each(['kiosk', 'window'] as const)('is sandboxed and isolated as a %s', (frame) => {
    expect(windowOptions(frame, '/preload.cjs').webPreferences).toMatchObject({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
    });
  });

  it('takes the whole screen as a kiosk only', () => {
    expect(windowOptions('kiosk', '')).toMatchObject({ kiosk: true, fullscreen: true, frame: false });
    expect(windowOptions('window', '')).not.toHaveProperty('kiosk');
  });

  it('speaks with its preload on the channels of the shell', () => {
    const preload = readFileSync(new URL('../../../kiosk/shell/preload.cts', import.meta.url), 'utf8');
    expect(preload).toContain(`send('${channels.news}', news)`);
    expect(preload).toContain(`on('${channels.order}',`);
  });
});

it('the last resort needs nothing from anywhere', () => {
  const html = decodeURIComponent(lastResortUrl.slice(lastResortUrl.indexOf(',') + 1));
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/https?:|<script|<img|@import|url\(/);
  expect(html, 'a clock that nobody vouches for').not.toMatch(/<time|clock|\d{1,2}:\d{2}/);
  expect(html).toContain('데이터 없음');
  expect(html).toContain('No data');
});
