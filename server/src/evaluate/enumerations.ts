/** The texts that a type allows, if it lists them: a union of literals, `Literal[...]`, an enumeration. */
import type { Expression } from '../ir/nodes.ts';
import { isTextType } from './annotations.ts';
import type { Evaluator } from './evaluator.ts';
import type { Frame } from './frame.ts';
import { alternativesOf, literalText, oneOf } from './lattice.ts';
import type { ClassValue, Value } from './values.ts';

/** Types within types. */
const MAX_DEPTH = 6;
const UNIONS = new Set(['Optional', 'Union', 'Literal', 'Annotated', 'Required', 'Readonly', 'NonNullable']);

/** Null if the type allows anything else. */
export function enumeratedBy(evaluator: Evaluator, annotation: Expression, frame: Frame): Value | null {
  const texts = textsOf(evaluator, annotation, frame, 0);
  return texts === null || texts.length === 0 ? null : oneOf(texts);
}

function textsOf(evaluator: Evaluator, type: Expression, frame: Frame, depth: number): readonly Value[] | null {
  if (depth > MAX_DEPTH) return null;
  const all = (types: readonly Expression[]): readonly Value[] | null => {
    const found = types.map((one) => textsOf(evaluator, one, frame, depth + 1));
    return found.includes(null) ? null : found.flatMap((texts) => texts ?? []);
  };
  switch (type.kind) {
    case 'string':
      return [evaluator.evaluate(type, frame)];
    case 'null':
      return [];
    case 'binary':
      return type.operator === '|' ? all([type.left, type.right]) : null;
    case 'index': {
      const name =
        type.object.kind === 'name' ? type.object.name : type.object.kind === 'member' ? type.object.property : '';
      if (!UNIONS.has(name)) return null;
      const { index } = type;
      return all(
        index.kind === 'array' ? index.items.flatMap((item) => (item.kind === 'spread' ? [] : [item])) : [index],
      );
    }
    case 'name':
    case 'member':
      return type.kind === 'name' && type.name === 'undefined'
        ? []
        : isTextType(type)
          ? null
          : textsIn(evaluator, evaluator.evaluate(type, frame));
    default:
      return null;
  }
}

/** The meaning of a type's name: an alias of a union, or an enumeration. */
function textsIn(evaluator: Evaluator, value: Value): readonly Value[] | null {
  const values =
    value.kind === 'object' ? [...value.entries.values()].map((entry) => entry.value) : alternativesOf(value);
  if (value.kind === 'class') return membersOf(evaluator, value);
  return values.length > 0 && values.every((one) => literalText(one) !== null) ? values : null;
}

/** The members of a Python enumeration. */
function membersOf(evaluator: Evaluator, { node, frame }: ClassValue): readonly Value[] | null {
  const isEnumeration = node.bases.some((base) => {
    const name = base.kind === 'name' ? base.name : base.kind === 'member' ? base.property : '';
    return name === 'Enum' || name === 'StrEnum';
  });
  const scope = isEnumeration ? frame.scope.module.scopes.get(node) : undefined;
  if (scope === undefined) return null;
  const values = node.members.flatMap((member) =>
    member.kind === 'field' && member.value ? [evaluator.evaluate(member.value, evaluator.frameOf(scope))] : [],
  );
  return values.length > 0 && values.every((one) => literalText(one) !== null) ? values : null;
}
