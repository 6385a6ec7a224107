/** The functions that run when the module itself is run: what its top level calls, and what those call in turn. */
import type { CallRecord, ModuleScope, Scope } from '../../evaluate/scopes/scope.ts';
import { calleeName } from '../repetition.ts';

const known = new WeakMap<ModuleScope, ReadonlySet<string>>();

/** True where running the module reaches the call: a script's own work, rather than what others call it for. */
export function isRunByModule(record: CallRecord): boolean {
  const name = functionName(record.scope);
  return name === null || reached(record.scope.module).has(name);
}

/** Names of functions, without their objects: a name means every function with that name. */
function reached(module: ModuleScope): ReadonlySet<string> {
  const before = known.get(module);
  if (before) return before;
  const callees = new Map<string | null, Set<string>>();
  for (const { node, scope } of module.calls) {
    const caller = functionName(scope);
    const names = callees.get(caller) ?? new Set();
    names.add(calleeName(node.callee));
    callees.set(caller, names);
  }
  const names = new Set<string>();
  const pending = [...(callees.get(null) ?? [])];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (names.has(name)) continue;
    names.add(name);
    pending.push(...(callees.get(name) ?? []));
  }
  known.set(module, names);
  return names;
}

/** The nearest named function around a scope; null at module level. */
function functionName(scope: Scope): string | null {
  for (let current: Scope | null = scope; current; current = current.parent) {
    if (current.kind === 'function' && current.name !== null) return current.name;
  }
  return null;
}
