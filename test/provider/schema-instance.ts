/** A small value that a JSON schema accepts: what the fake model answers where a schema is asked for. */
import { at, isObject, type JsonObject, listAt, numberAt, stringAt } from './json.ts';

/** Recursive schemas end here: an optional branch is never entered, so that only a schema without any end gets so far. */
const DEEPEST = 32;

/**
 * `instanceOf({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] })` is `{ city: 'text' }`.
 * It knows what structured output allows: types, `enum`, `const`, `anyOf`, `allOf`, `$ref` inside the document, and the
 * common bounds. A `pattern` is not solved.
 */
export function instanceOf(schema: unknown, root: unknown = schema, depth = 0): unknown {
  if (!isObject(schema) || depth > DEEPEST) return null;
  if ('const' in schema) return schema.const;
  const options = listAt(schema, 'enum');
  if (options.length > 0) return options[0];
  const reference = stringAt(schema, '$ref');
  if (reference !== null) return instanceOf(resolve(root, reference), root, depth + 1);
  const either = [...listAt(schema, 'anyOf'), ...listAt(schema, 'oneOf')];
  if (either.length > 0)
    return instanceOf(
      either.find((branch) => at(branch, 'type') !== 'null'),
      root,
      depth + 1,
    );
  const all = listAt(schema, 'allOf');
  if (all.length > 0) return instanceOf(Object.assign({}, ...all), root, depth + 1);
  return ofType(schema, root, depth);
}

function resolve(root: unknown, reference: string): unknown {
  if (reference === '#') return root;
  return at(root, ...reference.replace(/^#\//, '').split('/'));
}

function ofType(schema: JsonObject, root: unknown, depth: number): unknown {
  const declared = Array.isArray(schema.type) ? schema.type.find((type) => type !== 'null') : schema.type;
  const type = typeof declared === 'string' ? declared.toLowerCase() : 'properties' in schema ? 'object' : 'string';
  switch (type) {
    case 'object': {
      const properties = isObject(schema.properties) ? schema.properties : {};
      const names = listAt(schema, 'required').filter((name) => typeof name === 'string');
      return Object.fromEntries(names.map((name) => [name, instanceOf(properties[name], root, depth + 1)]));
    }
    case 'array':
      return Array.from({ length: numberAt(schema, 'minItems') ?? 0 }, () => instanceOf(schema.items, root, depth + 1));
    case 'integer':
    case 'number': {
      const above = numberAt(schema, 'exclusiveMinimum');
      if (above !== null) return above + 1;
      return numberAt(schema, 'minimum') ?? Math.min(1, numberAt(schema, 'maximum') ?? 1);
    }
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return (FORMATS[stringAt(schema, 'format') ?? ''] ?? 'text').padEnd(numberAt(schema, 'minLength') ?? 0, '.');
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-02T03:04:05Z',
  date: '2026-01-02',
  time: '03:04:05Z',
  email: 'someone@example.com',
  uri: 'https://example.com/',
  uuid: '3f2b8a5e-1c4d-4e6f-8a9b-0c1d2e3f4a5b',
};
