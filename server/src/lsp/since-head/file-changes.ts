/** What became of the calls of a file since the last commit. */
import type { ReportCall } from '@farthing/shared/report';
import type { LlmCall } from '../../calls/call.ts';
import { type MatchedSide, matchCalls } from '../../diff/match-calls.ts';
import { type CostChange, changeOfCost } from '../../report/describe-since-head.ts';
import { reportCall } from '../../report/report.ts';

/** A call with the texts by which it is known again. */
export interface KnownCall {
  readonly call: ReportCall;
  readonly texts: readonly string[];
}

export interface CallChange {
  /** Null for a call that is new. */
  readonly base: ReportCall | null;
  readonly head: ReportCall;
  /** What the change does to the cost; `other` where that is not known, or nothing. */
  readonly kind: 'new' | CostChange;
}

export interface FileChanges {
  /** By id, the calls that are new or changed. */
  readonly changed: ReadonlyMap<string, CallChange>;
  readonly removed: readonly ReportCall[];
}

export function knownCall(call: LlmCall, path = ''): KnownCall {
  const place = () => ({ path, cell: null, line: 1, column: 1, endLine: 1, endColumn: 1 });
  const texts = call.sections.flatMap(({ segments }) => segments.map(({ text }) => text ?? ''));
  return { call: reportCall(call, place), texts };
}

export function changesBetween(base: readonly KnownCall[], head: readonly KnownCall[]): FileChanges {
  const { pairs, added, removed } = matchCalls(sideOf(base), sideOf(head), new Map());
  const compared = pairs.flatMap((pair): CallChange[] => {
    const cost = changeOfCost(pair.base, pair.head);
    const kind = cost ?? (isSameRequest(pair.base, pair.head) ? null : 'other');
    return kind === null ? [] : [{ ...pair, kind }];
  });
  const whole = added.map((call): CallChange => ({ base: null, head: call, kind: 'new' }));
  return { changed: new Map([...compared, ...whole].map((change) => [change.head.id, change])), removed };
}

function sideOf(known: readonly KnownCall[]): MatchedSide {
  const texts = new Map(known.map((one) => [one.call, one.texts]));
  return { calls: known.map(({ call }) => call), textsOf: (call) => texts.get(call) ?? [] };
}

function isSameRequest(base: ReportCall, head: ReportCall): boolean {
  const decisive = ({ model, tokens, outputLimit, cache }: ReportCall) =>
    JSON.stringify([model.value, model.hint, tokens.input, outputLimit, cache]);
  return decisive(base) === decisive(head);
}
