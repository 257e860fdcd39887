import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * A PIN as it is kept: a PHC string of scrypt. It takes some tenths of a second and 32 MB to try one, so whoever steals
 * the file still has to work; six digits do not withstand him for long, which is why the file is nobody else's to read.
 */

/** What a new one is made with; a file may ask for at most twice the work. */
const cost = { ln: 15, r: 8, p: 1 };
const keyLength = 32;

const phc = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22,64})\$([A-Za-z0-9+/]{43})$/;

export const pinPattern = /^\d{6,12}$/;

export interface KeptPin {
  ln: number;
  r: number;
  p: number;
  salt: Buffer;
  key: Buffer;
}

/** Salted, so that the same PIN never looks the same. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(pin, { ...cost, salt });
  const { ln, r, p } = cost;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(key)}`;
}

/** Whether it is the PIN that was kept. */
export async function isPin(pin: string, { key, ...kept }: KeptPin): Promise<boolean> {
  return timingSafeEqual(await derive(pin, kept), key);
}

/** Reads what `hashPin` gave; undefined where it is something else, or asks for too much work. */
export function parsePin(text: string): KeptPin | undefined {
  const [, ln, r, p, salt = '', key = ''] = phc.exec(text) ?? [];
  const numbers = { ln: Number(ln), r: Number(r), p: Number(p) };
  const isAllowed =
    numbers.ln >= 10 && numbers.ln <= 16 && numbers.r >= 1 && numbers.r <= 8 && numbers.p === 1;
  return isAllowed
    ? { ...numbers, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') }
    : undefined;
}

function derive(pin: string, { ln, r, p, salt }: Omit<KeptPin, 'key'>): Promise<Buffer> {
  const N = 2 ** ln;
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, keyLength, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
