import { z } from 'zod';
import { type SensorModel, siteShape } from './site.js';

/** The part of JSON Schema (draft 2020-12) that the schema of a site uses. */
export interface JsonSchema {
  $schema?: string;
  $id?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  default?: unknown;
  examples?: unknown[];
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  if?: JsonSchema;
  then?: JsonSchema;
}

/** The JSON Schema of a site file, as editors want it: with each model's own options. */
export function siteJsonSchema(models: readonly SensorModel[]): JsonSchema {
  const schema = toJsonSchema(siteShape);
  describeModels(
    schema.properties?.sensors?.items,
    models.filter((model) => !model.output),
  );
  describeModels(
    schema.properties?.outputs?.items,
    models.filter((model) => model.output),
  );
  return { ...schema, title: 'A U-shelter site' };
}

/** The JSON Schema of what may be written in a file; defaults and examples included. */
export function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', override: keepWrittenForm }) as JsonSchema;
}

/** zod leaves out examples and defaults of what it transforms; ours are what a file has, before that. */
function keepWrittenForm({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: object;
}): void {
  const { examples } = z.globalRegistry.get(zodSchema) ?? {};
  if (examples) Object.assign(jsonSchema, { examples });
  const { def } = zodSchema._zod;
  if (def.type === 'prefault') Object.assign(jsonSchema, { default: def.defaultValue });
}

/** The schema of the value at a path, as far as the schema knows it. */
export function schemaAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>((at, key) => {
    if (typeof key === 'number') return at?.items;
    const named = at?.properties?.[String(key)];
    return named ?? (typeof at?.additionalProperties === 'object' ? at.additionalProperties : undefined);
  }, schema);
}

function describeModels(item: JsonSchema | undefined, models: readonly SensorModel[]): void {
  if (!item?.properties?.driver) return;
  item.properties.driver.enum = models.map((model) => model.model);
  item.allOf = models.map(({ model, title, options }) => ({
    if: { properties: { driver: { const: model } } },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
    then: {
      properties: { options: { ...toJsonSchema(options), description: `What ${title} lets you choose.` } },
    },
  }));
}
