/** The calls of a module's representation, with the names of the functions and classes around each. */
import type { ModuleNode } from '../../server/src/ir/nodes.ts';

export interface ScopedCall {
  readonly start: number;
  /** Dotted names; a lambda is `<lambda>`. */
  readonly scope: string;
  /** True in a hole of a template. */
  readonly isInTemplate: boolean;
}

/** A node that two statements share (`a = b = f()`) counts once. */
export function callsOf(module: ModuleNode): ScopedCall[] {
  const calls: ScopedCall[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown, scope: readonly string[], isInTemplate: boolean): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    const node = value as { kind?: string; start?: number; name?: string | null };
    if (node.kind === 'call') calls.push({ start: node.start ?? 0, scope: scope.join('.'), isInTemplate });
    // Decorators, parameters and bases are evaluated outside the function or class.
    const insideKey = node.kind === 'function' ? 'body' : node.kind === 'class' ? 'members' : null;
    for (const [key, child] of Object.entries(value)) {
      const inner = key === insideKey ? [...scope, node.name ?? '<lambda>'] : scope;
      visit(child, inner, isInTemplate || node.kind === 'template');
    }
  };
  visit(module.body, [], false);
  return calls;
}
