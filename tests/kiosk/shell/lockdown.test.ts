import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { lockContents, lockSession } from '../../../kiosk/shell/lockdown.js';
import { lastResortUrl } from '../../../kiosk/supervision/last-resort.js';

const home = new URL('http://127.0.0.1:8080/');

/** Takes handlers as Electron does, and lets a test call them. */
function recorder() {
  const handlers: Record<string, (...args: unknown[]) => unknown> = {};
  const events = new EventEmitter();
  const take = (name: string) => (handler: (...args: unknown[]) => unknown) => {
    handlers[name] = handler;
  };

  /** Emits an event that can be prevented; true when it was. */
  function prevented(name: string, details: object = {}): boolean {
    let isPrevented = false;
    const event = {
      ...details,
      preventDefault: () => {
        isPrevented = true;
      },
    };
    expect(events.listenerCount(name), `a listener for ${name}`).toBeGreaterThan(0);
    events.emit(name, event, details);
    return isPrevented;
  }

  return { handlers, events, take, prevented };
}

function lockedContents() {
  const recorded = recorder();
  const zoom: unknown[] = [];
  const contents = Object.assign(recorded.events, {
    setWindowOpenHandler: recorded.take('open'),
    setZoomFactor: (factor: number) => zoom.push(factor),
    setVisualZoomLevelLimits: async (...limits: number[]) => zoom.push(limits),
  });
  lockContents(contents as unknown as Parameters<typeof lockContents>[0], () => home);
  return { ...recorded, zoom };
}

function lockedSession() {
  const recorded = recorder();
  const session = Object.assign(recorded.events, {
    setPermissionRequestHandler: recorded.take('request'),
    setPermissionCheckHandler: recorded.take('check'),
    setDevicePermissionHandler: recorded.take('device'),
    setDisplayMediaRequestHandler: recorded.take('display'),
    webRequest: { onBeforeRequest: recorded.take('load') },
  });
  lockSession(session as unknown as Parameters<typeof lockSession>[0], () => home);
  return recorded;
}

describe('Locked contents', () => {
  it('open no second window', () => {
    expect(lockedContents().handlers.open?.({ url: home.href })).toEqual({ action: 'deny' });
  });

  it.each(['will-frame-navigate', 'will-redirect'])('stay at home on %s', (name) => {
    const { prevented } = lockedContents();
    expect(prevented(name, { url: 'https://example.com/' })).toBe(true);
    expect(prevented(name, { url: `${home.href}air` })).toBe(false);
  });

  it('embed nothing and have no menu', () => {
    const { prevented } = lockedContents();
    expect(prevented('will-attach-webview')).toBe(true);
    expect(prevented('context-menu')).toBe(true);
  });

  it('hear a keypad and no shortcut', () => {
    const { prevented } = lockedContents();
    const stroke = { control: false, alt: false, meta: false };
    expect(prevented('before-input-event', { ...stroke, key: 'w', control: true })).toBe(true);
    expect(prevented('before-input-event', { ...stroke, key: 'Enter' })).toBe(false);
  });

  it('do not zoom', () => {
    const { events, zoom } = lockedContents();
    events.emit('did-finish-load');
    expect(zoom).toEqual([1, [1, 1]]);
  });
});

describe('A locked session', () => {
  it('grants nothing', () => {
    const { handlers } = lockedSession();
    const answers: unknown[] = [];
    handlers.request?.(null, 'media', (granted: unknown) => answers.push(granted));
    handlers.display?.({}, (streams: unknown) => answers.push(streams));
    expect(answers).toEqual([false, {}]);
    expect(handlers.check?.(null, 'geolocation')).toBe(false);
    expect(handlers.device?.({})).toBe(false);
  });

  it('saves nothing to disk', () => {
    expect(lockedSession().prevented('will-download')).toBe(true);
  });

  it.each([
    ['http://127.0.0.1:8080/assets/index.js', false],
    [lastResortUrl, false],
    ['https://example.com/font.woff2', true],
    ['file:///etc/passwd', true],
  ])('cancels a request to %s: %s', (url, cancel) => {
    const decisions: unknown[] = [];
    lockedSession().handlers.load?.({ url }, (decision: unknown) => decisions.push(decision));
    expect(decisions).toEqual([{ cancel }]);
  });
});
