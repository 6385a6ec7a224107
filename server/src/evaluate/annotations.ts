/** What a type annotation says about a value: an object of a class of the project or of a package, or nothing. */
import type { Expression } from '../ir/nodes.ts';
import type { Evaluator } from './evaluator.ts';
import type { Frame } from './frame.ts';
import { GLOBAL, oneOf, withStep } from './lattice.ts';
import type { ExternalValue, Value } from './values.ts';

/** Generic types whose object is one of their argument. */
const WRAPPERS = new Set([
  'Optional',
  'Promise',
  'Awaited',
  'Annotated',
  'Union',
  'Required',
  'Readonly',
  'NonNullable',
  'Final',
  'ClassVar',
  'InstanceType',
  'Partial',
  'Pick',
  'Omit',
]);
/** Packages of plain types, which are not objects of an SDK. */
const PLAIN_MODULES = new Set([
  GLOBAL,
  'typing',
  'typing_extensions',
  'collections',
  'collections.abc',
  'functools',
  'abc',
  'enum',
  'react',
]);
const TEXT_TYPES = new Set(['string', 'str']);
const UNIONS = new Set(['Optional', 'Union']);
/** Generic arguments that are looked into. */
const MAX_DEPTH = 4;

export function annotatedValue(evaluator: Evaluator, annotation: Expression, frame: Frame, depth = 0): Value | null {
  if (depth > MAX_DEPTH) return null;
  switch (annotation.kind) {
    case 'name':
      return TEXT_TYPES.has(annotation.name) ? null : instanceOf(evaluator.evaluate(annotation, frame));
    case 'member':
      return instanceOf(evaluator.evaluate(annotation, frame));
    case 'class':
      return { kind: 'instance', class: { kind: 'class', node: annotation, frame }, args: null };
    case 'binary': {
      if (annotation.operator !== '|' && annotation.operator !== '&') return null;
      const sides = [annotation.left, annotation.right];
      return eitherOf(sides.map((side) => annotatedValue(evaluator, side, frame, depth + 1)));
    }
    case 'index': {
      const name =
        annotation.object.kind === 'name'
          ? annotation.object.name
          : annotation.object.kind === 'member'
            ? annotation.object.property
            : '';
      if (!WRAPPERS.has(name))
        return name === '' ? null : annotatedValue(evaluator, annotation.object, frame, depth + 1);
      const { index } = annotation;
      const candidates = index.kind === 'array' ? index.items : [index];
      const values = candidates.map((candidate) =>
        candidate.kind === 'spread' ? null : annotatedValue(evaluator, candidate, frame, depth + 1),
      );
      return name === 'Union' ? eitherOf(values) : (values.find((value) => value !== null) ?? null);
    }
    default:
      return null;
  }
}

/** True of a type that allows text, or nothing: `string`, `str`, `Optional[str]`, `string | null`. */
export function isTextType(type: Expression): boolean {
  return allowsText(type, 0) === true;
}

/** Null for a type that allows nothing (`null`, `undefined`), false for one that allows anything but text. */
function allowsText(type: Expression, depth: number): boolean | null {
  const each = (types: readonly Expression[]): boolean | null => {
    let result: boolean | null = null;
    for (const one of types) {
      const isText = allowsText(one, depth + 1);
      if (isText === false) return false;
      result ??= isText;
    }
    return result;
  };
  if (depth > MAX_DEPTH) return false;
  switch (type.kind) {
    case 'null':
      return null;
    case 'name':
      return TEXT_TYPES.has(type.name) || (type.name === 'undefined' ? null : false);
    case 'binary':
      return type.operator === '|' && each([type.left, type.right]);
    case 'index': {
      const { object, index } = type;
      if (object.kind !== 'name' || !UNIONS.has(object.name)) return false;
      return each(index.kind === 'array' ? index.items.filter((item) => item.kind !== 'spread') : [index]);
    }
    default:
      return false;
  }
}

/** The value, known to be text where nothing but its declared type tells. */
export function asDeclaredText(value: Value, type: Expression | null): Value {
  return value.kind === 'unknown' && !value.isText && type !== null && isTextType(type)
    ? { ...value, isText: true }
    : value;
}

/**
 * The object that a declaration promises where a package made the value, from a container of services or a registry: an
 * object of a class of the project that has methods. Null where the value itself says more.
 */
export function promisedObject(
  evaluator: Evaluator,
  value: Value,
  annotation: Expression | null | undefined,
  frame: Frame,
): Value | null {
  if (!annotation || value.kind !== 'external' || !isResultOfFunction(value)) return null;
  const promised = annotatedValue(evaluator, annotation, frame);
  const hasMethods = promised?.kind === 'instance' && promised.class.node.members.some(({ kind }) => kind === 'method');
  return hasMethods ? promised : null;
}

/** False for `new Client()` and `Client()`. */
function isResultOfFunction({ steps }: ExternalValue): boolean {
  const [before, last] = [steps.at(-2), steps.at(-1)];
  return last?.kind === 'call' && !last.isNew && before?.kind === 'member' && /^[a-z_]/.test(before.name);
}

/** The objects that a union of types may be; its plain types say nothing of an object. */
function eitherOf(values: readonly (Value | null)[]): Value | null {
  const objects = values.filter((value) => value !== null);
  return objects.length === 0 ? null : oneOf(objects);
}

function instanceOf(type: Value): Value | null {
  if (type.kind === 'class') return { kind: 'instance', class: type, args: null };
  if (type.kind === 'external') {
    if (PLAIN_MODULES.has(type.module)) return null;
    return withStep(type, { kind: 'call', args: null, isNew: true });
  }
  // `typeof client` and a type that is an alias of another's object.
  return type.kind === 'instance' ? type : null;
}
