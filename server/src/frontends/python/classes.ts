/** Classes. A class's body is lowered as statements and then read as members. */
import type {
  ClassMember,
  ClassNode,
  Declare,
  Expression,
  Field,
  Method,
  Statement,
  StringLiteral,
} from '../../ir/nodes.ts';
import { lowerArguments } from './arguments.ts';
import { hasDecorator } from './functions.ts';
import { boundNames } from './patterns.ts';
import { childOfKind, newScope, type Source, spanOf, textOf } from './source.ts';
import { lowerBody } from './statements.ts';

export function lowerClass(source: Source, node: number, decorators: readonly Expression[]): ClassNode {
  const nameNode = childOfKind(source, node, 'VariableName');
  const list = childOfKind(source, node, 'ArgList');
  const bodyNode = childOfKind(source, node, 'Body');
  const args = list === undefined ? [] : lowerArguments(source, list);
  const outer = source.scope;
  source.scope = newScope('class');
  const body = bodyNode === undefined ? [] : lowerBody(source, bodyNode);
  source.scope = outer;
  return {
    kind: 'class',
    ...spanOf(source, node),
    name: nameNode === undefined ? null : textOf(source, nameNode),
    bases: args.filter((argument) => argument.kind === 'positional').map((argument) => argument.value),
    interfaces: [],
    // `metaclass=make()` is evaluated with the class, but is not a base.
    members: [
      ...args.filter((argument) => argument.kind !== 'positional').flatMap((argument) => evaluated(argument.value)),
      ...body.flatMap(membersOf),
    ],
    decorators,
    docstring: docstringOf(body),
  };
}

function docstringOf([first]: readonly Statement[]): StringLiteral | null {
  return first?.kind === 'expression' && first.expression.kind === 'string' ? first.expression : null;
}

/**
 * The members that a statement in a class's body adds. Control flow is ignored, because any alternative may have run.
 */
function membersOf(statement: Statement): ClassMember[] {
  switch (statement.kind) {
    case 'declare':
      return declared(statement);
    case 'branch':
      return [...statement.tests.flatMap(evaluated), ...statement.alternatives.flat().flatMap(membersOf)];
    case 'loop':
      return [
        ...[statement.iterable, statement.test].flatMap((expression) =>
          expression === null ? [] : evaluated(expression),
        ),
        ...statement.body.flatMap(membersOf),
      ];
    case 'with':
      return [...statement.items.flatMap((item) => evaluated(item.value)), ...statement.body.flatMap(membersOf)];
    case 'block':
      return statement.body.flatMap(membersOf);
    case 'expression':
      return evaluated(statement.expression);
    case 'return':
      return statement.value === null ? [] : evaluated(statement.value);
    default:
      return [];
  }
}

function declared(statement: Declare): ClassMember[] {
  const { target, value, annotation, start, end } = statement;
  if (target.kind === 'name' && value?.kind === 'function' && statement.isConstant) {
    const method: Method = {
      kind: 'method',
      start,
      end,
      name: target.name === '__init__' ? 'constructor' : target.name,
      function: value,
      isGetter: hasDecorator(value.decorators, 'property', 'cached_property', 'abstractproperty'),
      isStatic: value.receiver === null || value.receiverIsClass,
    };
    return [method];
  }
  if (target.kind === 'name' && statement.operator === '=') {
    return [{ kind: 'field', start, end, name: target.name, value, annotation, isStatic: value !== null }];
  }
  const names = boundNames(target).map(
    (name): Field => ({ kind: 'field', start, end, name, value: null, annotation: null, isStatic: true }),
  );
  const place = target.kind === 'member' || target.kind === 'index' ? evaluated(target) : [];
  return [...(value === null ? [] : evaluated(value)), ...place, ...names];
}

/** An expression that runs with the class's body becomes a field without a name; a text does nothing. */
function evaluated(expression: Expression): Field[] {
  if (expression.kind === 'string' || expression.kind === 'name') return [];
  if (expression.kind === 'opaque' && expression.children.length === 0) return [];
  const { start, end } = expression;
  return [{ kind: 'field', start, end, name: '', value: expression, annotation: null, isStatic: true }];
}
