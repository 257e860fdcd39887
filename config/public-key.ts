import { createPublicKey, type KeyObject } from 'node:crypto';

/** Bytes of an Ed25519 public key, and of its SPKI form, which is that of a PEM file. */
const lengths = { raw: 32, spki: 44 } as const;

/**
 * Reads an Ed25519 public key: PEM, or the base64 of its 32 bytes or of its SPKI form. Undefined where it is anything
 * else; above all where it is a private key, which belongs in no site file.
 */
export function readPublicKey(text: string): KeyObject | undefined {
  const body = /^-----BEGIN PUBLIC KEY-----([\s\S]*)-----END PUBLIC KEY-----$/.exec(text.trim())?.[1] ?? text;
  const compact = body.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)) return undefined;
  return importKey(Buffer.from(compact, 'base64'));
}

function importKey(bytes: Buffer): KeyObject | undefined {
  try {
    if (bytes.length === lengths.raw) {
      return createPublicKey({
        key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') },
        format: 'jwk',
      });
    }
    if (bytes.length !== lengths.spki) return undefined;
    const key = createPublicKey({ key: bytes, format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}
