import { readFile } from 'node:fs/promises';

/** How the runtime is found and spoken to, as it has written down beside its database. */
export interface Access {
  url: string;
  token: string;
}

/** Reads the file; undefined where there is none, or it holds something else. */
export async function readAccess(file: string): Promise<Access | undefined> {
  try {
    return parseAccess(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

export function parseAccess(value: unknown): Access | undefined {
  if (typeof value !== 'object' || value === null || !('url' in value) || !('token' in value))
    return undefined;
  const { url, token } = value;
  if (typeof url !== 'string' || typeof token !== 'string') return undefined;
  return /^https?:\/\/[^\s/]+\/?$/.test(url) && /^[\w-]{20,100}$/.test(token) ? { url, token } : undefined;
}
