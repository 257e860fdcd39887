import { readFile } from 'node:fs/promises';
import { ShelterError } from '../config/errors.js';
import type { Site } from '../config/site.js';
import type { TakeAlong } from './api/take-along.js';
import { messageOf } from './problem.js';

/** What WPA takes as a password. */
const wpaPassword = /^[ -~]{8,63}$/;

/**
 * What the screen shows for people to take along. A password that cannot be read costs only the network.
 *
 * @param onFailure told why the password cannot be told; never what it is
 */
export async function takeAlongOf(
  { publicUrl, wifi }: Pick<Site['kiosk'], 'publicUrl' | 'wifi'>,
  onFailure: (error: ShelterError) => void,
): Promise<TakeAlong> {
  return { url: publicUrl ?? null, wifi: wifi ? await wifiOf(wifi, onFailure) : null };
}

async function wifiOf(
  { name, passwordFile }: NonNullable<Site['kiosk']['wifi']>,
  onFailure: (error: ShelterError) => void,
): Promise<TakeAlong['wifi']> {
  if (passwordFile === undefined) return { name, password: null };
  try {
    return { name, password: await readPassword(passwordFile) };
  } catch (error) {
    const message = `The password of the Wi-Fi "${name}" is not told: ${messageOf(error)}`;
    onFailure(new ShelterError('WIFI_UNUSABLE', message, { cause: error }));
    return null;
  }
}

async function readPassword(file: string): Promise<string> {
  const text = (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  if (!wpaPassword.test(text)) throw new Error(`${file} holds no password of 8 to 63 plain characters.`);
  return text;
}
