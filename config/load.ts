import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isMap, isNode, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ShelterError } from './errors.js';
import type { FeedsConfig } from './feeds.js';
import { type JsonSchema, schemaAt, siteJsonSchema } from './json-schema.js';
import { type SensorModel, type Site, siteShape, type UplinkConfig } from './site.js';
import { checkWiring, didYouMean } from './wiring.js';

/** One thing that is wrong with a site file. Line and column count from 1. */
export interface SiteIssue {
  file: string;
  line: number;
  column: number;
  /** The key, as `sensors[0].interval`; empty for the whole file. */
  key: string;
  /** What is wrong, what was expected, and an example. */
  message: string;
}

/** A site file that describes no shelter. `message` has one line per issue. */
export class SiteError extends ShelterError {
  override readonly name = 'SiteError';
  readonly issues: readonly SiteIssue[];

  constructor(issues: readonly SiteIssue[]) {
    super('SITE_INVALID', issues.map(writeIssue).join('\n'));
    this.issues = issues;
  }
}

/**
 * Reads a site file; its relative paths then start at its folder. Throws a SiteError with every issue in it, or
 * SITE_UNREADABLE.
 */
export async function loadSite(file: string, models: readonly SensorModel[]): Promise<Site> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new ShelterError('SITE_UNREADABLE', `${file}: ${reason}`, { cause });
  });
  return fromFolder(parseSite(text, { file, models }), dirname(resolve(file)));
}

function fromFolder(site: Site, folder: string): Site {
  const file = (path: string) => resolve(folder, path);
  return {
    ...site,
    store: { ...site.store, file: file(site.store.file) },
    ...(site.uplink && { uplink: withPaths(site.uplink, file) }),
    ...(site.feeds && { feeds: withFeedPaths(site.feeds, file) }),
  };
}

function withPaths(uplink: UplinkConfig, file: (path: string) => string): UplinkConfig {
  const { passwordFile, caFile, certificateFile, keyFile } = uplink;
  return {
    ...uplink,
    ...(passwordFile !== undefined && { passwordFile: file(passwordFile) }),
    ...(caFile !== undefined && { caFile: file(caFile) }),
    ...(certificateFile !== undefined && { certificateFile: file(certificateFile) }),
    ...(keyFile !== undefined && { keyFile: file(keyFile) }),
  };
}

function withFeedPaths(feeds: FeedsConfig, file: (path: string) => string): FeedsConfig {
  const { timetable, gtfsRealtime, tago, seoul, airkorea } = feeds;
  return {
    ...feeds,
    ...(timetable && { timetable: { ...timetable, path: file(timetable.path) } }),
    ...(gtfsRealtime?.keyFile !== undefined && {
      gtfsRealtime: { ...gtfsRealtime, keyFile: file(gtfsRealtime.keyFile) },
    }),
    ...(tago && { tago: { ...tago, keyFile: file(tago.keyFile) } }),
    ...(seoul && { seoul: { ...seoul, keyFile: file(seoul.keyFile) } }),
    ...(airkorea && { airkorea: { ...airkorea, keyFile: file(airkorea.keyFile) } }),
  };
}

/** Parses the YAML text of a site. Throws a SiteError with every issue in it. */
export function parseSite(
  text: string,
  { file = 'site.yaml', models }: { file?: string; models: readonly SensorModel[] },
): Site {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0) {
    throw new SiteError(
      document.errors.map((error) => ({
        ...at(error.pos[0]),
        key: '',
        message: `not YAML: ${error.message}`,
      })),
    );
  }

  const content = plainContent(document, at);
  const place = (path: readonly PropertyKey[]) => at(offsetOf(document.contents, path));
  const shaped = siteShape.safeParse(content);
  if (!shaped.success) {
    const schema = siteJsonSchema(models);
    throw new SiteError(
      shaped.error.issues
        .flatMap((issue) => explain(issue, schema))
        .map(({ path, message }) => ({
          ...place(path),
          key: writePath(path),
          message,
        })),
    );
  }

  const { site, issues } = checkWiring(shaped.data, models);
  if (issues.length > 0) {
    throw new SiteError(
      issues.map(({ path, message }) => ({ ...place(path), key: writePath(path), message })),
    );
  }
  return site;
}

function plainContent(
  document: ReturnType<typeof parseDocument>,
  at: (offset: number) => Pick<SiteIssue, 'file' | 'line' | 'column'>,
): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (cause) {
    const message = `not YAML that can be used: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new SiteError([{ ...at(0), key: '', message }]);
  }
}

interface Explained {
  path: readonly PropertyKey[];
  message: string;
}

function explain(issue: z.core.$ZodIssue, schema: JsonSchema): Explained[] {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(schemaAt(schema, issue.path)?.properties ?? {});
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `unknown key${didYouMean(key, known)}`,
    }));
  }
  if (issue.code === 'invalid_key') {
    const reason = issue.issues.map(({ message }) => message).join(', ');
    return [{ path: issue.path, message: `this name does not do: expected ${reason}` }];
  }
  const target = schemaAt(schema, issue.path);
  const missing =
    issue.code === 'invalid_type' && issue.input === undefined && issue.message.includes('undefined');
  const message = missing ? `is missing; expected ${kindOf(target)}` : expectation(issue, target);
  return [{ path: issue.path, message: message + example(issue.path, target) }];
}

/** What was expected, in words. */
function expectation(issue: z.core.$ZodIssue, target: JsonSchema | undefined): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${target ? kindOf(target) : article(issue.expected)}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `expected ${sized(issue.origin, 'at least', issue.minimum)}`;
    case 'too_big':
      return `expected ${sized(issue.origin, 'at most', issue.maximum)}`;
    default:
      return `expected ${issue.message}`;
  }
}

function sized(origin: string, bound: string, limit: number | bigint): string {
  if (origin === 'string') return `${bound} ${limit} character${limit === 1 ? '' : 's'}`;
  if (origin === 'array' || origin === 'record') return `${bound} ${limit} entr${limit === 1 ? 'y' : 'ies'}`;
  return `a number of ${bound} ${limit}`;
}

function kindOf(schema: JsonSchema | undefined): string {
  if (schema?.enum) return `one of ${schema.enum.join(', ')}`;
  const kind = schema?.title ?? schema?.type;
  return typeof kind === 'string' ? article(kind) : 'a value';
}

function article(kind: string): string {
  const names: Record<string, string> = {
    duration: 'a duration with its unit',
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    integer: 'a whole number',
    boolean: 'true or false',
    object: 'a group of keys',
    record: 'a group of keys',
    array: 'a list',
  };
  return names[kind] ?? kind;
}

function example(path: readonly PropertyKey[], schema: JsonSchema | undefined): string {
  const value = schema?.examples?.[0] ?? schema?.default;
  if (value === undefined) return '';
  const key = path.findLast((part) => typeof part === 'string');
  return `, as in \`${key ? `${String(key)}: ` : ''}${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

/** Where the thing at a path starts: its key in a group, itself in a list; the innermost that exists. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  let node = root;
  let offset = root?.range?.[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isNode(item.key) && String(item.key) === String(key));
      if (!pair) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = isNode(pair.value) ? pair.value : null;
    } else if (isSeq(node)) {
      const item = node.items[Number(key)];
      if (!isNode(item)) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else {
      return offset;
    }
  }
  return offset;
}

/** `sensors[0].options.mode` */
function writePath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    '',
  );
}

function writeIssue({ file, line, column, key, message }: SiteIssue): string {
  return `${file}:${line}:${column}: ${key ? `${key}: ` : ''}${message}`;
}
