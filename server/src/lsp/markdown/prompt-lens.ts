/** The line above a prompt that stands apart from the calls that send it: how long it is, and who sends it. */
import type { Language } from '@farthing/shared/language';
import { formatTokens } from '@farthing/shared/money';
import { eitherRange, type Range, scaleRange, sumRanges } from '@farthing/shared/range';
import { isRequest, type LlmCall, type PromptSegment } from '../../calls/call.ts';
import { isInside, type Origin } from '../../ir/origin.ts';
import { describeExpected } from '../../report/describe-figure.ts';
import { messagesIn } from '../../report/messages/index.ts';
import { inDollars } from '../../report/report.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { AnalysedDocument, ServerContext } from '../context.ts';
import { cacheablePrefix, modelOf } from './call-facts.ts';

export interface PromptLens {
  readonly origin: Origin;
  readonly title: string;
  /** The calls that send it, sorted by path and position. */
  readonly calls: readonly LlmCall[];
}

/** A text as one call sends it. */
export interface SentText {
  readonly call: LlmCall;
  readonly origin: Origin;
  readonly tokens: Range;
  readonly isStable: boolean;
}

/** `1,180 tokens, ~$2.40 per 1,000 calls, sent by 4 calls, cacheable`, of every text in the document with at least `minimumTokens`. */
export function promptLenses(
  document: AnalysedDocument,
  { client: { language } }: Pick<ServerContext, 'client'>,
  minimumTokens: number,
): readonly PromptLens[] {
  const sent = document.workspace.known.calls().flatMap((call) => textsOf(call, document));
  return lensesOf(sent, document.workspace, language, minimumTokens);
}

/** The same of texts wherever they stand. */
export function lensesOf(
  sent: readonly SentText[],
  workspace: Workspace,
  language: Language,
  minimumTokens: number,
): readonly PromptLens[] {
  const messages = messagesIn(language).editor.prompt;
  return [...Map.groupBy(sent, ({ origin }) => origin.start).values()].flatMap((texts): readonly PromptLens[] => {
    const [first] = texts;
    if (first === undefined || first.tokens.expected < minimumTokens) return [];
    // What a request sends, its feature calls send through it.
    const requests = texts.filter(({ call }) => isRequest(call));
    const calls = (requests.length > 0 ? requests : texts).map(({ call }) => call);
    const cost = eitherRange(texts.flatMap(costsOf));
    const size = [
      messages.hint(formatTokens(first.tokens, language)),
      ...(cost === null ? [] : [describeExpected(inDollars(cost), language)]),
    ];
    const title = messages.sentBy(size.join(', '), calls.length, texts.some(isCacheable));
    return [{ origin: first.origin, title, calls }];
  });

  function isCacheable({ call, tokens, isStable }: SentText): boolean {
    const prefix = cacheablePrefix(call, modelOf(call, workspace));
    return isStable && prefix !== null && prefix.expected >= tokens.expected;
  }
}

/** What the text alone costs, uncached, on each model that the call may use. */
function costsOf({ call, tokens }: SentText): readonly Range[] {
  return call.modelChoice.alternatives.flatMap(({ price }): readonly Range[] => {
    const rate = price?.input ?? null;
    return rate === null || tokens.basis === 'unknown' ? [] : [scaleRange(tokens, rate)];
  });
}

/** The texts of a call that stand in the document, but not in the call. */
function textsOf(call: LlmCall, document: AnalysedDocument): readonly SentText[] {
  return call.sections
    .flatMap(({ segments }) => joined(segments.filter(({ origin }) => origin?.path === document.path)))
    .flatMap((run): readonly SentText[] => {
      const origin = originOf(run);
      if (origin === null || isInside(origin, call.origin) || !isWholeText(origin, document)) return [];
      const tokens = sumRanges(run.filter(({ text }) => text !== null).map((segment) => segment.tokens));
      return [{ call, origin, tokens, isStable: run.every(({ stability }) => stability === 'stable') }];
    });
}

/** What lies between the parts of a template: `${` and `}`. */
const MAX_GAP = 4;

/** The parts of a template follow each other; what is put into it from elsewhere ends it. */
function joined(segments: readonly PromptSegment[]): readonly (readonly PromptSegment[])[] {
  const runs: PromptSegment[][] = [];
  for (const segment of segments) {
    const run = runs.at(-1);
    const end = run?.at(-1)?.origin?.end;
    const start = segment.origin?.start;
    const isNext = end !== undefined && start !== undefined && start >= end && start - end <= MAX_GAP;
    if (run && isNext) run.push(segment);
    else runs.push([segment]);
  }
  return runs;
}

function originOf(run: readonly PromptSegment[]): Origin | null {
  const [first, last] = [run[0]?.origin, run.at(-1)?.origin];
  return first && last ? { path: first.path, start: first.start, end: last.end } : null;
}

/** False of the rest of a template after something that was put into it. */
function isWholeText({ start }: Origin, { text }: AnalysedDocument): boolean {
  return /["'`]/.test(text.slice(Math.max(0, start - 1), start + 3));
}
