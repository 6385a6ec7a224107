/** The line above a prompt that stands apart from the calls that send it: how long it is, and who sends it. */
import { formatTokens } from '@farthing/shared/money';
import { type Range, sumRanges } from '@farthing/shared/range';
import { isRequest, type LlmCall, type PromptSegment } from '../../calls/call.ts';
import { isInside, type Origin } from '../../ir/origin.ts';
import { messagesIn } from '../../report/messages/index.ts';
import type { AnalysedDocument, ServerContext } from '../context.ts';
import { cacheablePrefix, modelOf } from './call-facts.ts';

export interface PromptLens {
  readonly origin: Origin;
  readonly title: string;
  /** The calls that send it, sorted by path and position. */
  readonly calls: readonly LlmCall[];
}

/** A text as one call sends it. */
interface SentText {
  readonly call: LlmCall;
  readonly origin: Origin;
  readonly tokens: Range;
  readonly isStable: boolean;
}

/** `1,180 tokens, sent by 4 calls, cacheable`, of every text in the document with at least `minimumTokens`. */
export function promptLenses(
  document: AnalysedDocument,
  { client: { language } }: Pick<ServerContext, 'client'>,
  minimumTokens: number,
): readonly PromptLens[] {
  const { known } = document.workspace;
  const sent = known.calls().flatMap((call) => textsOf(call, document));
  return [...Map.groupBy(sent, ({ origin }) => origin.start).values()].flatMap((texts): readonly PromptLens[] => {
    const [first] = texts;
    if (first === undefined || first.tokens.expected < minimumTokens) return [];
    // What a request sends, its feature calls send through it.
    const requests = texts.filter(({ call }) => isRequest(call));
    const calls = (requests.length > 0 ? requests : texts).map(({ call }) => call);
    const tokens = formatTokens(first.tokens, language);
    const title = messagesIn(language).editor.prompt.sentBy(tokens, calls.length, texts.some(isCacheable));
    return [{ origin: first.origin, title, calls }];
  });

  function isCacheable({ call, tokens, isStable }: SentText): boolean {
    const prefix = cacheablePrefix(call, modelOf(call, document.workspace));
    return isStable && prefix !== null && prefix.expected >= tokens.expected;
  }
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
