import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { failure, health, history, now } from '../../../runtime/api/contract.js';
import { life } from '../../../runtime/api/life.js';
import type { HistoryPoint } from '../../../runtime/store/port.js';
import { fakeSource, healthAtNoon, lifeAtNoon, noon, nowAtNoon } from './fake-source.js';
import { type Answer, apiRig, ask, open } from './rig.js';

const hour = 3_600_000;

function parsed<Schema extends z.ZodType>(schema: Schema, answer: Answer): z.output<Schema> {
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  return schema.parse(answer.json());
}

describe('/api/v1/life', () => {
  it('tells what the numbers mean: clean air is good, and what is not measured has a reason', async () => {
    const { api } = await apiRig();
    const answer = await ask(api.url, '/api/v1/life');
    expect(answer.status).toBe(200);
    const told = parsed(life, answer);
    expect(told).toEqual(lifeAtNoon);
    expect(told.air).toMatchObject({ grade: 'good', parts: [{ property: 'pm2_5', value: 0 }] });
    expect(told.feelsLike).toMatchObject({ shows: 'nothing', value: null });
  });

  it('refuses parameters, since it takes none', async () => {
    const { api } = await apiRig();
    expect((await ask(api.url, '/api/v1/life?profile=who')).status).toBe(400);
  });
});

describe('/api/v1/now', () => {
  it('tells how everything stands', async () => {
    const { api } = await apiRig();
    const answer = await ask(api.url, '/api/v1/now');
    expect(answer.status).toBe(200);
    expect(parsed(now, answer)).toEqual(nowAtNoon);
  });

  it('refuses parameters, since it takes none', async () => {
    const { api } = await apiRig();
    const answer = await ask(api.url, '/api/v1/now?stream=air');
    expect(answer.status).toBe(400);
    expect(parsed(failure, answer)).toMatchObject({
      code: 'REQUEST_INVALID',
      message: 'there is no parameter "stream"',
    });
  });
});

describe('/api/v1/health', () => {
  it('answers 200 while degraded, so that no watchdog restarts a shelter over one sensor', async () => {
    const { api } = await apiRig();
    const answer = await ask(api.url, '/api/v1/health');
    expect(answer.status).toBe(200);
    expect(parsed(health, answer)).toEqual(healthAtNoon);
  });

  it('answers HEAD with the same head and no body', async () => {
    const { api } = await apiRig();
    const answer = await ask(api.url, '/api/v1/health', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('');
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(100);
  });
});

describe('/api/v1/history', () => {
  it('gives the last hour, 1000 single readings at most, when only the stream is named', async () => {
    const { api, source } = await apiRig();
    const answer = await ask(api.url, '/api/v1/history?stream=air/pm2_5');
    expect(answer.status).toBe(200);
    expect(source.asked).toEqual([{ stream: 'air/pm2_5', from: noon - hour, to: noon, most: 1_000 }]);
    expect(parsed(history, answer)).toEqual({
      stream: 'air/pm2_5',
      unit: 'ug/m3',
      from: '2026-06-01T11:00:00.000Z',
      to: '2026-06-01T12:00:00.000Z',
      every: null,
      points: [{ time: '2026-06-01T11:00:00.000Z', value: 4.4, quality: 1, count: 1 }],
    });
  });

  it('passes on the span, the width and the number of points that were asked for', async () => {
    const { api, source } = await apiRig();
    const answer = await ask(
      api.url,
      '/api/v1/history?stream=roof%2Ftemperature&from=2026-06-01T09:00:00%2B09:00&to=2026-06-01T06:00:00Z&every=5%20min&most=12',
    );
    expect(parsed(history, answer)).toMatchObject({ every: 300, unit: 'Cel' });
    expect(source.asked).toEqual([
      {
        stream: 'roof/temperature',
        from: Date.UTC(2026, 5, 1, 0),
        to: Date.UTC(2026, 5, 1, 6),
        every: 300_000,
        most: 12,
      },
    ]);
  });

  it('starts an hour before `to` when only that is given', async () => {
    const { api, source } = await apiRig();
    await ask(api.url, '/api/v1/history?stream=air/pm2_5&to=2026-01-02T00:00:00Z');
    expect(source.asked).toMatchObject([{ from: Date.UTC(2026, 0, 1, 23), to: Date.UTC(2026, 0, 2) }]);
  });

  it('tells a span of faults from a silence', async () => {
    const gap: HistoryPoint = { time: noon, value: null, quality: 4, count: 0 };
    const { api } = await apiRig({ source: fakeSource({ history: async () => [gap] }) });
    const answer = await ask(api.url, '/api/v1/history?stream=air/pm2_5');
    expect(parsed(history, answer).points).toEqual([
      { time: '2026-06-01T12:00:00.000Z', value: null, quality: 4, count: 0 },
    ]);
  });

  it('suggests the stream that was meant and lists them all', async () => {
    const { api } = await apiRig();
    const answer = await ask(api.url, '/api/v1/history?stream=air/pm25');
    expect(answer.status).toBe(404);
    expect(parsed(failure, answer)).toEqual({
      code: 'NOT_FOUND',
      message: 'there is no stream "air/pm25" (did you mean "air/pm2_5"?)',
      hint: 'The streams are air/pm2_5, roof/temperature.',
    });
  });

  it.each([
    ['', '"stream" is missing: it must be the id of a stream'],
    ['stream=air/pm2_5&stream=air/pm10', '"stream" is given more than once'],
    ['stream=air/pm2_5&from=yesterday', '"from" must be an ISO 8601 time'],
    ['stream=air/pm2_5&from=2026-06-01T09:00:00', '"from" must be an ISO 8601 time with its zone'],
    ['stream=air/pm2_5&to=2026-02-30T00:00:00Z', '"to" must be an ISO 8601 time'],
    ['stream=air/pm2_5&to=1969-12-31T23:59:59Z', '"to" must be a time from 1970 to 9999'],
    ['stream=air/pm2_5&every=5', '"every" must be a duration from 1 s to 366 d, such as every=5 min'],
    ['stream=air/pm2_5&every=999ms', '"every" must be a duration from 1 s'],
    ['stream=air/pm2_5&most=0', '"most" must be a whole number from 1 to 10000, such as most=288'],
    ['stream=air/pm2_5&most=1.5', '"most" must be a whole number'],
    ['stream=air/pm2_5&most=', '"most" must be a whole number'],
    ['stream=air/pm2_5&form=2026-06-01T00:00:00Z', 'there is no parameter "form" (did you mean "from"?)'],
    [
      'stream=air/pm2_5&from=2026-06-02T00:00:00Z&to=2026-06-01T00:00:00Z',
      '"from" (2026-06-02T00:00:00.000Z) must be before "to" (2026-06-01T00:00:00.000Z)',
    ],
  ])('names what is wrong with ?%s', async (query, message) => {
    const { api, source } = await apiRig();
    const answer = await ask(api.url, `/api/v1/history?${query}`);
    expect(answer.status).toBe(400);
    const { code, message: said } = parsed(failure, answer);
    expect(code).toBe('REQUEST_INVALID');
    expect(said).toContain(message);
    expect(source.asked).toEqual([]);
  });

  it('refuses to let questions pile up behind a slow store', async () => {
    const answerAll: ((points: HistoryPoint[]) => void)[] = [];
    const source = fakeSource({ history: () => new Promise((resolve) => answerAll.push(resolve)) });
    const { api } = await apiRig({ source });
    const path = '/api/v1/history?stream=air/pm2_5';

    const waiting: Promise<Answer>[] = [];
    const answers: Answer[] = [];
    for (let i = 0; i < 12; i++) {
      const answer = ask(api.url, path).then((it) => {
        answers.push(it);
        return it;
      });
      waiting.push(answer);
    }
    await expect.poll(() => answers.length).toBe(4);
    expect(answers.map((each) => each.status)).toEqual([503, 503, 503, 503]);
    expect(answers[0]?.headers['retry-after']).toBe('2');
    expect(failure.parse(answers[0]?.json()).code).toBe('API_BUSY');

    for (const answer of answerAll) answer([]);
    const all = await Promise.all(waiting);
    expect(all.filter((each) => each.status === 200)).toHaveLength(8);
    const next = open(api.url, path);
    await expect.poll(() => answerAll.length).toBe(9);
    answerAll[8]?.([]);
    expect((await next).statusCode).toBe(200);
  });
});

describe('what fails', () => {
  it('is told to the log and not to the asker', async () => {
    const source = fakeSource({ health: () => Promise.reject(new Error('secret of the disk')) });
    const { api, log } = await apiRig({ source });
    const answer = await ask(api.url, '/api/v1/health');
    expect(answer.status).toBe(500);
    expect(parsed(failure, answer).code).toBe('API_FAILED');
    expect(answer.text).not.toContain('secret');
    expect(String(log.lines[0]?.fields.err)).toContain('secret of the disk');
  });

  it('is an answer that does not keep the contract', async () => {
    const source = fakeSource({ now: () => ({ ...nowAtNoon, time: 'noon' }) });
    const { api, log } = await apiRig({ source });
    expect((await ask(api.url, '/api/v1/now')).status).toBe(500);
    expect(log.lines).toHaveLength(1);
  });

  it('is a path that is nowhere, and the hint says what exists', async () => {
    const { api } = await apiRig();
    const answer = await ask(api.url, '/api/v1/nothing?x=1');
    expect(answer.status).toBe(404);
    const { code, message, hint } = parsed(failure, answer);
    expect(code).toBe('NOT_FOUND');
    expect(message).toBe('there is nothing at /api/v1/nothing');
    for (const path of ['/api/docs', '/api/v1/now', '/api/v1/history', '/api/v1/openapi.json', '/metrics']) {
      expect(hint).toContain(path);
    }
  });
});
