/**
 * Functions that are chosen from a table: `SENDERS[provider](prompt)`, `MODELS[name]["send"](prompt)`,
 * `SENDERS.get(provider)`. Callers name the table, and none of its functions.
 */
import type { Value } from '../../evaluate/values.ts';
import type { Expression, FunctionNode } from '../../ir/nodes.ts';

/** A table of settings by model holds its functions one level down. */
const MAX_DEPTH = 2;

/**
 * The functions in a table by name and by node. An object whose members have their functions' own names is not a table:
 * its members are called by these names.
 */
export function functionsInTable(table: Expression, depth = 0): readonly (string | FunctionNode)[] {
  if (table.kind !== 'object' || depth >= MAX_DEPTH) return [];
  return table.entries.flatMap((entry): readonly (string | FunctionNode)[] => {
    if (entry.kind === 'spread' || entry.isShorthand) return [];
    const { key, value } = entry;
    switch (value.kind) {
      case 'name':
        return value.name === key ? [] : [value.name];
      case 'member':
        return value.property === key ? [] : [value.property];
      case 'function':
        return typeof key === 'string' ? [value] : [];
      default:
        return functionsInTable(value, depth + 1);
    }
  });
}

/** The table that an expression takes something from; null if it takes nothing from one. */
export function tableOf(taken: Expression): Expression | null {
  if (taken.kind === 'index') return taken.object;
  if (taken.kind !== 'call') return null;
  const { callee } = taken;
  return callee.kind === 'member' && callee.property === 'get' ? callee.object : null;
}

export function holdsFunction(value: Value, depth = 0): boolean {
  if (value.kind === 'function') return depth > 0;
  if (value.kind !== 'object' || depth >= MAX_DEPTH) return false;
  return [...value.entries.values()].some((entry) => holdsFunction(entry.value, depth + 1));
}
