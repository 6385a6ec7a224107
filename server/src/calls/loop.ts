/** The repetition of a call: the loop around it in its own function, else the loop in which its function is called. */
import { callsOf, lastName } from '../evaluate/callers.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import type { CallRecord } from '../evaluate/scopes/scope.ts';
import type { LoopContext } from './call.ts';
import { callerLoopOf, type FoundCallerLoop, type SentText } from './caller-loop.ts';
import { nearestRepetition, repetitionOf } from './repetition.ts';

export interface FoundLoop {
  readonly context: LoopContext;
  readonly buildsOnEarlierRounds: () => boolean;
  /** The caller's loop; null if none is certain. */
  readonly byCaller: FoundCallerLoop | null;
}

/** `sent` is what the call sends as its prompt: a loop of a caller counts where its items get there. */
export function loopOf(record: CallRecord, sent: SentText, evaluator: Evaluator): FoundLoop {
  const inFunction = repetitionOf(record, evaluator);
  const byCaller = callerLoopOf(record, sent, evaluator);
  const caller = byCaller?.loop ?? null;
  const { purpose = null, items = null, origin = null } = inFunction ?? caller ?? {};
  return {
    context: {
      lexical: inFunction?.lexical ?? 'none',
      purpose,
      viaCaller: caller !== null || isRepeatedByCaller(record),
      items,
      origin,
      caller,
    },
    byCaller,
    buildsOnEarlierRounds: (inFunction ?? byCaller)?.buildsOnEarlierRounds ?? (() => false),
  };
}

/** True if code of the same module calls a function with the enclosing function's name in a loop. */
function isRepeatedByCaller(record: CallRecord): boolean {
  const name = record.scope.kind === 'function' ? record.scope.qualifiedName?.split('.').pop() : null;
  if (!name) return false;
  const others = callsOf(record.scope.module).get(name) ?? [];
  return others.some(
    (other) =>
      other.scope !== record.scope &&
      lastName(other.node.callee) === name &&
      nearestRepetition(other.surrounding) !== null,
  );
}
