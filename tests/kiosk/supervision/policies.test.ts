import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayLoad, mayNavigate, mayPress, mayTell } from '../../../kiosk/supervision/policies.js';

const home = new URL('http://127.0.0.1:8080/');
const lastResort = 'data:text/html,nothing';

const elsewhere = [
  'https://example.com/',
  'http://127.0.0.1:8081/',
  'https://127.0.0.1:8080/',
  'http://localhost:8080/',
  'http://127.0.0.1:8080@example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,other',
  'blob:null/1',
  'about:blank',
  'chrome://gpu',
  'not an address',
  '',
];

describe('The kiosk’s window', () => {
  it('moves about its own page', () => {
    expect(mayNavigate('http://127.0.0.1:8080/air?now#top', home)).toBe(true);
  });

  it.each(elsewhere)('never goes to %j, nor loads from there', (target) => {
    expect(mayNavigate(target, home)).toBe(false);
    expect(mayLoad(target, home, lastResort)).toBe(false);
  });

  it('loads its own files and the last-resort page, but is never led to that by a link', () => {
    expect(mayLoad('http://127.0.0.1:8080/assets/index.js', home, lastResort)).toBe(true);
    expect(mayLoad(lastResort, home, lastResort)).toBe(true);
    expect(mayNavigate(lastResort, home)).toBe(false);
  });

  it('goes nowhere else, whatever the address', () => {
    fc.assert(
      fc.property(fc.webUrl(), (target) => {
        expect(mayNavigate(target, home)).toBe(false);
      }),
    );
  });
});

describe('A key', () => {
  const plain = { control: false, alt: false, meta: false };

  it.each(['Tab', 'Enter', ' ', 'ArrowDown', 'PageUp', 'Shift', 'Escape', 'Backspace', '0', '9'])(
    'of a keypad works: %j',
    (key) => {
      expect(mayPress({ ...plain, key })).toBe(true);
    },
  );

  it.each([
    ['Ctrl+W', { key: 'w', control: true }],
    ['Ctrl+Tab', { key: 'Tab', control: true }],
    ['Alt+F4', { key: 'F4', alt: true }],
    ['Alt+Left', { key: 'ArrowLeft', alt: true }],
    ['Cmd+Q', { key: 'q', meta: true }],
    ['Ctrl+Shift+I', { key: 'I', control: true }],
    ['Ctrl+plus', { key: '+', control: true }],
    ['Ctrl+P', { key: 'p', control: true }],
    ['F5', { key: 'F5' }],
    ['F11', { key: 'F11' }],
    ['F12', { key: 'F12' }],
    ['Ctrl+0', { key: '0', control: true }],
    ['Alt+Escape', { key: 'Escape', alt: true }],
    ['BrowserBack', { key: 'BrowserBack' }],
    ['a letter', { key: 'a' }],
  ])('that leads out does not: %s', (_, stroke) => {
    expect(mayPress({ ...plain, ...stroke })).toBe(false);
  });
});

describe('A message to the shell', () => {
  it('counts from the top frame of the kiosk’s page only', () => {
    expect(mayTell({ url: 'http://127.0.0.1:8080/', isTop: true }, home)).toBe(true);
    expect(mayTell({ url: 'http://127.0.0.1:8080/', isTop: false }, home)).toBe(false);
    expect(mayTell({ url: 'http://example.com/', isTop: true }, home)).toBe(false);
    expect(mayTell(undefined, home)).toBe(false);
  });
});
