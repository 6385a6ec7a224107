/**
 * Feature calls: calls of the project's own functions that decide what a request says. `ask({ system: RULES, prompt })`
 * sends RULES wherever `ask` is defined, so that its tokens and its cost belong to the line where RULES is chosen.
 */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { CallRecord, Scope } from '../../evaluate/scopes/scope.ts';
import { receiverScope } from '../../evaluate/scopes/scope-parts.ts';
import type { FunctionValue, Value } from '../../evaluate/values.ts';
import type { Walker } from '../../sdks/walk.ts';
import type { PromptPart } from '../prompt/parts.ts';
import { addressGiven } from './addressed-functions.ts';
import { WrapperCandidates } from './called-name.ts';
import { asHandedOver, settledCall } from './handed-over.ts';
import { givesOwn, givesPrompt, isMadeHere } from './made-here.ts';
import { hasNewText, type IsSupplied, NO_TEXTS, newTextIn, suppliedBy, textsPutBefore } from './new-text.ts';
import { type Request, RequestFinder, type Target } from './requests.ts';
import { mayDecide, parametersAround, Summaries } from './summary.ts';
import type { Summary, SummaryStore } from './summary-store.ts';
import { lengthOf, MIN_OWN_TEXT, promptOf, TEXT_ROLES } from './texts.ts';
import type { WrapperIndex } from './wrapper-index.ts';

/** A feature call and the requests that it leads to; one at least. */
export interface FeatureCall {
  readonly record: CallRecord;
  readonly requests: readonly Request[];
  /** True if it may lead to further requests, which were not looked at because of a limit. */
  readonly isCut: boolean;
}

export class Lifter {
  readonly evaluator: Evaluator;
  readonly walker: Walker;
  readonly index: WrapperIndex;
  readonly requests: RequestFinder;
  readonly summaries: Summaries;
  readonly #candidates: WrapperCandidates;

  constructor(evaluator: Evaluator, walker: Walker, index: WrapperIndex, store: SummaryStore) {
    this.evaluator = evaluator;
    this.walker = walker;
    this.index = index;
    this.#candidates = new WrapperCandidates(index);
    const mayFlow = (fn: FunctionValue): boolean => mayDecide(fn, this.summaries.of(fn));
    this.requests = new RequestFinder(evaluator, walker, index, this.#candidates, mayFlow);
    this.summaries = new Summaries(evaluator, walker, this.requests, index, store);
  }

  mayLead(record: CallRecord): boolean {
    return this.#candidates.mayLead(record) || this.requests.mayRunChain(record);
  }

  /** Null where `record` calls no wrapper, or only passes on what it was given itself. */
  lift(record: CallRecord): FeatureCall | null {
    const { found: requests, isCut } = this.requests.ask(() => {
      const targets = this.requests.targetsOf(record, this.evaluator.frameOf(record.scope));
      return targets.flatMap((target) => this.#decidedRequests(target, record));
    });
    return requests.length === 0 ? null : { record, requests, isCut };
  }

  #decidedRequests(target: Target, record: CallRecord): readonly Request[] {
    const summary = this.summaries.of(target.function);
    if (summary.flows.size === 0) return [];
    const requests = this.requests.requestsOf(target);
    const put = isOwnMethod(record) ? textsPutBefore(target, record, this.evaluator) : NO_TEXTS;
    const isDecidedHere =
      isSentElsewhere(requests, record, this.evaluator) ||
      requests.some((request) =>
        isDecided(request, target, suppliedBy(request, summary, record, put), summary, record),
      );
    return isDecidedHere ? requests : [];
  }
}

/** True where the call says which provider is asked, and a helper in another file sends what it makes: no other call shows that. */
function isSentElsewhere(requests: readonly Request[], record: CallRecord, evaluator: Evaluator): boolean {
  const { path } = record.scope.module.loaded;
  const isElsewhere = requests.some(({ via }) => via.at(-1)?.origin.path !== path);
  return isElsewhere && addressGiven(record, evaluator) !== null;
}

/** True where the call itself decides text that the model reads. */
function isDecided(
  request: Request,
  target: Target,
  isSupplied: IsSupplied,
  summary: Summary,
  record: CallRecord,
): boolean {
  const { scope } = record;
  const { flows, writesPrompt, makesPrompt } = summary;
  if (!TEXT_ROLES.some((role) => flows.has(role))) return false;
  const isOwnCall = isOwnMethod(record);
  // What the object was made with is handed in here as well, though the constructor of a base class may take it.
  const own = [...parametersAround(scope), ...(isOwnCall ? parametersAround(target.function.frame.scope) : [])];
  const isNewText = (value: Value) => hasNewText(value, isSupplied);
  const { parts } = promptOf(settledCall(request));
  const isOwn = isOwnCall || isOwnClosure(target, scope);
  if (decidesText(parts, summary, isSupplied) && (!isOwn || givesAny(target, isNewText))) return true;
  // A prompt that is not known is judged by everything that the wrappers may send.
  const call = asHandedOver(request);
  const values = TEXT_ROLES.flatMap((role) => call.roles.values.get(role)?.value ?? []);
  if (givesPrompt(target, own, isNewText, summary)) return true;
  return (
    !writesPrompt &&
    !makesPrompt &&
    lengthOf(promptOf(call).parts) < MIN_OWN_TEXT &&
    values.some((value) => isMadeHere(value, own, isNewText)) &&
    givesOwn(target.args, own)
  );
}

/** True for `this.step()` and `super.step()`: what the object's methods have put into it is decided where they do, not here. */
function isOwnMethod({ node: { callee }, scope }: CallRecord): boolean {
  if (callee.kind !== 'member') return false;
  if (callee.object.kind === 'super') return true;
  if (callee.object.kind !== 'name') return false;
  return receiverScope(callee.object.name, scope) !== null;
}

/** True for a function that is written where it is called: a call in it that sends what is decided around it is found as well. */
function isOwnClosure({ function: { frame } }: Target, scope: Scope): boolean {
  for (let current: Scope | null = frame.scope; current?.kind === 'function'; current = current.parent) {
    if (current === scope) return true;
  }
  return false;
}

function givesAny({ args: { positional, named, open } }: Target, isNewText: (value: Value) => boolean): boolean {
  return [...positional, ...[...named.values()].map(({ value }) => value), ...open].some(isNewText);
}

/** Characters: text that a call adds to a prompt whose length is not known. */
const MIN_ADDED_TEXT = MIN_OWN_TEXT / 2;

/**
 * Where the wrapper writes a prompt as well, a few words are data: a message has to say as much as a prompt does. Where it
 * makes one whose text is not known, half as much will do.
 */
function decidesText(parts: readonly PromptPart[], { makesPrompt }: Summary, isSupplied: IsSupplied): boolean {
  const supplied = parts.flatMap(({ segments }) => segments.filter((one) => one.kind === 'literal' && isSupplied(one)));
  const isPrompt = lengthOf([{ segments: supplied }]) >= MIN_OWN_TEXT;
  return parts.some((part) => {
    const decided = newTextIn(part, isSupplied);
    if (decided.length === 0) return false;
    const length = lengthOf([{ segments: decided }]);
    if (isPrompt) return part.role === 'system' || length >= MIN_OWN_TEXT;
    return !makesPrompt || length >= MIN_ADDED_TEXT;
  });
}
