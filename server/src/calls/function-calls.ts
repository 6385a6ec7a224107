/** Which functions of the project a module calls: by its own names, through imports, and on objects that it makes. */
import type { Evaluator } from '../evaluate/evaluator.ts';
import { alternativesOf } from '../evaluate/lattice.ts';
import type { CallRecord } from '../evaluate/scopes/scope.ts';
import type { FunctionCall, FunctionReference } from './call-index.ts';

/** In the order of the code. A callee that may be one of several functions gives one entry for each. */
export function functionCallsIn(path: string, evaluator: Evaluator): readonly FunctionCall[] {
  return (evaluator.module(path)?.calls ?? []).flatMap((record) => {
    const { node, scope } = record;
    const caller: FunctionReference = { path, name: scope.qualifiedName };
    const origin = { path, start: node.start, end: node.end };
    return calleesOf(record, evaluator).map((callee) => ({ caller, callee, origin }));
  });
}

function calleesOf({ node, scope }: CallRecord, evaluator: Evaluator): readonly FunctionReference[] {
  evaluator.startQuery();
  const value = evaluator.evaluate(node.callee, evaluator.frameOf(scope));
  return alternativesOf(value).flatMap((callee) => {
    if (callee.kind !== 'function') return [];
    const module = callee.frame.scope.module;
    const name = module.scopes.get(callee.node)?.qualifiedName ?? null;
    return name === null ? [] : [{ path: module.loaded.path, name }];
  });
}
