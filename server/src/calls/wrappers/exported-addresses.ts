/**
 * Names under which a module has a provider's address for others: files that import one may send requests to it, though
 * neither their own text nor the packages that they import show it.
 */
import type { ModuleScope } from '../../evaluate/scopes/scope.ts';
import type { ClassNode, Expression } from '../../ir/nodes.ts';
import { isRequestAddress } from '../../sdks/endpoints.ts';
import { calledName } from './called-name.ts';
import type { WrapperName } from './wrapper-index.ts';

/** Addresses stand in tables of settings by model, and in what a variable is by default. */
const MAX_DEPTH = 4;
/** How many names of names are followed. */
const MAX_ROUNDS = 3;

/** The module's variables and classes of settings that hold such an address, themselves or by the name of another that does. */
export function exportedAddresses({ root, scopes }: ModuleScope): readonly WrapperName[] {
  const names = new Set<string>();
  const holds = (expression: Expression): boolean => holdsAddress(expression, names, 0);
  const classes = [...scopes.values()].flatMap(({ kind, node }) => (kind === 'class' ? [node as ClassNode] : []));
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = names.size;
    for (const { name, members } of classes.filter(isSettings)) {
      const isHolder = members.some(
        (member) => member.kind === 'field' && member.value !== null && holds(member.value),
      );
      if (isHolder && name !== null) names.add(name);
    }
    for (const [name, definitions] of root.definitions) {
      if (definitions.some(({ source }) => source.kind === 'value' && holds(source.expression))) names.add(name);
    }
    if (names.size === before) break;
  }
  return [...names].map((name) => ({ name, method: null, isObject: true }));
}

/** True for a class without behaviour. What uses the address of a class with methods calls these, and is found by them. */
function isSettings({ members }: ClassNode): boolean {
  return members.every((member) => member.kind === 'field' || member.isGetter || member.isStatic);
}

function holdsAddress(expression: Expression, names: ReadonlySet<string>, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  const some = (parts: readonly Expression[]): boolean => parts.some((part) => holdsAddress(part, names, depth + 1));
  switch (expression.kind) {
    case 'string':
      return isRequestAddress(expression.value);
    case 'name':
      return names.has(expression.name);
    case 'member':
      return some([expression.object]);
    case 'template':
      return some(expression.parts.flatMap((part) => (part.kind === 'text' ? [] : [part.expression])));
    case 'object':
      return some(expression.entries.map(({ value }) => value));
    case 'array':
      return some(expression.items.map((item) => (item.kind === 'spread' ? item.value : item)));
    case 'conditional':
      return some([expression.then, expression.otherwise]);
    case 'logical':
    case 'binary':
      return some([expression.left, expression.right]);
    case 'call':
      return names.has(calledName(expression.callee) ?? '') || some(expression.arguments.map(({ value }) => value));
    default:
      return false;
  }
}
