/** Retries that are no loop: helpers that call a function again (`retry(() => ask(), { retries: 3 })`), and decorators. */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { alternativesOf } from '../../evaluate/lattice.ts';
import type { CallRecord, Scope } from '../../evaluate/scopes/scope.ts';
import type { Call, Expression, FunctionNode } from '../../ir/nodes.ts';
import { nodesWithin } from '../../ir/walk.ts';
import { calleeName } from '../repetition.ts';
import { atLeastOnce, type Factor, upTo } from './factor.ts';

/** `pRetry`, `withRetries`, `retryAsync`, `backoff`, `on_exception`. */
const RETRYING = /retry|retries|backoff|^on_exception$|^attempt/i;
/** Settings with the number of attempts, and those with the number of further ones. */
const ATTEMPTS = /^(?:attempts|max_?attempts|num_?of_?attempts|max_?tries|tries|stop_?after_?attempt|times)$/i;
const RETRIES = /^(?:retries|max_?retries|num_?retries)$/i;
/** `stop_after_attempt(3)` of tenacity. */
const STOP = /^stop_?after_?attempt$/i;

/** The attempts of a helper whose argument is the function around the call. */
export function attemptsOfCallback(call: Call, record: CallRecord, evaluator: Evaluator): readonly Factor[] {
  if (!RETRYING.test(calleeName(call.callee))) return [];
  const isCalled = call.arguments.some(
    ({ value }) => value.kind === 'function' && value.start <= record.node.start && record.node.end <= value.end,
  );
  return isCalled ? [attempts(call, record, evaluator)] : [];
}

/** The attempts of the decorators around the call's function. */
export function attemptsAround(record: CallRecord, evaluator: Evaluator): readonly Factor[] {
  for (let scope: Scope | null = record.scope; scope; scope = scope.parent) {
    if (scope.kind !== 'function') continue;
    const decorator = (scope.node as FunctionNode).decorators.find((one) => RETRYING.test(nameOf(one)));
    if (decorator !== undefined) return [attempts(decorator, record, evaluator)];
  }
  return [];
}

function nameOf(decorator: Expression): string {
  return calleeName(decorator.kind === 'call' ? decorator.callee : decorator);
}

function attempts(helper: Expression, record: CallRecord, evaluator: Evaluator): Factor {
  const count = helper.kind === 'call' ? countIn(helper, record, evaluator) : null;
  if (count !== null) return { ...upTo(count, 1, `${count} attempts`), isRetry: true };
  return { ...atLeastOnce('attempts'), isRetry: true, isEndless: isEndless(helper, record, evaluator) };
}

/** Libraries that try until it works unless they are told when to stop. */
const ENDLESS = /^(?:tenacity|backoff|retry|retrying)(?:\.|$)/;
const STOPPING = /^(?:stop|max_|tries|giveup)/;

function isEndless(helper: Expression, { scope }: CallRecord, evaluator: Evaluator): boolean {
  const args = helper.kind === 'call' ? helper.arguments : [];
  if (args.some(({ name, kind }) => kind === 'namedSpread' || (name !== null && STOPPING.test(name)))) return false;
  const callee = evaluator.evaluate(helper.kind === 'call' ? helper.callee : helper, evaluator.frameOf(scope));
  return callee.kind === 'external' && ENDLESS.test(callee.module);
}

function countIn(call: Call, { scope }: CallRecord, evaluator: Evaluator): number | null {
  const frame = evaluator.frameOf(scope);
  const numberOf = (node: Expression): number | null => {
    const [value] = alternativesOf(evaluator.evaluate(node, frame));
    const known = value?.kind === 'unknown' && value.hint ? value.hint : value;
    return known?.kind === 'number' && known.value >= 0 ? known.value : null;
  };
  const stated = (name: string, node: Expression): number | null => {
    const value = ATTEMPTS.test(name) || RETRIES.test(name) ? numberOf(node) : null;
    return value === null ? null : RETRIES.test(name) ? value + 1 : Math.max(1, value);
  };
  for (const argument of call.arguments) {
    if (argument.kind === 'named' && argument.name !== null) {
      const count = stated(argument.name, argument.value);
      if (count !== null) return count;
    }
    if (argument.value.kind === 'object') {
      for (const entry of argument.value.entries) {
        if (entry.kind === 'spread' || typeof entry.key !== 'string') continue;
        const count = stated(entry.key, entry.value);
        if (count !== null) return count;
      }
    }
  }
  const stop = call.arguments
    .filter(({ value }) => value.kind !== 'function')
    .flatMap(({ value }) => nodesWithin(value))
    .find((node): node is Call => node.kind === 'call' && STOP.test(calleeName((node as Call).callee)));
  // A named number that is none of the above counts something else: seconds, in most libraries.
  const first = call.arguments.find(({ name, value }) => name === null && value.kind === 'number');
  const limit = stop?.arguments[0]?.value ?? first?.value;
  return limit === undefined ? null : numberOf(limit);
}
