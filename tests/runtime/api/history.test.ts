import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeDuration } from '../../../config/duration.js';
import { failure, history } from '../../../runtime/api/contract.js';
import { fakeSource } from './fake-source.js';
import { apiRig, ask, keptConnection } from './rig.js';

const instant = fc.date({
  min: new Date(0),
  max: new Date('9999-12-30T00:00:00Z'),
  noInvalidDate: true,
});

/** Something near enough to a parameter to be taken for one. */
const nearly = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'air/pm2_5',
    '5 min',
    '1e9',
    '-1',
    '0x10',
    'null',
    '__proto__',
    '0000-01-01T00:00:00+09:00',
  ),
  fc.nat().map(String),
  instant.map((date) => date.toISOString()),
);
const names = fc.oneof(
  fc.constantFrom('stream', 'from', 'to', 'every', 'most', '__proto__', 'constructor', 'stream[]'),
  fc.string(),
);

describe('a question about history', () => {
  it('with any query is answered or refused by the contract, and the store is asked only what makes sense', async () => {
    const source = fakeSource();
    const { api } = await apiRig({ source });
    const agent = keptConnection();
    const query = fc.array(fc.tuple(names, nearly), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(query, fc.boolean(), async (pairs, withStream) => {
        const all: [string, string][] = withStream ? [['stream', 'air/pm2_5'], ...pairs] : pairs;
        const text = all.map((pair) => pair.map(wellFormed).map(encodeURIComponent).join('=')).join('&');
        const answer = await ask(api.url, `/api/v1/history?${text}`, { agent });
        if (answer.status === 200) history.parse(answer.json());
        else {
          expect([400, 404]).toContain(answer.status);
          failure.parse(answer.json());
        }
      }),
      { numRuns: 400 },
    );
    for (const { stream, from, to, most, every = 1_000 } of source.asked) {
      expect(stream).toBe('air/pm2_5');
      expect(from).toBeLessThan(to);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(most >= 1 && most <= 10_000 && Number.isInteger(most)).toBe(true);
      expect(every).toBeGreaterThanOrEqual(1_000);
    }
  });

  it('reaches the store exactly as it was asked', async () => {
    const source = fakeSource();
    const { api } = await apiRig({ source });
    const agent = keptConnection();
    const span = fc.tuple(instant, instant).filter(([one, other]) => one.getTime() !== other.getTime());
    const most = fc.integer({ min: 1, max: 10_000 });
    const every = fc.integer({ min: 1_000, max: 86_400_000 });
    await fc.assert(
      fc.asyncProperty(span, most, every, async (moments, most, every) => {
        const [from = 0, to = 0] = moments.map((date) => date.getTime()).sort((a, b) => a - b);
        const parameters = new URLSearchParams({
          stream: 'air/pm2_5',
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          most: String(most),
          every: writeDuration(every),
        });
        expect((await ask(api.url, `/api/v1/history?${parameters}`, { agent })).status).toBe(200);
        expect(source.asked.at(-1)).toEqual({ stream: 'air/pm2_5', from, to, most, every });
      }),
    );
  });
});

/** Lone surrogates cannot be sent in a URL. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/g, '?');
}
