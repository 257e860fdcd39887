import { readFile } from 'node:fs/promises';
import { ShelterError } from '../../config/errors.js';
import { messageOf } from '../problem.js';

/** A secret from a file. */
export interface Key {
  /** Reads it anew, so that a replaced key needs no restart. Rejects with FEED_KEY_UNUSABLE. */
  read(): Promise<string>;
  /** Takes it out of a text, as it is and as it stands in addresses: upstreams like to repeat what they were given. */
  hide(text: string): string;
}

/** @param setting where the site file names the file */
export function keyFrom(file: string, setting: string): Key {
  let known: readonly string[] = [];

  return {
    async read() {
      const text = await readFile(file, 'utf8').catch((error) => {
        throw new ShelterError('FEED_KEY_UNUSABLE', `${setting} could not be read: ${messageOf(error)}.`);
      });
      const key = text.trim();
      if (!/^[\x21-\x7e]{1,512}$/.test(key)) {
        throw new ShelterError(
          'FEED_KEY_UNUSABLE',
          `${setting} names ${file}, which holds no key in one line.`,
        );
      }
      known = forms(key);
      return key;
    },
    hide: (text) => known.reduce((hidden, form) => hidden.replaceAll(form, '…'), text),
  };
}

/** The longest first, so that nothing of one is left by another that is a part of it. */
function forms(key: string): string[] {
  const plain = decoded(key);
  const all = new Set([key, plain, encodeURIComponent(key), encodeURIComponent(plain)]);
  return [...all].sort((one, other) => other.length - one.length);
}

/** A key as it is before it stands in an address: portals give out both forms, and one of them in most files. */
export function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
