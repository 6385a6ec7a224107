/** Activations of scopes. Those that are alike are one, so that what was evaluated in it is known the next time. */
import type { Expression } from '../ir/nodes.ts';
import { isSameOrigin } from './lattice.ts';
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

/** Activations of one function that are kept, the latest: those that are alike follow each other. */
const MAX_KEPT = 8;

/** The latest activations of each function: a helper that is called with the same text for ten providers runs once. */
export class Activations {
  readonly #byScope = new WeakMap<Scope, Frame[]>();

  /** The one that was kept of those that are like `frame`; `frame` itself, which is kept from now on, if there is none. */
  like(frame: Frame): Frame {
    const kept = this.#byScope.get(frame.scope) ?? [];
    const same = kept.find((one) => isAlike(one, frame));
    if (same) return same;
    if (kept.length === MAX_KEPT) kept.shift();
    kept.push(frame);
    this.#byScope.set(frame.scope, kept);
    return frame;
  }
}

function isAlike(a: Frame, b: Frame): boolean {
  if (a.parent !== b.parent || !isSameReceiver(a.receiver, b.receiver) || a.bound?.size !== b.bound?.size) return false;
  for (const [definition, value] of a.bound ?? []) {
    const other = b.bound?.get(definition);
    if (other === undefined || !isInterchangeable(value, other)) return false;
  }
  return true;
}

function isSameReceiver(a: Value | null, b: Value | null): boolean {
  return a === b || (a !== null && b !== null && isInterchangeable(a, b));
}

/** True for values that every evaluation treats alike. It may be false for some of these, if that is not obvious. */
function isInterchangeable(a: Value, b: Value): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'null':
      return b.kind === 'null';
    case 'number':
    case 'boolean':
      return b.kind === a.kind && a.value === b.value && isSamePlace(a.origin, b.origin);
    case 'class':
      return b.kind === 'class' && a.node === b.node && a.frame === b.frame;
    case 'instance':
      return (
        b.kind === 'instance' &&
        a.class.node === b.class.node &&
        a.class.frame === b.class.frame &&
        a.args === b.args &&
        a.changes === b.changes &&
        isSamePlace(a.parameter ?? null, b.parameter ?? null)
      );
    case 'function':
      return (
        b.kind === 'function' && a.node === b.node && a.frame === b.frame && isSameReceiver(a.receiver, b.receiver)
      );
    case 'array':
      return (
        b.kind === 'array' &&
        isSamePlace(a.origin, b.origin) &&
        isSameList(a.items, b.items) &&
        isSameList(a.open, b.open)
      );
    case 'object':
      return (
        b.kind === 'object' &&
        a.entries.size === 0 &&
        b.entries.size === 0 &&
        isSamePlace(a.origin, b.origin) &&
        isSameList(a.open, b.open)
      );
    default:
      return false;
  }
}

function isSameList(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((value, index) => isInterchangeable(value, b[index] as Value));
}

type Place = { readonly path: string; readonly start: number; readonly end: number } | null;
function isSamePlace(a: Place, b: Place): boolean {
  return a === b || (a !== null && b !== null && isSameOrigin(a, b));
}
