/** From calls and diagnostics to the report of schema 2: relative paths, lines and columns, decimal dollars. */
import type { Language } from '@farthing/shared/language';
import { toDollars } from '@farthing/shared/money';
import { eitherRange, type Range } from '@farthing/shared/range';
import type {
  Report,
  ReportCall,
  ReportDiagnostic,
  ReportHop,
  ReportModelAlternative,
  ReportPosition,
  ReportProblem,
} from '@farthing/shared/report';
import type { Hop, LlmCall, ModelAlternative } from '../calls/call.ts';
import { mostAttended } from '../calls/context/reached-from.ts';
import { byText, relativeTo } from '../files/paths.ts';
import type { Problem } from '../files/problem.ts';
import type { Origin } from '../ir/origin.ts';
import type { Positions } from '../ir/positions.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { byPosition } from './describe.ts';
import { reportMeasured } from './report-measured.ts';

export interface ReportInput {
  /** Absolute POSIX path; what lies outside it keeps its absolute path. */
  readonly root: string;
  readonly prices: Report['prices'];
  readonly includesTests: boolean;
  readonly calls: readonly LlmCall[];
  readonly diagnostics: readonly Diagnostic[];
  readonly problems: readonly Problem[];
  readonly stats: Report['stats'];
  readonly positions: (path: string) => Positions;
  /** Where a rule's document is. */
  readonly urlOf: (rule: string) => string;
  /** What was measured of calls that the project has not. */
  readonly unjoined: Report['unjoined'];
  /** Of the messages. */
  readonly language: Language;
}

/** The same input gives the same report, whatever the order in which it was found. */
export function buildReport(input: ReportInput): Report {
  const place = (origin: Origin): ReportPosition => {
    const { at } = input.positions(origin.path);
    const start = at(origin.start);
    const end = at(origin.end);
    return {
      path: relativeTo(origin.path, input.root),
      cell: start.cell,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
    };
  };
  const requests = new Map(input.calls.flatMap((call) => (call.via.length > 0 ? [] : [[keyOf(call.origin), call.id]])));
  const features = featuresByRequest(input.calls);
  const calls = input.calls.map((call) => ({
    ...withCallers(reportCall(call, place), call.via.length > 0 ? [] : (features.get(keyOf(call.origin)) ?? []), place),
    leadsTo: call.leadsTo.map((end) => ({ ...reportHop(end, place), call: requests.get(keyOf(end.origin)) ?? null })),
    reachedFrom: reachedFromOf(call, features.get(keyOf(call.origin)) ?? []),
  }));
  const diagnostics = input.diagnostics.map(
    (diagnostic): ReportDiagnostic => ({
      rule: diagnostic.rule,
      severity: diagnostic.severity,
      confidence: diagnostic.confidence,
      message: diagnostic.message(input.language),
      saving: diagnostic.saving && inDollars(diagnostic.saving),
      ...place(diagnostic.origin),
      call: diagnostic.call,
      fix: diagnostic.fixes()[0]?.safety ?? 'none',
      url: input.urlOf(diagnostic.rule),
    }),
  );
  const problems = input.problems.map(
    ({ path, message }): ReportProblem => ({ path: relativeTo(path, input.root), message }),
  );
  return {
    version: 2,
    root: input.root,
    prices: input.prices,
    includesTests: input.includesTests,
    // Several requests of one call stay in the order in which they are made.
    calls: calls.sort(byPosition),
    diagnostics: diagnostics.sort((a, b) => byPosition(a, b) || byText(a.rule, b.rule) || byText(a.message, b.message)),
    stats: input.stats,
    problems: problems.sort((a, b) => byText(a.path, b.path) || byText(a.message, b.message)),
    unjoined: input.unjoined,
  };
}

function keyOf({ start, path }: Origin): string {
  return `${start} ${path}`;
}

/** By request: the feature calls that may lead to it. */
function featuresByRequest(calls: readonly LlmCall[]): ReadonlyMap<string, readonly LlmCall[]> {
  const ends = calls.flatMap((call) => call.leadsTo.map(({ origin }) => ({ key: keyOf(origin), call })));
  const grouped = Map.groupBy(ends, ({ key }) => key);
  return new Map([...grouped].map(([key, pairs]) => [key, pairs.map(({ call }) => call)]));
}

/** A request that says nothing of it is reached from where its feature calls are. */
function reachedFromOf(call: LlmCall, features: readonly LlmCall[]): ReportCall['reachedFrom'] {
  return call.reachedFrom === 'unknown' ? mostAttended(features.map((one) => one.reachedFrom)) : call.reachedFrom;
}

/** A request with what is known of the feature calls that lead to it: their cost, and the models that they choose for it. */
export function withCallers(
  request: ReportCall,
  features: readonly LlmCall[],
  place: (origin: Origin) => ReportPosition,
): ReportCall {
  const { model } = request;
  const isOpen = model.value === null && model.alternatives.length === 0;
  const alternatives = isOpen ? chosenBy(features, place) : model.alternatives;
  return { ...request, model: { ...model, alternatives }, calledFrom: calledFrom(features) };
}

/** Each model once, where the first of the calls names it, with the range over the costs of those that choose it. */
function chosenBy(
  features: readonly LlmCall[],
  place: (origin: Origin) => ReportPosition,
): readonly ReportModelAlternative[] {
  const chosen = features.flatMap(({ modelChoice }) => modelChoice.alternatives);
  const byModel = Map.groupBy(chosen, ({ name, provider }) => `${provider} ${name}`);
  return [...byModel.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const cost = eitherRange(same.flatMap((one) => one.cost ?? []));
    const decidedBy = first.decidedBy === 'declared' ? first.decidedBy : 'caller';
    return [reportAlternative({ ...first, decidedBy, share: null, cost }, place)];
  });
}

/** The feature calls that lead to a request; null where there are none. */
export function calledFrom(features: readonly LlmCall[]): ReportCall['calledFrom'] {
  if (features.length === 0) return null;
  const costs = features.flatMap(({ cost: { perCall } }) =>
    perCall === null || perCall.basis === 'unknown' ? [] : [perCall],
  );
  const perCall = eitherRange(costs);
  return { count: features.length, perCall: perCall && inDollars(perCall) };
}

/** A call as the report has it, but for the calls around it; `place` says where in its file an origin is. */
export function reportCall(call: LlmCall, place: (origin: Origin) => ReportPosition): ReportCall {
  return {
    id: call.id,
    ...place(call.origin),
    function: call.function,
    isTest: call.isTest,
    via: call.via.map((hop) => reportHop(hop, place)),
    leadsTo: call.leadsTo.map((end) => ({ ...reportHop(end, place), call: null })),
    leadsToMore: call.leadsToMore,
    receiver: call.receiver,
    calledFrom: null,
    sdk: call.sdk,
    provider: call.provider,
    api: call.api,
    family: call.family,
    model: {
      value: call.model.value,
      source: call.model.source,
      hint: call.model.hint,
      alternatives: call.modelChoice.alternatives.map((one) => reportAlternative(one, place)),
      open: call.modelChoice.isOpen,
    },
    outputLimit: { state: call.outputLimit.state, tokens: call.outputLimit.tokens },
    system: call.system,
    cache: call.cache,
    streaming: call.streaming,
    structured: call.output.isStructured,
    loop: { lexical: call.loop.lexical, purpose: call.loop.purpose, viaCaller: call.loop.viaCaller },
    tokens: {
      input: call.tokens.input,
      output: call.tokens.output,
      sections: call.sections.map(({ role, stability, tokens }) => ({ role, stability, ...tokens })),
    },
    aboveContext: call.aboveContext,
    providerTools: call.toolFees.map(({ name, fee, perUse, maxUses }) => ({
      name,
      fee,
      perUse: perUse === null ? null : toDollars(perUse),
      maxUses,
    })),
    media: call.media.map(({ kind, tokens }) => ({ kind, ...tokens })),
    reachedFrom: call.reachedFrom,
    multiplier: call.multiplier && { ...call.multiplier.count, formula: call.multiplier.formula },
    cost: {
      perCall: call.cost.perCall && inDollars(call.cost.perCall),
      perMonth: call.cost.perMonth && inDollars(call.cost.perMonth),
      perStep: call.cost.perStep && inDollars(call.cost.perStep),
      perRun: call.cost.perRun && inDollars(call.cost.perRun),
      units: call.cost.units && {
        ...call.cost.units,
        price: call.cost.units.price && inDollars(call.cost.units.price),
      },
      currency: 'USD',
    },
    measured: call.measured && reportMeasured(call.measured),
  };
}

function reportHop({ origin, function: name }: Hop, place: (origin: Origin) => ReportPosition): ReportHop {
  const { path, line } = place(origin);
  return { path, line, function: name };
}

function reportAlternative(
  { name, provider, decidedBy, origin, setting, share, price, cost }: ModelAlternative,
  place: (origin: Origin) => ReportPosition,
): ReportModelAlternative {
  const where = setting ?? (origin === null ? null : place(origin));
  return {
    name,
    provider,
    decidedBy,
    where: where && { path: where.path, line: where.line },
    share,
    price: price && { input: perMillion(price.input), output: perMillion(price.output) },
    perCall: cost && inDollars(cost),
  };
}

/** Nano-dollars per token are dollars per billion tokens. */
function perMillion(rate: number | null): number | null {
  return rate === null ? null : rate / 1000;
}

/** A range of nano-dollars in dollars. */
export function inDollars({ low, expected, high, basis }: Range): Range {
  return { low: toDollars(low), expected: toDollars(expected), high: toDollars(high), basis };
}
