import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './programs.js';

/** The OpenSSL of this machine; undefined where there is none. */
export const openssl = findProgram('openssl');

const ellipticKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function run(...args: string[]): void {
  if (openssl) execFileSync(openssl, args, { stdio: 'pipe' });
}

/** Makes `NAME.key` and the self-signed `NAME.pem` in a folder. */
export function makeAuthority(folder: string, name: string): void {
  const [key, certificate] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  const about = ['-days', '2', '-subj', `/CN=${name}`];
  run('req', '-x509', ...ellipticKey, '-keyout', key, '-out', certificate, ...about);
}

/**
 * Makes `NAME.key` and `NAME.pem` for 127.0.0.1, signed by an authority in the same folder.
 *
 * @param days from now until it expires; negative for one that has expired
 */
export function makeCertificate(folder: string, authority: string, name: string, days = 2): void {
  const at = (ending: string) => join(folder, ending);
  const [request, names] = [at(`${name}.csr`), at('names')];
  writeFileSync(names, 'subjectAltName=IP:127.0.0.1');
  run('req', ...ellipticKey, '-keyout', at(`${name}.key`), '-out', request, '-subj', `/CN=${name}`);
  const signer = ['-CA', at(`${authority}.pem`), '-CAkey', at(`${authority}.key`), '-CAcreateserial'];
  const about = ['-days', String(days), '-extfile', names];
  run('x509', '-req', '-in', request, ...signer, '-out', at(`${name}.pem`), ...about);
}
