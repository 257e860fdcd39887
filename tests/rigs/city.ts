import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { TrustedKey } from '../../config/site.js';

/** Someone in the city who signs what a shelter is to do, with a JWS made here from its RFCs alone. */
export interface Signer {
  /** As a site file names it. */
  trusted: TrustedKey;
  /** The compact JWS of these claims, or of any other payload. */
  sign(payload: unknown, header?: Record<string, unknown>): string;
}

export function signer(
  name = 'city-1',
  may: TrustedKey['may'] = ['command', 'desired', 'content', 'emergency'],
): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    trusted: { name, key: rawBase64(publicKey), may },
    sign(payload, header = { alg: 'EdDSA', kid: name }) {
      const text = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}`;
      return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`;
    },
  };
}

/** The claims of an order that holds for an hour; each has an id and a seq of its own unless told otherwise. */
export function claims(kind: string, body: unknown, changes: Partial<Claims> = {}): Claims {
  made += 1;
  const iat = (changes.iat ?? Date.UTC(2026, 0, 1) / 1_000) as number;
  return { aud: 'a', jti: `order-${made}`, iat, exp: iat + 3_600, kind, seq: made, body, ...changes };
}

export interface Claims {
  aud: unknown;
  jti: unknown;
  iat: unknown;
  exp: unknown;
  kind: unknown;
  seq: unknown;
  body: unknown;
}

let made = 0;

function rawBase64(key: KeyObject): string {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
