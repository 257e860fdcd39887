import { type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from './refusal.js';

/**
 * JWS in its compact form (RFC 7515), signed with Ed25519 (RFC 8037): what any JOSE library of a city makes.
 *
 * There is one algorithm, and it comes from here: the header's `alg` must name it, and a header that asks for more
 * than a key by its name is refused, so that no message chooses how it is judged.
 */

const header = z.strictObject({
  alg: z.literal('EdDSA'),
  kid: z.string().min(1).max(63),
  typ: z.enum(['JOSE', 'JWT']).optional(),
});

const signatureLength = 64;

/** Whether a text has the form of a JWS. */
export function looksSigned(text: string): boolean {
  return /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(text);
}

/** What a JWS says, and the name of the key that vouches for it. Throws a Refusal where none does. */
export function openJws(
  text: string,
  keyNamed: (name: string) => KeyObject | undefined,
): { payload: Uint8Array; key: string } {
  if (!looksSigned(text))
    throw new Refusal('unsigned', 'It is not signed: a JWS in compact form is expected.');
  const [head = '', body = '', tail = ''] = text.split('.');
  const { kid } = readHeader(head);
  const key = keyNamed(kid);
  if (!key) throw new Refusal('unknown-key', `The key ${JSON.stringify(kid)} is not trusted here.`);
  const signature = Buffer.from(tail, 'base64url');
  const signed = Buffer.from(`${head}.${body}`, 'ascii');
  if (signature.length !== signatureLength || !verify(null, signed, key, signature)) {
    throw new Refusal('bad-signature', `The signature is not that of the key ${JSON.stringify(kid)}.`);
  }
  return { payload: Buffer.from(body, 'base64url'), key: kid };
}

function readHeader(text: string): z.output<typeof header> {
  const parsed = header.safeParse(jsonOf(Buffer.from(text, 'base64url')));
  if (parsed.success) return parsed.data;
  throw new Refusal(
    'malformed',
    'Its header is not {"alg":"EdDSA","kid":"NAME"}: other algorithms and parameters are not taken.',
  );
}

/** The JSON value that bytes hold. Throws a Refusal where they hold none. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new Refusal('malformed', 'It is not JSON in UTF-8.', { cause });
  }
}
