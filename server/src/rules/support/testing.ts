/** Helpers for the tests of rules: a call that no rule reports, a small catalogue, and one way to run a rule. */
import type { Catalogue, Model, Price } from '@farthing/shared/catalogue/catalogue';
import type { Language } from '@farthing/shared/language';
import { exactly as exact, type Range } from '@farthing/shared/range';
import { NO_PRICE } from '@farthing/shared/rates';
import type { Basis, SectionRole, Severity, Stability } from '@farthing/shared/vocabulary';
import type { CallerLoop, LlmCall, LoopContext, PromptSection, PromptSegment } from '../../calls/call.ts';
import { indexCalls } from '../../calls/index-calls.ts';
import type { Origin } from '../../ir/origin.ts';
import type { CallContext, CallRule, Finding } from '../rule.ts';

export const CALL_ORIGIN: Origin = { path: '/app/answer.ts', start: 100, end: 200 };
export const MODEL_ORIGIN: Origin = { path: '/app/answer.ts', start: 120, end: 130 };
export const LOOP_ORIGIN: Origin = { path: '/app/answer.ts', start: 80, end: 220 };
export const NOW = new Date('2026-11-22T10:00:00Z');

export function exactly(value: number, basis: Basis = 'literal'): Range {
  return exact(value, basis);
}

/** Literal text of the given length in tokens. */
export function stable(tokens: number, text = 'Be helpful.'): PromptSegment {
  return { stability: 'stable', text, tokens: exactly(tokens), origin: null, expression: null };
}

/** A hole in the text: `varying` differs by input, `volatile` at every call. */
export function hole(stability: Exclude<Stability, 'stable'>, expression: string): PromptSegment {
  return { stability, text: null, tokens: exactly(20, 'assumed'), origin: MODEL_ORIGIN, expression };
}

export function section(role: SectionRole, ...segments: readonly PromptSegment[]): PromptSection {
  const worst = (['volatile', 'varying'] as const).find((stability) =>
    segments.some((one) => one.stability === stability),
  );
  const tokens = exactly(segments.reduce((sum, segment) => sum + segment.tokens.expected, 0));
  return { role, stability: worst ?? 'stable', segments, tokens, isCacheMarked: false };
}

export const NO_LOOP: LoopContext = {
  lexical: 'none',
  purpose: null,
  viaCaller: false,
  items: null,
  origin: null,
  caller: null,
};

/** A loop over an unknown number of items. */
export const ITEMS_LOOP: LoopContext = { ...NO_LOOP, lexical: 'for', purpose: 'items', origin: LOOP_ORIGIN };

/** A loop at module level that calls the function for each of its items. */
export const ITEMS_CALLER: CallerLoop = {
  lexical: 'for',
  purpose: 'items',
  items: null,
  origin: LOOP_ORIGIN,
  call: { path: '/app/answer.ts', start: 90, end: 95 },
  function: null,
  inputs: 'unknown',
};

const FACTS: LlmCall['facts'] = {
  agentSteps: null,
  answerLabels: null,
  attemptsInCode: [],
  buildsOnEarlierRounds: false,
  cacheMarkings: [],
  conversationFront: null,
  embeddedTexts: { count: 'unknown', place: null },
  growingHistory: null,
  isUnattended: false,
  missingTimeout: null,
  oldLimit: null,
  paddedJson: [],
  retriedAround: [],
  steersLoop: false,
  unboundedText: null,
  untrackedStream: null,
  limitPlace: { target: { at: CALL_ORIGIN, position: 0, path: ['max_completion_tokens'] }, after: 'model' },
  sdkRetries: null,
  sentConversation: null,
  statedPrices: [],
};

/** One question in a function, with a limit, on a current model. Facts that are not in `changes` keep their values. */
export function testCall(changes: Partial<LlmCall> = {}): LlmCall {
  return {
    id: 'test',
    origin: CALL_ORIGIN,
    methodOrigin: CALL_ORIGIN,
    via: [],
    leadsTo: [],
    leadsToMore: false,
    receiver: 'known',
    function: 'answer',
    sdk: 'openai',
    provider: 'openai',
    api: 'chat.completions',
    family: 'text',
    model: { value: 'large', source: 'literal', hint: null, origin: MODEL_ORIGIN },
    modelChoice: { alternatives: [], isOpen: false },
    modelArgument: MODEL_ORIGIN,
    outputLimit: {
      state: 'present',
      tokens: 800,
      origin: null,
      parameter: 'max_completion_tokens',
      isOptional: true,
    },
    sections: [section('system', stable(40)), section('user', hole('varying', 'question'))],
    system: 'static',
    isTest: false,
    cache: false,
    streaming: false,
    output: { isStructured: false, usesTools: false, usesImages: false, usesReasoning: false, reasoning: null },
    reachedFrom: 'unknown',
    multiplier: null,
    loop: NO_LOOP,
    tier: 'standard',
    tokens: { input: exactly(60, 'assumed'), output: exactly(300, 'assumed') },
    cost: { perCall: exactly(3_120_000, 'assumed'), perMonth: null, perStep: null, perRun: null, units: null },
    aboveContext: null,
    toolFees: [],
    media: [],
    callsPerMonth: null,
    measured: null,
    ...changes,
    facts: { ...FACTS, ...changes.facts },
  };
}

/** Dollars per million tokens; null is unknown. */
export function price(input: number | null, output: number | null, cacheRead?: number, cacheWrite?: number): Price {
  const rate = (dollars: number | null | undefined) => (dollars == null ? null : Math.round(dollars * 1_000));
  return {
    ...NO_PRICE,
    input: rate(input),
    output: rate(output),
    cacheRead: rate(cacheRead),
    cacheWrite: rate(cacheWrite),
  };
}

export function testModel(changes: Partial<Model> = {}): Model {
  const provenance = { source: 'a page of the provider', asOf: '2026-11-01' };
  return {
    id: 'large',
    provider: 'openai',
    price: price(2, 10, 0.2),
    tiers: [],
    priceProvenance: provenance,
    priceUntil: null,
    fees: {},
    units: [],
    contextWindow: 400_000,
    maxOutput: 128_000,
    cacheMinimum: 1_024,
    cacheMode: 'automatic',
    batchFactor: 0.5,
    flexFactor: 0.5,
    priorityFactor: 2,
    residencyFactor: null,
    generation: null,
    retirement: null,
    capabilities: { tools: true, vision: true, structuredOutput: true, reasoning: false },
    tokenizer: 'o200k',
    family: 'text',
    provenance,
    ...changes,
  };
}

export const SMALL = testModel({ id: 'small', price: price(0.1, 0.5, 0.01) });

export function testCatalogue(...models: readonly Model[]): Catalogue {
  return {
    provenance: { source: 'test', asOf: '2026-11-22' },
    find: (provider, id) => models.find((model) => model.id === id && model.provider === provider) ?? null,
    models: (provider) => models.filter((model) => provider === undefined || model.provider === provider),
  };
}

/** A finding in one language, as a reader sees it. */
export interface Told {
  readonly message: string;
  readonly origin: Origin;
  readonly severity?: Severity;
  readonly related?: readonly { readonly origin: Origin; readonly message: string }[];
}

/**
 * The findings of `rule` at `call`, without fixes. The catalogue contains `large` and `small` unless the context says
 * otherwise.
 */
export function check<Data>(
  rule: CallRule<Data>,
  call: LlmCall,
  context: Partial<CallContext> = {},
  language: Language = 'en',
): readonly Told[] {
  return findingsOf(rule, call, context).map(({ data, origin, severity, related }) => ({
    message: rule.message[language](data),
    origin,
    ...(severity === undefined ? {} : { severity }),
    ...(related === undefined
      ? {}
      : { related: related.map(({ text, ...place }) => ({ ...place, message: text[language] })) }),
  }));
}

/** The saving per call from fixing each finding, in nano-dollars. */
export function savings<Data>(
  rule: CallRule<Data>,
  call: LlmCall,
  context: Partial<CallContext> = {},
): readonly (Range | null)[] {
  return findingsOf(rule, call, context).map(({ data }) => rule.saving?.(data) ?? null);
}

export function findingsOf<Data>(
  rule: CallRule<Data>,
  call: LlmCall,
  context: Partial<CallContext> = {},
): readonly Finding<Data>[] {
  const model = testModel();
  const alone = { model, catalogue: testCatalogue(model, SMALL), index: indexCalls([call]) };
  return [...rule.check(call, { ...testContext(), ...alone, ...context })];
}

export function testContext(): CallContext {
  return { catalogue: testCatalogue(), model: null, now: NOW, index: indexCalls([]) };
}
