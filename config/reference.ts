import { errorCodes } from './errors.js';
import { type JsonSchema, siteJsonSchema, toJsonSchema } from './json-schema.js';
import { table } from './markdown.js';
import type { SensorModel } from './site.js';

/** The reference page of the site file, as Markdown. */
export function writeSiteReference(models: readonly SensorModel[]): string {
  const schema = siteJsonSchema(models);
  return [
    '# The site file',
    'Made by `npm run generate` from `config/site.ts` and the drivers. A key that is not here is an error.',
    '## Keys',
    table(['Key', 'What', 'Value', 'Default'], rows(schema, '')),
    '## Models',
    ...models.map(writeModel),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The reference page of the error codes, as Markdown. */
export function writeErrorReference(): string {
  const codes = Object.entries(errorCodes).map(([code, { meaning, retry, hint }]) => [
    `\`${code}\``,
    meaning,
    retry ? 'yes' : 'no',
    hint,
  ]);
  return [
    '# Error codes',
    'Made by `npm run generate` from `config/errors.ts`.',
    table(['Code', 'Meaning', 'Tried again by itself', 'What to do'], codes),
  ]
    .join('\n\n')
    .concat('\n');
}

function writeModel({ model, title, port, sampled, options }: SensorModel): string {
  const facts = [
    `Port: a name under \`${port === 'serial' ? 'serial' : 'gpio.lines'}\`.`,
    sampled &&
      `Interval: ${sampled.interval.default / 1_000} s, at least ${sampled.interval.least / 1_000} s.`,
    sampled && `Channels: ${sampled.channels.join(', ')}.`,
  ].filter(Boolean);
  const optionRows = rows(toJsonSchema(options), '');
  const optionTable =
    optionRows.length > 0 ? [table(['Option', 'What', 'Value', 'Default'], optionRows)] : [];
  return [`### ${model}`, title, facts.join(' '), ...optionTable].join('\n\n');
}

function rows(schema: JsonSchema, prefix: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const name = `${prefix}${key}`;
    const required = schema.required?.includes(key) ? 'required' : '';
    const own = [`\`${name}\``, value.description ?? '', kind(value), defaultOf(value) || required];
    return [own, ...nested(value, name)];
  });
}

function nested(schema: JsonSchema, name: string): string[][] {
  if (schema.items?.properties) return rows(schema.items, `${name}[].`);
  if (typeof schema.additionalProperties === 'object')
    return rows(schema.additionalProperties, `${name}.NAME.`);
  return rows(schema, `${name}.`);
}

function kind(schema: JsonSchema): string {
  const example = schema.examples?.[0];
  const shown =
    example === undefined
      ? ''
      : `, as \`${typeof example === 'string' ? example : JSON.stringify(example)}\``;
  if (schema.enum) return `one of ${schema.enum.map((value) => `\`${value}\``).join(', ')}`;
  if (
    schema.minimum !== undefined &&
    schema.maximum !== undefined &&
    Math.abs(schema.minimum) < 2 ** 53 - 1
  ) {
    return `${schema.type}, ${schema.minimum} to ${schema.maximum}${shown}`;
  }
  return `${schema.title ?? schema.type ?? 'any'}${shown}`;
}

function defaultOf({ default: value }: JsonSchema): string {
  if (value === undefined || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)) return '';
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
