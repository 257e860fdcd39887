import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShelterError } from '../../../config/errors.js';
import { failure } from '../../../runtime/api/contract.js';
import type { Desks } from '../../../runtime/api/desks.js';
import { type HelpCall, type HelpRequest, helpRequest } from '../../../runtime/api/help.js';
import { fakeDesks } from './fake-desks.js';
import { helpAtNoon } from './fake-source.js';
import { apiRig, ask, keptConnection, post } from './rig.js';

const path = '/api/v1/help';

const received: HelpCall = { id: 'c1', kind: 'call', line: null, state: 'received', age: 0, answer: null };

async function rig(answer: Desks['help']['ask'] = async () => received) {
  const asked: HelpRequest[] = [];
  const desks = fakeDesks({
    help: {
      ask(request) {
        asked.push(request);
        return answer(request);
      },
    },
  });
  return { ...(await apiRig({ desks })), asked };
}

describe('/api/v1/help', () => {
  it('tells the ways to help, and takes a call', async () => {
    const { api, asked } = await rig();
    expect((await ask(api.url, path)).json()).toEqual(helpAtNoon);
    const answer = await post(api.url, path, JSON.stringify({ kind: 'low-floor', line: '101' }));
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual(received);
    expect(asked).toEqual([{ kind: 'low-floor', line: '101' }]);
  });

  it('says what is wrong with a call', async () => {
    const { api, asked } = await rig();
    const wrong: [string, RegExp][] = [
      ['{}', /"kind" is missing: it must be "call" or "low-floor", such as kind=call/],
      ['{"kind":"fire"}', /"kind" must be "call" or "low-floor"/],
      ['{"kind":"call","lin":"1"}', /no key "lin" – did you mean "line"|no key "lin"/],
      ['{"kind":"call","line":"\\u0000"}', /"line" must be the name of a line/],
      ['[]', /the body must be a JSON object/],
      ['null', /the body must be a JSON object/],
      ['{', /./],
      [JSON.stringify({ kind: 'call', line: 'x'.repeat(2_000) }), /large/],
    ];
    for (const [body, message] of wrong) {
      const answer = await post(api.url, path, body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(failure.parse(answer.json())).toMatchObject({
        code: 'REQUEST_INVALID',
        message: expect.stringMatching(message),
      });
    }
    expect(asked).toEqual([]);
  });

  it('says when to call again where there were too many', async () => {
    const { api } = await rig(async () => {
      throw new ShelterError('API_LIMITED', 'too many', { retryAfter: 61_500 });
    });
    const answer = await post(api.url, path, '{"kind":"call"}');
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBe('62');
    expect(failure.parse(answer.json()).code).toBe('API_LIMITED');
  });

  it('is not for the pages of others, nor for forms, nor in another name', async () => {
    const { api, asked } = await rig();
    const { host } = new URL(api.url);
    const call = '{"kind":"call"}';
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', 'file://', `ftp://${host}`]) {
      const answer = await post(api.url, path, call, { origin });
      expect(answer.status).toBe(403);
      expect(failure.parse(answer.json()).code).toBe('ORIGIN_FOREIGN');
    }
    expect((await post(api.url, path, call, { 'content-type': 'text/plain' })).status).toBe(415);
    expect(
      (await post(api.url, path, 'kind=call', { 'content-type': 'application/x-www-form-urlencoded' }))
        .status,
    ).toBe(415);
    expect((await post(api.url, path, call, { host: 'evil.example' })).status).toBe(421);
    expect((await ask(api.url, path, { method: 'PUT', body: call })).status).toBe(405);
    expect(asked).toEqual([]);
    expect((await post(api.url, path, call, { origin: `http://${host}` })).status).toBe(200);
  });

  it('takes what its schema takes and refuses the rest, whatever is sent', async () => {
    const { api, asked } = await rig();
    const agent = keptConnection();
    const known = fc.record(
      {
        kind: fc.oneof(fc.constantFrom('call', 'low-floor', '', '__proto__'), fc.jsonValue()),
        line: fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.jsonValue()),
        constructor: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      known.map((value) => JSON.stringify(value)),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const before = asked.length;
        const answer = await ask(api.url, path, {
          method: 'POST',
          body: text,
          agent,
          headers: { 'content-type': 'application/json' },
        });
        const isGood = helpRequest.safeParse(parsed(text)).success;
        expect([answer.status, asked.length - before]).toEqual(isGood ? [200, 1] : [expect.any(Number), 0]);
        if (!isGood) expect(failure.parse(answer.json()).code).toBe('REQUEST_INVALID');
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
