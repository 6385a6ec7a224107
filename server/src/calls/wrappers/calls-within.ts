/** The calls that are made when a function runs: its own, and those of the callbacks that it hands to others inline. */
import { Liveness } from '../../evaluate/conditions/liveness.ts';
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { createFrame, type Frame } from '../../evaluate/frame.ts';
import type { CallRecord, ModuleScope, Scope } from '../../evaluate/scopes/scope.ts';
import type { Comprehension, Expression, FunctionNode, Span } from '../../ir/nodes.ts';

/** A call in one activation of its function. */
export interface Activation {
  readonly record: CallRecord;
  readonly frame: Frame;
}

/**
 * Those calls of the activation `frame` that are wanted, in the order of the code. Whether one can run at all is asked
 * last: that may evaluate what most calls have nothing to do with.
 */
export function callsWithin(
  frame: Frame,
  evaluator: Evaluator,
  isWanted: (record: CallRecord) => boolean,
): readonly Activation[] {
  const { records, inner } = structureOf(frame.scope.module);
  const liveness = new Liveness(evaluator, frame);
  const isAlive = ({ start }: Span): boolean => !liveness.isDead(start);
  const own = (records.get(frame.scope) ?? [])
    .filter((record) => isWanted(record) && isAlive(record.node))
    .map((record) => ({ record, frame }));
  const nested = (inner.get(frame.scope) ?? [])
    .filter((scope) => holdsWanted(scope) && isAlive(scope.node))
    .flatMap((scope) => {
      const receiver = scope.kind === 'comprehension' ? frame.receiver : null;
      return callsWithin(createFrame(scope, frame, receiver), evaluator, isWanted);
    });
  return nested.length === 0 ? own : [...own, ...nested].sort((a, b) => a.record.node.start - b.record.node.start);

  function holdsWanted(scope: Scope): boolean {
    return records.get(scope)?.some(isWanted) === true || inner.get(scope)?.some(holdsWanted) === true;
  }
}

type InlineScope = Scope & { readonly node: FunctionNode | Comprehension };

interface Structure {
  readonly records: ReadonlyMap<Scope, readonly CallRecord[]>;
  /** By scope: the comprehensions and inline callbacks in it, which run when it does. */
  readonly inner: ReadonlyMap<Scope, readonly InlineScope[]>;
}

const structures = new WeakMap<ModuleScope, Structure>();

function structureOf(module: ModuleScope): Structure {
  const known = structures.get(module);
  if (known) return known;
  const callbacks = new Set<FunctionNode>();
  for (const { node } of module.calls) for (const { value } of node.arguments) collectFunctions(value, callbacks);
  const records = Map.groupBy(module.calls, ({ scope }) => scope);
  const inner = new Map<Scope, InlineScope[]>();
  for (const scope of module.scopes.values()) {
    const runsInline =
      scope.kind === 'comprehension' || (scope.kind === 'function' && callbacks.has(scope.node as FunctionNode));
    if (!runsInline || scope.parent === null) continue;
    const siblings = inner.get(scope.parent);
    if (siblings) siblings.push(scope as InlineScope);
    else inner.set(scope.parent, [scope as InlineScope]);
  }
  const structure = { records, inner };
  structures.set(module, structure);
  return structure;
}

/** Functions that are written in an argument, itself or as a member of an object or list (`{ execute: async () => ... }`). */
function collectFunctions(value: Expression, found: Set<FunctionNode>): void {
  switch (value.kind) {
    case 'function':
      found.add(value);
      return;
    case 'object':
      for (const entry of value.entries) collectFunctions(entry.value, found);
      return;
    case 'array':
      for (const item of value.items) collectFunctions(item.kind === 'spread' ? item.value : item, found);
      return;
    case 'conditional':
      collectFunctions(value.then, found);
      collectFunctions(value.otherwise, found);
      return;
    default:
  }
}
