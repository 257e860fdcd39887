import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

/** What a build of the page consists of. */
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** No segment starts with a dot, so none leads out of the folder or to a hidden file. */
const innerPath = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

/** Vite names a built file after what is in it, so its content never changes. */
const namedByContent = /^assets\/.+-[\w-]{8,}\.\w+$/;

/**
 * Serves the built page at `/`, or says how to build it where the folder holds none. It is a handful of small files,
 * for which @fastify/static would take 5 MB of memory.
 */
export function servePage(app: FastifyInstance, folder: string | undefined): void {
  app.get<{ Params: { '*': string } }>('/*', async (request, reply) => {
    const path = request.params['*'] || 'index.html';
    const content = await read(folder, path);
    if (!content) {
      if (path !== 'index.html') return reply.callNotFound();
      return reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send('The page is not built: run `npm run build`, then reload.\n');
    }

    const etag = `"${createHash('sha256').update(content).digest('base64url')}"`;
    reply.headers({
      etag,
      'cache-control': namedByContent.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type(types[extname(path)] ?? 'application/octet-stream').send(content);
  });
}

/** The content of a file of the page, or undefined where there is no such file. */
async function read(folder: string | undefined, path: string): Promise<Buffer | undefined> {
  if (folder === undefined || !innerPath.test(path)) return undefined;
  try {
    return await readFile(join(folder, path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG')
      return undefined;
    throw error;
  }
}
