import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { failure } from '../../../runtime/api/contract.js';
import { version } from '../../../runtime/version.js';
import { apiRig, ask } from './rig.js';

const operation = z.object({
  operationId: z.string(),
  summary: z.string().min(5),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.literal('query'),
        required: z.boolean().optional(),
        description: z.string(),
        schema: z.record(z.string(), z.unknown()),
        example: z.union([z.string(), z.number()]),
      }),
    )
    .optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.object({
      description: z.string().min(1),
      content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) })).optional(),
    }),
  ),
});

const document = z.object({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(
    z.string().startsWith('/'),
    z.strictObject({ get: operation.optional(), post: operation.optional() }),
  ),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

async function documentOf(url: string) {
  const answer = await ask(url, '/api/v1/openapi.json');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  return { text: answer.text, ...document.parse(answer.json()) };
}

describe('/api/v1/openapi.json', () => {
  it('describes every route, and gives each operation an id of its own', async () => {
    const { api } = await apiRig();
    const { paths, info } = await documentOf(api.url);
    expect(info.version).toBe(version);
    expect(Object.keys(paths).sort()).toEqual([
      '/api/v1/calibrations',
      '/api/v1/content',
      '/api/v1/events',
      '/api/v1/health',
      '/api/v1/help',
      '/api/v1/history',
      '/api/v1/kiosk/answers',
      '/api/v1/kiosk/orders',
      '/api/v1/kiosk/reports',
      '/api/v1/ledger',
      '/api/v1/life',
      '/api/v1/maintenance',
      '/api/v1/maintenance/faults',
      '/api/v1/maintenance/login',
      '/api/v1/maintenance/logout',
      '/api/v1/maintenance/screenshot',
      '/api/v1/maintenance/stay',
      '/api/v1/now',
      '/api/v1/openapi.json',
      '/api/v1/speech',
      '/api/v1/take-along',
      '/metrics',
    ]);
    const ids = Object.values(paths)
      .flatMap(({ get, post }) => [get, post])
      .flatMap((each) => each?.operationId ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers only to schemas that it holds', async () => {
    const { api } = await apiRig();
    const { text, components } = await documentOf(api.url);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target ?? '');
    expect(references).toContain('#/components/schemas/Now');
    for (const target of references) {
      expect(Object.keys(components.schemas)).toContain(target.replace('#/components/schemas/', ''));
    }
  });

  it('has schemas that real answers fulfil and broken ones do not', async () => {
    const { api } = await apiRig();
    const { paths, components } = await documentOf(api.url);
    const questions = {
      '/api/v1/now': '',
      '/api/v1/life': '',
      '/api/v1/calibrations': '',
      '/api/v1/content': '',
      '/api/v1/health': '',
      '/api/v1/help': '',
      '/api/v1/take-along': '',
      '/api/v1/history': '?stream=air/pm2_5',
    };
    for (const [path, query] of Object.entries(questions)) {
      const described = paths[path]?.get?.responses['200']?.content?.['application/json']?.schema;
      const schema = fromDocument(described ?? {}, components.schemas);
      const answer = (await ask(api.url, `${path}${query}`)).json() as object;
      expect(schema.safeParse(answer).error).toBeUndefined();
      for (const key of Object.keys(answer)) {
        expect(schema.safeParse({ ...answer, [key]: { not: 'so' } }).success).toBe(false);
      }
    }
  });

  it('tells of each parameter what it is, with an example, a type and a default', async () => {
    const { api } = await apiRig();
    const { paths } = await documentOf(api.url);
    const parameters = new Map(paths['/api/v1/history']?.get?.parameters?.map((each) => [each.name, each]));
    expect([...parameters.keys()]).toEqual(['stream', 'from', 'to', 'every', 'most']);
    expect(parameters.get('stream')?.required).toBe(true);
    expect(parameters.get('from')?.schema).toMatchObject({ type: 'string', format: 'date-time' });
    expect(parameters.get('most')?.schema).toMatchObject({
      type: 'integer',
      minimum: 1,
      maximum: 10_000,
      default: 1_000,
    });
    expect(parameters.get('every')?.example).toBe('5 min');
  });
});

describe('/api/docs', () => {
  it('is a page whose every script and style is this server’s own', async () => {
    const { api } = await apiRig();
    const page = await ask(api.url, '/api/docs');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(parts.length).toBeGreaterThan(4);
    for (const path of parts) {
      const part = await ask(api.url, path);
      expect(part.status).toBe(200);
      expect(part.headers['x-content-type-options']).toBe('nosniff');
    }
    const shown = await ask(api.url, '/api/docs/json');
    expect(shown.json()).toEqual((await ask(api.url, '/api/v1/openapi.json')).json());
  });

  it('answers below it in the one shape of a failure', async () => {
    const { api } = await apiRig();
    const answer = await ask(api.url, '/api/docs/static/none.js');
    expect(answer.status).toBe(404);
    expect(failure.parse(answer.json()).code).toBe('NOT_FOUND');
  });
});

function fromDocument(schema: object, schemas: Record<string, unknown>): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: schemas });
  return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
}
