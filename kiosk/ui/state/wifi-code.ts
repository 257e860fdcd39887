import type { TakeAlong } from '../../../runtime/api/contract.js';

/** What a QR code says so that a phone joins a network. */
export function wifiCode({ name, password }: NonNullable<TakeAlong['wifi']>): string {
  const kind = password === null ? 'T:nopass' : 'T:WPA';
  const secret = password === null ? '' : `P:${field(password)};`;
  return `WIFI:${kind};S:${field(name)};${secret};`;
}

/** What could be read as hexadecimal bytes is quoted; what has a meaning of its own gets a backslash. */
function field(text: string): string {
  const escaped = text.replace(/[\\;,":]/g, '\\$&');
  return /^([0-9a-f]{2})+$/i.test(text) ? `"${escaped}"` : escaped;
}
