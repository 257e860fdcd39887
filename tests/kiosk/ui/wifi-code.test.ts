import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wifiCode } from '../../../kiosk/ui/state/wifi-code.js';

describe('the code of a network', () => {
  it.each([
    [{ name: 'city', password: 'wait for me' }, 'WIFI:T:WPA;S:city;P:wait for me;;'],
    [{ name: 'city', password: null }, 'WIFI:T:nopass;S:city;;'],
    [
      { name: 'a;b,c:d\\e"f', password: ';;;;;;;;' },
      'WIFI:T:WPA;S:a\\;b\\,c\\:d\\\\e\\"f;P:\\;\\;\\;\\;\\;\\;\\;\\;;;',
    ],
    [{ name: 'cafe', password: '12345678' }, 'WIFI:T:WPA;S:"cafe";P:"12345678";;'],
    [{ name: '종로 정류장', password: null }, 'WIFI:T:nopass;S:종로 정류장;;'],
  ])('says %o', (wifi, code) => expect(wifiCode(wifi)).toBe(code));

  it('gives name and password back to whoever reads it, whatever they are', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 63 });
    fc.assert(
      fc.property(text, fc.option(text), (name, password) => {
        const fields = read(wifiCode({ name, password }));
        expect(fields.S).toBe(name);
        expect(fields.P ?? null).toBe(password);
        expect(fields.T).toBe(password === null ? 'nopass' : 'WPA');
      }),
    );
  });
});

/** As phones read it: a backslash takes its meaning from what follows, quotes around a field are not part of it. */
function read(code: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, key = '', value = ''] of code
    .slice('WIFI:'.length)
    .matchAll(/([TSP]):((?:\\.|[^\\;])*);/gsu)) {
    const plain = /^".*"$/s.test(value) && !value.startsWith('"\\') ? value.slice(1, -1) : value;
    fields[key] = plain.replace(/\\(.)/gsu, '$1');
  }
  return fields;
}
