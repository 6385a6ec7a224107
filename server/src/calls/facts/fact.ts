/**
 * Facts about a call beyond its core: plain functions of a call, computed when first asked. A fact that depends on the
 * code is read while the code is loaded, and only if an enabled rule names it in `needs`: a rule that is off costs
 * nothing, and a new rule adds a file here rather than a field to `LlmCall`.
 */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { CallRecord } from '../../evaluate/scopes/scope.ts';
import type { Origin } from '../../ir/origin.ts';
import type { Registry } from '../../sdks/registry.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';
import type { CallCore, LlmCall } from '../call.ts';

export interface Fact<T> {
  (call: LlmCall): T;
  /** The facts about the code that it rests on. */
  readonly needs: readonly CodeFact<unknown>[];
}

/** A fact about the code. Its value is kept with the call, in the disk cache as well: plain data. */
export interface CodeFact<T> extends Fact<T> {
  readonly id: string;
  readonly read: (source: CallSource) => T;
}

/** A call while its module is loaded. Of a feature call, `sdkCall` is the request behind it with the call's own arguments. */
export interface CallSource {
  readonly call: CallCore;
  readonly sdkCall: SdkCall;
  readonly record: CallRecord;
  /** Of a feature call: the calls between it and the request, from the request outwards. */
  readonly between: readonly CallRecord[];
  /** The call in a loop of a caller, if one is certain. */
  readonly inLoop: CallRecord | null;
  readonly registry: Registry;
  readonly evaluator: Evaluator;
  /** The call that hands the paid method on with its arguments (`to_thread(client.create, ...)`); null for any other. */
  readonly referenced: Origin | null;
  /** Path relative to the scanned root: what lies above it has no say. */
  readonly relativePath: string;
  /** The code at an origin. */
  readonly sourceOf: (origin: Origin) => string;
  /** True if a round of the loop around the call reads what an earlier round left. */
  readonly buildsOnEarlierRounds: () => boolean;
}

/** A fact that follows from the call alone. */
export function callFact<T>(compute: (call: LlmCall) => T, rests: readonly Fact<unknown>[] = []): Fact<T> {
  const known = new WeakMap<LlmCall, { readonly value: T }>();
  const fact = (call: LlmCall): T => {
    const entry = known.get(call) ?? { value: compute(call) };
    known.set(call, entry);
    return entry.value;
  };
  return Object.assign(fact, { needs: codeFactsOf(rests) });
}

/** A fact that is read from the code. */
export function codeFact<T>(id: string, read: (source: CallSource) => T): CodeFact<T> {
  const fact = (call: LlmCall): T => {
    if (!Object.hasOwn(call.facts, id))
      throw new Error(`the fact "${id}" was not read: a rule must name it in "needs"`);
    return call.facts[id] as T;
  };
  const codeFact: CodeFact<T> = Object.assign(fact, { id, read, needs: [] as CodeFact<unknown>[] });
  (codeFact.needs as CodeFact<unknown>[]).push(codeFact);
  return codeFact;
}

/** The facts about the code that several facts rest on, each once. */
export function codeFactsOf(facts: readonly Fact<unknown>[]): readonly CodeFact<unknown>[] {
  return [...new Set(facts.flatMap(({ needs }) => needs))];
}

/** Reads the wanted facts of one call. */
export function readFacts(wanted: readonly CodeFact<unknown>[], source: CallSource): LlmCall['facts'] {
  return Object.fromEntries(wanted.map(({ id, read }) => [id, read(source)]));
}
