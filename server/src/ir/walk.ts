/** Visits an IR tree without knowing its kinds: every object with a `kind`, parents before children. */
import type { Expression, Loop, ObjectPattern, Statement } from './nodes.ts';

/** Anything with a `kind` and, except for a few parts of nodes, a span. */
export interface AnyNode {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** All nodes of `root`, including itself. It does not depend on property names, so new kinds are visited as well. */
export function nodesWithin(root: Expression | Statement | Loop | ObjectPattern): readonly AnyNode[] {
  const found: AnyNode[] = [];
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const next = pending.pop();
    if (Array.isArray(next)) {
      for (let index = next.length - 1; index >= 0; index--) pending.push(next[index]);
    } else if (typeof next === 'object' && next !== null) {
      if ('kind' in next && 'start' in next) found.push(next as AnyNode);
      pending.push(Object.values(next));
    }
  }
  return found;
}
