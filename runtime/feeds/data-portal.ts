import { ShelterError, type ShelterErrorCode } from '../../config/errors.js';
import { type Answer, type Fetch, placeOf, type Question } from './fetch.js';
import { decoded, type Key } from './key.js';
import { at, parseJson, textAt } from './lenient.js';

/**
 * What the services behind Korea's public data portal (data.go.kr) have in common: a key that is given out in two
 * forms, and errors that come as XML with HTTP 200 although JSON was asked for.
 */

/** The portal's own numbers; 03 is no error. */
const reasons: Readonly<Record<string, ShelterErrorCode>> = {
  '10': 'FEED_REFUSED',
  '11': 'FEED_REFUSED',
  '12': 'FEED_REFUSED',
  '20': 'FEED_REFUSED',
  '21': 'FEED_REFUSED',
  '22': 'FEED_QUOTA',
  '23': 'FEED_QUOTA',
  '30': 'FEED_REFUSED',
  '31': 'FEED_REFUSED',
  '32': 'FEED_REFUSED',
  '33': 'FEED_REFUSED',
};

/** Asks with the key as it is before it stands in an address. Rejects with a ShelterError where no JSON comes. */
export async function askPortal(
  fetch: Fetch,
  key: Key,
  { url, parameters }: { url: string; parameters: Readonly<Record<string, string>> },
): Promise<unknown> {
  const address = new URL(url);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  const question: Question = { url: address.href, secrets: { serviceKey: decoded(await key.read()) } };
  return readPortal(await fetch(question), placeOf(url));
}

/** The JSON of an answer. Throws a ShelterError where it is an error in any of the portal's forms. */
export function readPortal({ status, body }: Answer, place: string): unknown {
  const text = new TextDecoder().decode(body).trim();
  const json = parseJson(text);
  const header = at(json, 'OpenAPI_ServiceResponse', 'cmmMsgHeader');
  const said = header === undefined ? errorIn(text) : errorAt(header);
  if (said) throw portalError(place, said.reason, said.words);
  if (status !== 200) throw statusError(place, status, text);
  if (typeof json === 'object' && json !== null) return json;
  throw new ShelterError('FEED_NONSENSE', `${place}: no JSON, but: ${short(text) || 'nothing'}`);
}

/** Throws where the header that JSON answers of the portal's services have tells of an error. */
export function checkHeader(json: unknown, place: string): 'some' | 'none' {
  const header = at(json, 'response', 'header');
  const reason = textAt(header, 'resultCode')?.padStart(2, '0');
  if (reason === '00' || reason === '0000') return 'some';
  if (reason === '03') return 'none';
  throw portalError(place, reason ?? '', textAt(header, 'resultMsg') ?? 'an answer without a result code');
}

function portalError(place: string, reason: string, words: string): ShelterError {
  const code = reasons[reason] ?? (reason === '' ? 'FEED_NONSENSE' : 'FEED_UNREACHABLE');
  return new ShelterError(code, `${place}: ${short(words)}${reason && ` (${reason})`}.`);
}

export function statusError(place: string, status: number, text: string): ShelterError {
  const code =
    status === 429
      ? 'FEED_QUOTA'
      : status === 401 || status === 403 || status === 404
        ? 'FEED_REFUSED'
        : 'FEED_UNREACHABLE';
  return new ShelterError(code, `${place}: HTTP ${status}, ${short(text) || 'without a word'}.`);
}

interface Said {
  reason: string;
  words: string;
}

function errorIn(text: string): Said | undefined {
  if (!text.startsWith('<')) return undefined;
  const tag = (name: string) => new RegExp(`<${name}>([^<]{0,200})<`).exec(text)?.[1]?.trim();
  const reason = tag('returnReasonCode') ?? tag('resultCode');
  if (reason === undefined) return undefined;
  return { reason, words: tag('returnAuthMsg') || tag('resultMsg') || tag('errMsg') || 'an error' };
}

function errorAt(header: unknown): Said {
  return {
    reason: textAt(header, 'returnReasonCode') ?? '',
    words: textAt(header, 'returnAuthMsg') ?? textAt(header, 'errMsg') ?? 'an error',
  };
}

function short(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 120);
}
