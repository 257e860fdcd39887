import { describe, expect, it } from 'vitest';
import { ShelterError } from '../../../config/errors.js';
import type { Desks } from '../../../runtime/api/desks.js';
import { wholeWav } from '../../../runtime/speech/wav.js';
import { openEndedWav } from '../speech/wav.js';
import { fakeDesks } from './fake-desks.js';
import { type ApiRig, apiRig, ask, open } from './rig.js';

const audio = wholeWav(openEndedWav(10)) ?? Buffer.alloc(0);

function rigWith(say: Desks['speech']['say']): Promise<ApiRig> {
  return apiRig({ desks: fakeDesks({ speech: { say } }) });
}

function path(parameters: Record<string, string>): string {
  return `/api/v1/speech?${new URLSearchParams(parameters)}`;
}

describe('/api/v1/speech', () => {
  it('answers with a WAV file of the text, which the browser may keep for a while', async () => {
    const asked: [string, string][] = [];
    const { api } = await rigWith(async (text, language) => {
      asked.push([text, language]);
      return audio;
    });
    const response = await open(api.url, path({ language: 'ko', text: '곧 도착 — 273번?' }));
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': String(audio.length),
      'cache-control': 'private, max-age=3600',
      'x-content-type-options': 'nosniff',
    });
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toEqual(Buffer.from(audio));
    expect(asked).toEqual([['곧 도착 — 273번?', 'ko']]);
  });

  it.each([
    [{ text: '곧 도착' }, '"language" is missing'],
    [{ language: 'xx', text: '곧 도착' }, '"language" must be the tag of a language'],
    [{ language: '../ko', text: 'x' }, '"language" must be the tag of a language'],
    [{ language: 'ko' }, '"text" is missing'],
    [{ language: 'ko', text: '' }, '"text" must be'],
    [{ language: 'ko', text: ' … ' }, '"text" must be a text with a letter or a digit'],
    [{ language: 'ko', text: 'a\nb' }, '"text" must be'],
    [{ language: 'ko', text: 'a\u0000b' }, '"text" must be'],
    [{ language: 'ko', text: '가'.repeat(601) }, '"text" must be a text of at most 600 characters'],
    [{ language: 'ko', text: 'x', voice: '-w /etc/passwd' }, 'there is no parameter "voice"'],
  ])('refuses what it is not asked for: %j', async (parameters, message) => {
    const { api } = await rigWith(async () => audio);
    const answer = await ask(api.url, path(parameters));
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({
      code: 'REQUEST_INVALID',
      message: expect.stringContaining(message),
    });
  });

  it('says when to ask again where too much was asked', async () => {
    const { api } = await rigWith(() =>
      Promise.reject(new ShelterError('API_LIMITED', 'too many', { retryAfter: 12_300 })),
    );
    const answer = await ask(api.url, path({ language: 'en', text: 'Hello' }));
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBe('13');
  });

  it('says that nothing is installed, so that another voice can stand in', async () => {
    const { api } = await rigWith(() =>
      Promise.reject(new ShelterError('SPEECH_UNAVAILABLE', 'espeak-ng is not installed')),
    );
    const answer = await ask(api.url, path({ language: 'en', text: 'Hello' }));
    expect(answer.status).toBe(501);
    expect(answer.json()).toMatchObject({ code: 'SPEECH_UNAVAILABLE' });
  });

  it('answers the device alone, and nobody behind a proxy on it', async () => {
    const { api } = await rigWith(async () => audio);
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    const answer = await ask(api.url, path({ language: 'en', text: 'Hello' }), { headers });
    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject({ code: 'SPEECH_ELSEWHERE' });
  });
});
