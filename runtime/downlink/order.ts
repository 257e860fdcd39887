import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { readPublicKey } from '../../config/public-key.js';
import type { TrustedKey } from '../../config/site.js';
import { jsonOf, looksSigned, openJws } from './jws.js';
import { type Kind, kinds } from './kinds.js';
import { Refusal } from './refusal.js';

/** Something the city wants, vouched for and addressed to this device. Whether it is in time is not judged yet. */
export interface Order {
  kind: Kind;
  /** Name of the key that signed it; null where it came unsigned and may. */
  key: string | null;
  /** Its name among all orders. */
  id: string;
  /** Grows from one order of a key and kind to the next. */
  sequence: number;
  /** Wall times in ms. */
  issued: number;
  expires: number;
  body: unknown;
}

/** Who is spoken to, whom it believes, and of what kinds it takes the word of anybody. */
export interface Addressee {
  device: string;
  keys: readonly TrustedKey[];
  unsigned: readonly Kind[];
}

/** Bytes of an order, and groups within groups of its body; beyond them it is not looked into. */
const most = { bytes: 524_288, depth: 16 };

const deviceName = z.string().min(1).max(63);
const seconds = z.number().min(0).max(253_402_300_799);

/**
 * What an order claims, in the words of JWT (RFC 7519) where it has them: `aud` the device or devices it is for, `jti`
 * its own name, `iat` and `exp` from when to when it holds, in seconds since 1970.
 */
const claims = z.object({
  aud: z.union([deviceName, z.array(deviceName).min(1).max(1_000)]),
  jti: z.string().regex(/^[\x21-\x7e]{1,64}$/),
  iat: seconds,
  exp: seconds,
  kind: z.string().max(32),
  seq: z.int().min(1),
  body: z.unknown(),
});

/** Reads what came on the topic of a kind. Throws a Refusal where it is no order to this device, or nobody vouches. */
export function openOrder(bytes: Uint8Array, kind: Kind, { device, keys, unsigned }: Addressee): Order {
  if (bytes.length > most.bytes) {
    throw new Refusal('too-large', `It has ${bytes.length} bytes; at most ${most.bytes} are taken.`);
  }
  const text = Buffer.from(bytes).toString('latin1').trim();
  if (!looksSigned(text) && unsigned.includes(kind)) {
    return readClaims(jsonOf(bytes), kind, device, null);
  }
  const { payload, key } = openJws(text, (name) => importedKey(keys, name));
  if (!vouches({ keys, unsigned }, kind, key)) {
    throw new Refusal(
      'not-permitted',
      `The key ${JSON.stringify(key)} may not sign what needs "${kinds[kind].right}".`,
    );
  }
  return readClaims(jsonOf(payload), kind, device, key);
}

function importedKey(keys: readonly TrustedKey[], wanted: string): KeyObject | undefined {
  const trusted = keys.find(({ name }) => name === wanted);
  return trusted && readPublicKey(trusted.key);
}

/** Whether the word of a key, or of nobody, is enough for a kind. */
export function vouches(
  { keys, unsigned }: Omit<Addressee, 'device'>,
  kind: Kind,
  key: string | null,
): boolean {
  if (key === null) return unsigned.includes(kind);
  return keys.some(({ name, may }) => name === key && may.includes(kinds[kind].right));
}

function readClaims(json: unknown, kind: Kind, device: string, key: string | null): Order {
  const parsed = claims.safeParse(json);
  if (!parsed.success) {
    const missing = [...new Set(parsed.error.issues.map(({ path }) => path[0] ?? 'the whole'))].map(String);
    throw new Refusal('malformed', `Not as they must be: ${missing.join(', ')}.`);
  }
  const { aud, jti, iat, exp, seq, body } = parsed.data;
  if (![aud].flat().includes(device)) throw new Refusal('wrong-device', 'It is for another device.');
  if (parsed.data.kind !== kind) {
    throw new Refusal('wrong-kind', `It is no ${kind}, which alone comes on its topic.`);
  }
  if (isDeeper(body, most.depth))
    throw new Refusal('malformed', 'Its body has groups within groups without end.');
  if (exp <= iat) throw new Refusal('malformed', 'It expires before it was issued.');
  return {
    kind,
    key,
    id: jti,
    sequence: seq,
    issued: Math.round(iat * 1_000),
    expires: Math.round(exp * 1_000),
    body,
  };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
