import type { Expression } from '../ir/nodes.ts';
import type { Definition, Scope } from './scopes/scope.ts';
import type { Value } from './values.ts';

/**
 * One activation of a scope. A frame without `bound` stands for every activation (its parameters are unknown); one with
 * `bound` is a call whose arguments are known. Values are remembered per frame.
 */
export interface Frame {
  readonly scope: Scope;
  readonly parent: Frame | null;
  /** What `this`, `self` or `cls` is. */
  readonly receiver: Value | null;
  /** Values of definitions that this activation knows: parameters, loop variables. */
  readonly bound: ReadonlyMap<Definition, Value> | null;
  readonly memo: Map<Expression, Value>;
}

export function createFrame(
  scope: Scope,
  parent: Frame | null,
  receiver: Value | null = null,
  bound: Frame['bound'] = null,
): Frame {
  return { scope, parent, receiver, bound, memo: new Map() };
}
