/** Small steps of building a module's static structure: regions, definitions in order, whose receiver a name is. */
import type { FunctionNode, Span, Statement } from '../../ir/nodes.ts';
import type { Definition, Mutation, Region, Scope } from './scope.ts';

/** How methods begin that set an object up. */
const SETTING_UP = /^(?:add|configure|register|set|use|with)(?![a-z])/;

/** True for a mutation that calls a method by which objects of packages are set up (`kernel.add_service(service)`). */
export function isSettingUp({ value }: Mutation): boolean {
  return value?.kind === 'call' && value.callee.kind === 'member' && SETTING_UP.test(value.callee.property);
}

/** The function scope whose receiver is `name`, from inside `scope`; null if the name is something else. */
export function receiverScope(name: string, scope: Scope): Scope | null {
  for (let current: Scope | null = scope; current; current = current.parent) {
    if (current.kind === 'function' && (current.node as FunctionNode).receiver === name) return current;
    if (current.kind === 'class' && name === 'this') return current;
    if (current.definitions.has(name)) return null;
  }
  return null;
}

/** What binds a name in `scope`, or in the innermost scope around it that binds it; none if nothing in the module does. */
export function definitionsOf(name: string, scope: Scope): readonly Definition[] {
  for (let current: Scope | null = scope; current; current = current.parent) {
    const definitions = current.definitions.get(name);
    if (definitions) return definitions;
  }
  return [];
}

export function receiverOwner(scope: Scope): Scope | null {
  for (let current: Scope | null = scope; current; current = current.parent) {
    if (current.ownerClass) return current.ownerClass;
    if (current.kind === 'class') return current;
  }
  return null;
}

export function addDefinition(scope: Scope, name: string, definition: Definition): void {
  const list = scope.definitions.get(name);
  if (!list) {
    scope.definitions.set(name, [definition]);
    return;
  }
  // Kept in order of position: deferred assignments arrive late.
  let index = list.length;
  while (index > 0 && (list[index - 1] as Definition).position > definition.position) index--;
  list.splice(index, 0, definition);
}

export function newRegion(
  kind: Region['kind'],
  parent: Region | null,
  span: Span,
  branch: Region['branch'] = null,
  alternative = -1,
): Region {
  const region: Region = {
    kind,
    parent,
    children: [],
    branch,
    alternative,
    exits: false,
    start: span.start,
    end: span.end,
  };
  parent?.children.push(region);
  return region;
}

export function spanOf(statements: readonly Statement[], fallback: Span): Span {
  const first = statements[0];
  const last = statements[statements.length - 1];
  return first && last ? { start: first.start, end: last.end } : { start: fallback.start, end: fallback.start };
}
