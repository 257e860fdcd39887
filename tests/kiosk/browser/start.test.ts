import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { findChromium } from '../../../kiosk/browser/find-chromium.js';
import { chromiumFlags } from '../../../kiosk/browser/flags.js';
import { pageScript } from '../../../kiosk/browser/page-script.js';
import { frameOf } from '../../../kiosk/browser/pictures.js';
import { readiness } from '../../../kiosk/browser/readiness.js';
import { lastResortUrl } from '../../../kiosk/supervision/last-resort.js';
import { keypad } from '../../../kiosk/supervision/policies.js';
import { scratchFolder } from '../../rigs/scratch.js';

const url = 'http://127.0.0.1:8080/';

describe('The kiosk in Chromium starts', () => {
  const machine = {
    environment: { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' },
    isRoot: false,
    program: '/usr/bin/chromium',
  };

  it('on Wayland where there is a compositor, and otherwise on X11', () => {
    expect(readiness(machine, url)).toEqual({ program: '/usr/bin/chromium', platform: 'wayland' });
    expect(readiness({ ...machine, environment: { DISPLAY: ':0' } }, url)).toMatchObject({ platform: 'x11' });
  });

  it.each([
    ['Chromium', { program: undefined }, /apt-get install chromium/],
    ['a display', { environment: {} }, /no display.*WAYLAND_DISPLAY/],
    ['a user other than root', { isRoot: true }, /not run as root/],
  ])('not without %s, and says so in one line with another way', (_, lack, line) => {
    const ready = readiness({ ...machine, ...lack }, url);
    if (!('obstacle' in ready)) throw new Error('it would start');
    expect(ready.obstacle).toMatch(line);
    expect(ready.obstacle).toContain(url);
    expect(ready.obstacle).not.toContain('\n');
  });

  it('with the first browser on the PATH', () => {
    const folder = scratchFolder();
    expect(findChromium(folder)).toBeUndefined();
    const program = join(folder, 'chromium-browser');
    writeFileSync(program, '');
    expect(findChromium(folder)).toBeUndefined();
    chmodSync(program, 0o755);
    expect(findChromium(`/nowhere:${folder}`)).toBe(program);
  });
});

describe('Its command line', () => {
  const settings = {
    home: new URL(url),
    profile: '/run/kiosk',
    frame: 'kiosk',
    graphics: 'gpu',
    platform: 'wayland',
  } as const;

  it('is a kiosk’s: the whole screen, no pinch, no bar, a profile of its own, nowhere to go', () => {
    const flags = chromiumFlags(settings);
    expect(flags).toEqual(
      expect.arrayContaining([
        '--kiosk',
        '--disable-pinch',
        '--overscroll-history-navigation=0',
        '--disable-infobars',
        '--user-data-dir=/run/kiosk',
        '--ozone-platform=wayland',
        '--remote-debugging-pipe',
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
        `--app=${lastResortUrl}`,
      ]),
    );
    expect(flags.join(' ')).toMatch(/--disable-features=\S*Translate/);
    expect(flags).not.toContain('--disable-gpu');
  });

  it('never gives up the sandbox, nor opens a port', () => {
    for (const frame of ['kiosk', 'window'] as const) {
      for (const graphics of ['gpu', 'software'] as const) {
        const line = chromiumFlags({ ...settings, frame, graphics }).join(' ');
        expect(line).not.toMatch(/sandbox|remote-debugging-port|disable-web-security/);
      }
    }
  });

  it('has a window on a desk, and no graphics chip where that failed', () => {
    expect(chromiumFlags({ ...settings, frame: 'window' })).not.toContain('--kiosk');
    expect(chromiumFlags({ ...settings, graphics: 'software' })).toContain('--disable-gpu');
  });
});

describe('What runs before the page', () => {
  interface Played {
    press(key: string, more?: object): boolean;
    shell: { tell(news: object): void; listen(listener: (order: unknown) => void): void };
    hear(order: object): void;
    told: string[];
  }

  /** A window as far as the script needs one. */
  function play(): Played {
    const handlers = new Map<string, ((event: object) => void)[]>();
    const told: string[] = [];
    const window: Record<string, unknown> = { ushelterTell: (text: string) => told.push(text) };
    window.top = window;
    const listen = (name: string, handler: (event: object) => void) =>
      handlers.set(name, [...(handlers.get(name) ?? []), handler]);
    new Function('window', 'addEventListener', pageScript)(window, listen);
    return {
      told,
      press(key, more = {}) {
        let prevented = false;
        const event = {
          ...{ key, ctrlKey: false, altKey: false, metaKey: false, ...more },
          stopImmediatePropagation() {},
          preventDefault: () => {
            prevented = true;
          },
        };
        for (const handler of handlers.get('keydown') ?? []) handler(event);
        return !prevented;
      },
      shell: window.ushelterShell as Played['shell'],
      hear: window.ushelterHear as Played['hear'],
    };
  }

  it('lets the keys of a keypad through, and no other', () => {
    const { press } = play();
    for (const key of keypad) expect(press(key), key).toBe(true);
    for (const key of ['a', 'F5', 'F11', 'F12', 'Meta', 'BrowserBack', 'PrintScreen'])
      expect(press(key), key).toBe(false);
    expect(press('w', { ctrlKey: true })).toBe(false);
    expect(press('Tab', { ctrlKey: true })).toBe(false);
    expect(press('ArrowLeft', { altKey: true })).toBe(false);
    expect(press('Enter', { metaKey: true })).toBe(false);
  });

  it('carries what the page tells, and keeps orders until the page listens', () => {
    const { shell, hear, told } = play();
    shell.tell({ kind: 'alive' });
    expect(told).toEqual(['{"kind":"alive"}']);
    hear({ kind: 'dark', dark: true });
    const orders: unknown[] = [];
    shell.listen((order) => orders.push(order));
    hear({ kind: 'dark', dark: false });
    expect(orders).toEqual([
      { kind: 'dark', dark: true },
      { kind: 'dark', dark: false },
    ]);
  });
});

describe('A picture', () => {
  it('is read as it was drawn, with and without transparency', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(3, 4),
        fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
        (width, height, channels, bytes) => {
          const data = Uint8Array.from([...bytes.take(width * height * channels)]);
          const { pixels, ...size } = frameOf(encode({ width, height, channels, depth: 8, data }));
          expect(size).toEqual({ width, height });
          for (let pixel = 0; pixel < width * height; pixel++) {
            for (let channel = 0; channel < channels; channel++) {
              expect(pixels[pixel * 4 + channel]).toBe(data[pixel * channels + channel]);
            }
          }
        },
      ),
    );
  });

  it('of any other kind is refused, and so is what is none', () => {
    const grey = encode({ width: 2, height: 1, channels: 1, depth: 8, data: new Uint8Array([1, 2]) });
    expect(() => frameOf(grey)).toThrow(/expected a picture of 8-bit colours/);
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(() => frameOf(bytes)).toThrow();
      }),
    );
  });
});
