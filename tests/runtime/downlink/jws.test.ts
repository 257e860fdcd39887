import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPublicKey } from '../../../config/public-key.js';
import { openJws } from '../../../runtime/downlink/jws.js';
import { Refusal } from '../../../runtime/downlink/refusal.js';
import { signer } from '../../rigs/city.js';

const city = signer('city-1');
const keyNamed = (name: string) => (name === 'city-1' ? readPublicKey(city.trusted.key) : undefined);
const reasonOf = (text: string) => {
  try {
    openJws(text, keyNamed);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
};

describe('a JWS', () => {
  // RFC 8037, appendix A: the key, and the signature of "Example of Ed25519 signing". Its header has no `kid`.
  const rfc = {
    key: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    head: 'eyJhbGciOiJFZERTQSJ9',
    body: 'RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc',
    tail: 'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
  };

  it('is checked as the RFC has it', async () => {
    const { verify } = await import('node:crypto');
    const key = readPublicKey(rfc.key);
    if (!key) throw new Error('the key of the RFC is none');
    const signature = Buffer.from(rfc.tail, 'base64url');
    expect(verify(null, Buffer.from(`${rfc.head}.${rfc.body}`), key, signature)).toBe(true);
    expect(() => openJws(`${rfc.head}.${rfc.body}.${rfc.tail}`, () => key)).toThrow(/kid/);
  });

  it('gives its payload and the name of its key', () => {
    const { payload, key } = openJws(city.sign({ hello: 'shelter' }), keyNamed);
    expect(key).toBe('city-1');
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual({ hello: 'shelter' });
  });

  it('is refused where any bit of it was changed', () => {
    const text = city.sign({ hello: 'shelter' });
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...alphabet), (at, character) => {
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        const sameBytes = changed.split('.')[2] !== undefined && sameSignature(changed, text);
        expect(reasonOf(changed) === undefined).toBe(changed === text || sameBytes);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['none', { alg: 'none', kid: 'city-1' }],
    ['a MAC whose key would be the public one', { alg: 'HS256', kid: 'city-1' }],
    ['a key of its own', { alg: 'EdDSA', kid: 'city-1', jwk: { kty: 'OKP' } }],
    ['an extension it calls critical', { alg: 'EdDSA', kid: 'city-1', crit: ['b64'], b64: false }],
    ['no key', { alg: 'EdDSA' }],
  ])('is refused whose header asks for %s', (_, header) => {
    expect(reasonOf(city.sign({}, header))).toBe('malformed');
  });

  it('is refused of a key that is not known, or known by another name', () => {
    expect(reasonOf(signer('city-2').sign({}))).toBe('unknown-key');
    expect(reasonOf(signer('city-1').sign({}))).toBe('bad-signature');
  });

  it('is refused, and breaks nothing, whatever it is', () => {
    fc.assert(fc.property(fc.string(), (text) => reasonOf(text) !== undefined));
    const part = fc.base64String().map((text) => text.replaceAll('=', ''));
    fc.assert(fc.property(part, part, part, (a, b, c) => reasonOf(`${a}.${b}.${c}`) !== undefined));
  });
});

/** The last character of a signature has four bits that mean nothing. */
function sameSignature(text: string, other: string): boolean {
  const [head, body, tail = ''] = text.split('.');
  const [otherHead, otherBody, otherTail = ''] = other.split('.');
  const bytes = (part: string) => Buffer.from(part, 'base64url').toString('hex');
  return head === otherHead && body === otherBody && bytes(tail) === bytes(otherTail);
}
