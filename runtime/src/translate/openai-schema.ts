/** Output schemas, whose members both formats of OpenAI name alike. */
import type { JsonObject } from '../support/json-body.ts';
import type { Fields } from './fields.ts';
import { present } from './format.ts';
import type { OutputFormat } from './neutral.ts';

type SchemaFormat = Extract<OutputFormat, { kind: 'schema' }>;

/** The name where a request of another format has none: here a schema must have one. */
const UNNAMED = 'answer';

export function readSchema(own: Fields): SchemaFormat {
  return {
    kind: 'schema',
    schema: own.required(own.object('schema'), 'schema'),
    name: own.text('name'),
    description: own.text('description'),
    isStrict: own.flag('strict') === true,
  };
}

export function writeSchema({ schema, name, description, isStrict }: SchemaFormat): JsonObject {
  return present({ name: name ?? UNNAMED, description, schema, strict: isStrict || null });
}
