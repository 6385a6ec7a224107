/** The closed set of answers that a schema allows, in any of the ways in which SDKs take schemas. */
import { literalText } from '../../evaluate/lattice.ts';
import type { Value } from '../../evaluate/values.ts';
import type { ClassNode, Expression } from '../../ir/nodes.ts';
import type { Registry } from '../../sdks/registry.ts';
import { type KnownHelpers, schemaHelpersOf } from '../../sdks/schema-helpers.ts';
import { roleOf } from '../request.ts';
import { codeFact } from './fact.ts';

/** Null if the answer is not limited to a few values, or if there is no schema. */
export const answerLabels = codeFact('answerLabels', ({ sdkCall, registry }): readonly string[] | null => {
  const schema = roleOf(sdkCall, 'schema');
  return schema === null ? null : labelsOfSchema(schema.value, registry);
});

/** The same of a schema by itself. */
export function labelsOfSchema(schema: Value, registry: Registry): readonly string[] | null {
  return labelsOf(schema, schemaHelpersOf(registry), 0);
}

/** Classes of Python's libraries whose subclasses are records with declared fields. */
const RECORDS: ReadonlySet<string> = new Set(['BaseModel', 'TypedDict']);
/** Schemas within schemas: a wrapper or two around the one that counts. */
const MAX_SCHEMA_DEPTH = 6;

/** The closed set of answers that a schema allows for its only field: an enumeration or a boolean. */
function labelsOf(value: Value, helpers: KnownHelpers, depth: number): readonly string[] | null {
  if (depth > MAX_SCHEMA_DEPTH) return null;
  if (value.kind === 'array') {
    const texts = value.items.map(literalText);
    return value.open.length === 0 && texts.length > 0 && texts.every((text) => text !== null) ? texts : null;
  }
  if (value.kind === 'object') return labelsOfJsonSchema(value, helpers, depth);
  if (value.kind === 'class') return labelsOfClass(value.node, helpers);
  if (value.kind !== 'external') return null;
  const call = value.steps.at(-1);
  const member = value.steps.at(-2);
  if (call?.kind !== 'call' || !call.args || member?.kind !== 'member') return null;
  const [first] = call.args.positional;
  if (helpers.isWrapper(member.name)) return first ? labelsOf(first, helpers, depth + 1) : null;
  if (helpers.isChoice(member.name)) {
    const options = first?.kind === 'object' ? first.entries.get('options') : undefined;
    return options ? labelsOf(options.value, helpers, depth + 1) : null;
  }
  switch (member.name) {
    case 'enum':
    case 'literal':
      return first
        ? labelsOf(
            first.kind === 'text' ? { kind: 'array', items: [first], open: [], origin: null } : first,
            helpers,
            depth + 1,
          )
        : null;
    case 'boolean':
      return ['true', 'false'];
    case 'object': {
      // An object with one field is as closed as that field.
      if (first?.kind !== 'object' || first.entries.size !== 1 || first.open.length > 0) return null;
      const [entry] = first.entries.values();
      return entry ? labelsOf(entry.value, helpers, depth + 1) : null;
    }
    case 'describe':
    case 'strict':
    case 'optional':
      return labelsOf({ ...value, steps: value.steps.slice(0, -2) }, helpers, depth + 1);
    default:
      return null;
  }
}

function labelsOfJsonSchema(
  schema: Extract<Value, { kind: 'object' }>,
  helpers: KnownHelpers,
  depth: number,
): readonly string[] | null {
  const at = (key: string) => schema.entries.get(key)?.value;
  const enumeration = at('enum');
  if (enumeration) return labelsOf(enumeration, helpers, depth + 1);
  if (literalText(at('type')) === 'boolean') return ['true', 'false'];
  const properties = at('properties');
  if (properties?.kind === 'object') {
    if (properties.entries.size !== 1 || properties.open.length > 0) return null;
    const [only] = properties.entries.values();
    return only ? labelsOf(only.value, helpers, depth + 1) : null;
  }
  const inner = at('json_schema') ?? at('schema') ?? at('format') ?? at('jsonSchema');
  return inner ? labelsOf(inner, helpers, depth + 1) : null;
}

/** Python: an enumeration of texts, or a model whose only field is a `bool` or a `Literal`. */
function labelsOfClass(node: ClassNode, helpers: KnownHelpers): readonly string[] | null {
  const bases = node.bases.map(lastName);
  const fields = node.members.flatMap((member) => (member.kind === 'field' ? [member] : []));
  if (bases.some((base) => base === 'Enum' || base === 'StrEnum')) {
    const texts = fields.map(({ value }) => (value?.kind === 'string' ? value.value : null));
    return texts.length > 0 && texts.every((text) => text !== null) ? texts : null;
  }
  // Any other base may add its own fields.
  const [field] = fields;
  const [base = ''] = bases;
  if (bases.length !== 1 || !(RECORDS.has(base) || helpers.isBase(base))) return null;
  if (fields.length !== 1 || !field?.annotation) return null;
  return labelsOfAnnotation(field.annotation);
}

function labelsOfAnnotation(annotation: Expression): readonly string[] | null {
  if (annotation.kind === 'name') return annotation.name === 'bool' ? ['true', 'false'] : null;
  if (annotation.kind !== 'index' || lastName(annotation.object) !== 'Literal') return null;
  const items = annotation.index.kind === 'array' ? annotation.index.items : [annotation.index];
  const texts = items.map((item) => (item.kind === 'string' ? item.value : null));
  return texts.length > 0 && texts.every((text) => text !== null) ? texts : null;
}

function lastName(expression: Expression): string {
  if (expression.kind === 'member') return expression.property;
  return expression.kind === 'name' ? expression.name : '';
}
