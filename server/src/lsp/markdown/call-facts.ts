/** Facts about a call that several features of the editor show. */
import type { Model } from '@farthing/shared/catalogue/catalogue';
import type { Language } from '@farthing/shared/language';
import { formatTokens } from '@farthing/shared/money';
import { printableData } from '@farthing/shared/printable';
import type { Range } from '@farthing/shared/range';
import type { ReportCall } from '@farthing/shared/report';
import { isRequest, type LlmCall } from '../../calls/call.ts';
import { stablePrefix } from '../../calls/facts/prompt-prefix.ts';
import { relativeTo } from '../../files/paths.ts';
import type { Origin } from '../../ir/origin.ts';
import {
  describeApi,
  describeBriefCost,
  describeCost,
  describeInput,
  describeOutput,
  describePosition,
} from '../../report/describe.ts';
import { describeCallers, describeVia, wrapperName } from '../../report/describe-feature.ts';
import { describeExpected } from '../../report/describe-figure.ts';
import { describeMeasured, describePredicted } from '../../report/describe-measured.ts';
import { describeChoice, describeModel } from '../../report/describe-model.ts';
import { describeRun } from '../../report/describe-multiplier.ts';
import { describeMade, describeUnitPrice } from '../../report/describe-units.ts';
import { messagesIn } from '../../report/messages/index.ts';
import { calledFrom, reportCall, withCallers } from '../../report/report.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { CallWords } from '../protocol.ts';

/** The model in the catalogue, by its certain name or its hint; null if it is unknown. */
export function modelOf(call: LlmCall, { catalogue }: Pick<Workspace, 'catalogue'>): Model | null {
  const name = call.model.value ?? call.model.hint;
  return name === null ? null : catalogue.find(call.provider, name);
}

/** Tokens at the front that never change, if the provider caches them or could; null otherwise. */
export function cacheablePrefix(call: LlmCall, model: Model | null): Range | null {
  if (model === null || model.cacheMinimum === null) return null;
  if (model.cacheMode !== 'automatic' && model.cacheMode !== 'marker') return null;
  const prefix = stablePrefix(call);
  return prefix.low >= model.cacheMinimum ? prefix : null;
}

/** A call as the terminal describes it, in the editor's language. */
export function callWords(call: ReportCall, language: Language): CallWords {
  return printableData({
    api: describeApi(call, language),
    model: describeModel(call, language),
    input: describeInput(call, language),
    output: describeOutput(call, language),
    cost: describeCost(call, language),
    brief: describeBriefCost(call, language),
    perCall: perCallWords(call, language),
    wrapper: wrapperName(call),
  });
}

function perCallWords({ cost: { perCall } }: ReportCall, language: Language): string | null {
  return perCall === null || perCall.basis === 'unknown' ? null : describeExpected(perCall, language);
}

/** The same, with what is known of the calls that lead to it. */
export function wordsOf(call: LlmCall, { known }: Pick<Workspace, 'known'>, language: Language): CallWords {
  const features = isRequest(call) ? known.featuresOf(call) : [];
  return callWords(withCallers(reportCall(call, nowhere), features, nowhere), language);
}

/** True of a request that costs what the calls that lead to it cost: they choose its model or write its prompt. */
export function isCostOfCallers(call: LlmCall, { known }: Pick<Workspace, 'known'>): boolean {
  return isRequest(call) && calledFrom(known.featuresOf(call))?.perCall != null;
}

/** What multiplies the call, and what a run of it costs; empty if nothing does. */
export function runWords(call: LlmCall, language: Language): string {
  return describeRun(
    reportCall(call, () => NOWHERE),
    language,
  );
}

/** `4 images, $0.04 per image, literal`; empty for a call that is billed by tokens. */
export function unitWords(call: LlmCall, language: Language): string {
  const { units } = reportCall(call, () => NOWHERE).cost;
  if (units === null) return '';
  return [describeMade(units, language), describeUnitPrice(units, language)].filter(Boolean).join(', ');
}

/** `one of 6 models`; empty if the call has no choice. */
export function choiceWords(call: LlmCall, language: Language): string {
  return describeChoice(
    reportCall(call, () => NOWHERE),
    language,
  );
}

/** The feature calls that lead to a request, sorted by cost, the most expensive first. */
export function callersOf(request: LlmCall, { known }: Pick<Workspace, 'known'>): readonly LlmCall[] {
  const cost = ({ cost: { perCall } }: LlmCall) => (perCall === null ? -1 : perCall.expected);
  return known.featuresOf(request).toSorted((a, b) => cost(b) - cost(a));
}

/** `62 callers, $0.20 to $50.00 per 1,000 calls`; empty for any call but a request with callers. */
export function callersWords(callers: readonly LlmCall[], language: Language): string {
  return describeCallers({ calledFrom: calledFrom(callers) }, language);
}

/** `via createGenerateText`; empty for a request. */
export function viaWords({ via }: LlmCall, language: Language): string {
  const hops = via.map(({ origin, function: name }) => ({ path: origin.path, line: 1, function: name }));
  return describeVia({ via: hops }, language);
}

/** What was measured of the call, in one line; empty if nothing was. */
export function measuredWords(call: LlmCall, language: Language): string {
  return call.measured === null ? '' : describeMeasured(reportCall(call, nowhere), language);
}

/** What the code alone says of a call that was measured, and why it differs. */
export function predictedWords(call: LlmCall, language: Language): readonly string[] {
  return call.measured === null ? [] : describePredicted(reportCall(call, nowhere), language);
}

/** `1,240 in, 1,180 cacheable`. */
export function inputWords(call: LlmCall, model: Model | null, language: Language): string {
  const input = describeInput(
    reportCall(call, () => NOWHERE),
    language,
  );
  const prefix = cacheablePrefix(call, model);
  if (prefix === null) return input;
  return `${input}, ${messagesIn(language).tokens.cacheable(formatTokens(prefix, language))}`;
}

/** `src/models.ts:4:18` of a place in the code. */
export function placeName({ path, start }: Origin, { code, root }: Located, language: Language): string {
  return `${relativeTo(path, root)}:${describePosition(code.positions(path).at(start), language)}`;
}

type Located = Pick<Workspace, 'code' | 'root'>;

/** The wording does not depend on the position. */
const nowhere = () => NOWHERE;
const NOWHERE = { path: '', cell: null, line: 1, column: 1, endLine: 1, endColumn: 1 };
