import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPublicKey } from '../../config/public-key.js';

const pair = generateKeyPairSync('ed25519');
const spki = pair.publicKey.export({ format: 'der', type: 'spki' });
const raw = spki.subarray(12);

describe('a public key in a site file', () => {
  it.each([
    ['base64 of its bytes', raw.toString('base64')],
    ['base64url of its bytes, as in a JWK', raw.toString('base64url')],
    ['base64 of its SPKI form', spki.toString('base64')],
    ['PEM', pair.publicKey.export({ format: 'pem', type: 'spki' }).toString()],
  ])('may be %s', (_, text) => {
    expect(readPublicKey(text)?.equals(pair.publicKey)).toBe(true);
  });

  it.each([
    ['a private key', pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()],
    ['a key of another curve', pemOf('x25519')],
    ['half a key', raw.subarray(16).toString('base64')],
    ['nothing', ''],
  ])('is none where it is %s', (_, text) => {
    expect(readPublicKey(text)).toBeUndefined();
  });

  it('breaks nothing, whatever it is', () => {
    fc.assert(fc.property(fc.string(), (text) => void readPublicKey(text)));
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 30, maxLength: 46 }), (bytes) => {
        void readPublicKey(Buffer.from(bytes).toString('base64'));
      }),
    );
  });
});

function pemOf(curve: 'x25519'): string {
  return generateKeyPairSync(curve).publicKey.export({ format: 'pem', type: 'spki' }).toString();
}
