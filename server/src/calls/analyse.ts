/** Every call site of a module as an `LlmCall`: found, read, counted and priced. */
import { type CallSite, callSiteId } from '@farthing/shared/callsite';
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { Evaluator } from '../evaluate/evaluator.ts';
import type { CallRecord, ModuleScope } from '../evaluate/scopes/scope.ts';
import type { Origin } from '../ir/origin.ts';
import type { MeasuredCalls } from '../measured/measured-calls.ts';
import type { Registry } from '../sdks/registry.ts';
import type { SdkCall } from '../sdks/trail-result.ts';
import type { Walker } from '../sdks/walk.ts';
import { argumentOf } from './argument.ts';
import type { CallCore, Hop, LlmCall } from './call.ts';
import type { SentText } from './caller-loop.ts';
import { candidatesOf, type DeclaredForCall } from './candidates.ts';
import { reachedFrom } from './context/reached-from.ts';
import type { Assumptions } from './estimate/estimate.ts';
import { type CommonInput, estimateModels } from './estimate/estimate-models.ts';
import type { EstimationLog } from './estimate/estimation.ts';
import { asMeasured, measurementOf, withMeasured } from './estimate/measured-figures.ts';
import { labelsOfSchema } from './facts/answer-labels.ts';
import { textCountOf, textsIn } from './facts/embedded-texts.ts';
import { type CodeFact, readFacts } from './facts/fact.ts';
import { CallFinder, type FoundCall } from './find.ts';
import { loopOf } from './loop.ts';
import { statedIn } from './model-alternatives.ts';
import { costPerRun } from './multiplier/factor.ts';
import { readMultiplier } from './multiplier/multiplier.ts';
import { withSeller } from './payer.ts';
import { holdsCacheMarker } from './prompt/cache-markers.ts';
import { isOneText } from './prompt/one-text.ts';
import type { Prompt } from './prompt/parts.ts';
import { readPrompt, systemState } from './prompt/read.ts';
import { isThinking, reasoningSwitch } from './prompt/reasoning.ts';
import { fillTemplates } from './prompt/template-holes.ts';
import { toolChoiceOf } from './prompt/tools.ts';
import {
  isTierOpen,
  mayHave,
  mayHaveMessages,
  mayHavePrompt,
  modelOf,
  outputLimitOf,
  outputShapeOf,
  roleOf,
  schemaOf,
  streamingOf,
  tierOf,
  toolsOf,
  wantedOf,
} from './request.ts';
import { isTestCode } from './test-code.ts';
import { testedNames } from './tested-names.ts';

export interface AnalysisContext {
  readonly evaluator: Evaluator;
  readonly walker: Walker;
  readonly catalogue: Catalogue;
  readonly assumptions: Assumptions;
  /** The path that the report uses: POSIX, relative to the scanned root. */
  readonly relativePath: (path: string) => string;
  /** The path that the call's id uses: POSIX, relative to the project's root, whatever part of it is scanned. */
  readonly idPath: (path: string) => string;
  /** Calls per month that a comment or the configuration declares; null if neither does. */
  readonly callsPerMonth: (call: CallMarks) => number | null;
  /** The models that the configuration declares for a call whose code leaves it open; null if it declares none. */
  readonly declaredModels: (call: CallMarks) => DeclaredForCall | null;
  /** What was measured of calls; missing where nothing was. */
  readonly measured?: MeasuredCalls | undefined;
  /** Additional facts about the code that the enabled rules need. */
  readonly facts: readonly CodeFact<unknown>[];
  /** Keeps what the figures of each call were computed from; missing where nobody asks for it. */
  readonly estimations?: EstimationLog | undefined;
}

/** The criteria by which a configuration selects calls. */
export interface CallMarks {
  readonly id: string;
  readonly function: string | null;
  readonly origin: Origin;
  readonly provider: ProviderName;
}

/** The requests in the module at `path`, in the order of the code. */
export function analyseModule(path: string, context: AnalysisContext): readonly LlmCall[] {
  const idOf = createIds(context.idPath(path));
  return requestsIn(path, context).map((found) => {
    const site = { function: found.record.scope.qualifiedName, sdk: found.call.sdk.name, api: found.call.call.api };
    return readCall(found, { at: found, via: [], id: idOf(site) }, context);
  });
}

const finders = new WeakMap<ModuleScope, CallFinder>();

/** The finder of a module's paid calls, the same each time. */
export function finderOf(module: ModuleScope, { evaluator, walker }: Pick<AnalysisContext, 'evaluator' | 'walker'>) {
  const known = finders.get(module);
  if (known) return known;
  const finder = new CallFinder(module, evaluator, walker);
  finders.set(module, finder);
  return finder;
}

export function requestsIn(path: string, context: AnalysisContext): readonly FoundCall[] {
  const module = context.evaluator.module(path);
  return module === null ? [] : finderOf(module, context).find();
}

/** Ids of call sites of the file at `path`: equal sites are counted in the order of the code. */
export function createIds(path: string): (site: Omit<CallSite, 'path' | 'ordinal'>) => string {
  const ordinals = new Map<string, number>();
  return (site) => {
    const key = JSON.stringify([site.function, site.sdk, site.api]);
    const ordinal = ordinals.get(key) ?? 0;
    ordinals.set(key, ordinal + 1);
    return callSiteId({ ...site, path, ordinal });
  };
}

/** Where a call stands: the request itself, or the feature call that leads to it. */
export interface CallPlace {
  readonly at: Pick<FoundCall, 'record' | 'callee'>;
  readonly via: readonly Hop[];
  /** Of a feature call: the calls of `via`, from the request outwards. */
  readonly within?: readonly CallRecord[];
  /** Of a feature call: true if it may lead to requests besides those that are read. */
  readonly leadsToMore?: boolean;
  readonly id: string;
  /** Of a feature call that is read over several requests: the request's number. Default: 0. */
  readonly index?: number;
}

/** What a request says, as the call at `place` sends it. */
export function readCall(
  found: FoundCall,
  { at, via, within = [], leadsToMore = false, id, index = 0 }: CallPlace,
  context: AnalysisContext,
): LlmCall {
  const { record, callee } = at;
  const call = withSeller(found.call, () => testedNames(found.record), context.catalogue);
  context.evaluator.startQuery();
  const module = record.scope.module;
  const { path, text } = module.loaded;
  const origin: Origin = { path, start: record.node.start, end: record.node.end };
  const methodStart = callee.kind === 'member' ? callee.propertyStart : callee.start;
  const sourceOf = (where: Origin) =>
    context.evaluator.module(where.path)?.loaded.text.slice(where.start, where.end) ?? text.slice(0, 0);
  const prompt = promptOf(call, sourceOf);
  const isSystemOpen = mayHave(call, 'system') && !roleOf(call, 'system');
  const isOpen = prompt.isOpen || mayHaveMessages(call) || isSystemOpen || mayHavePrompt(call);
  const mayHoldSystem = prompt.mayHoldSystem || mayHaveMessages(call);
  const { host } = context.evaluator;
  const model = modelOf(call, origin, (wanted, reader) => statedIn(host, reader ?? path, wanted));
  const modelRole = roleOf(call, 'model');
  const named = modelRole === null || via.length > 0 ? null : argumentOf(record.node, modelRole);
  // What hands the method on to another function (`to_thread(client.create, ...)`) has other positions for its arguments.
  const referenced = callee === record.node.callee ? null : origin;
  const outputLimit = outputLimitOf(call, module.loaded.node.language);
  const functionName = record.scope.qualifiedName;
  const marks = { id, function: functionName, origin, provider: call.provider };
  const use = context.measured?.of(id) ?? null;
  const declared = context.callsPerMonth(marks);
  const callsPerMonth = declared ?? use?.requestsPerMonth ?? null;
  const candidates = candidatesOf(call, model, context.declaredModels(marks), leadsToMore, context);
  const volume = { callsPerMonth, volumeBasis: declared === null ? 'measured' : 'declared' } as const;
  const asked = askedOf(call, { outputLimit, prompt: { ...prompt, isOpen }, ...volume, sourceOf }, context);
  const predicted = estimateModels(candidates, call.provider, asked);
  const measured = use && measurementOf(use, predicted, candidates, { ...origin, text });
  // A change is taken apart by what the figures are computed from.
  const isTakenApart = context.estimations !== undefined;
  const input = measured === null ? asked : asMeasured(asked, measured, isTakenApart);
  const estimated = measured === null ? predicted : estimateModels(candidates, call.provider, input);
  const { sections, aboveContext, media, toolFees, alternatives } = estimated;
  const ran = { isAgent: call.call.family === 'agent', hasFees: toolFees.length > 0 };
  const { tokens, cost } = measured === null || isTakenApart ? estimated : withMeasured(estimated, measured, ran);
  const isTest = isTestCode(context.relativePath(path), module.imports);
  const loop = loopOf(record, sentBy(call, sourceOf), context.evaluator);
  const { byCaller } = loop;
  const multiplier = readMultiplier({ call, records: [...within, record], byCaller }, context.evaluator);
  context.estimations?.note(id, index, { candidates, provider: call.provider, asked: input, multiplier });
  const core: CallCore = {
    id,
    origin,
    methodOrigin: { path, start: methodStart, end: callee.end },
    function: functionName,
    via,
    leadsTo: [],
    leadsToMore: false,
    receiver: 'known',
    sdk: call.sdk.name,
    provider: call.provider,
    api: call.call.api,
    family: call.call.family,
    model: { value: model.value, source: model.source, hint: model.hint, origin: model.origin },
    modelChoice: { alternatives, isOpen: candidates.isOpen },
    modelArgument: named === null ? null : { path, start: named.start, end: named.end },
    outputLimit,
    sections,
    system: systemState(prompt, isSystemOpen || (mayHoldSystem && call.call.isSystemSeparate !== true)),
    cache: isCacheMarked(call),
    streaming: streamingOf(call),
    output: outputShapeOf(call, prompt.usesImages),
    loop: loop.context,
    reachedFrom: reachedFrom(record, context.relativePath(path), isTest),
    multiplier,
    tier: tierOf(call),
    tokens,
    aboveContext,
    toolFees,
    media,
    cost: { ...cost, perRun: costPerRun(cost.perStep ?? cost.perCall, multiplier) },
    callsPerMonth,
    measured,
    isTest,
  };
  const facts = readFacts(context.facts, {
    call: core,
    sdkCall: call,
    record,
    between: within.slice(1),
    inLoop: byCaller?.record ?? null,
    registry: context.walker.registry,
    evaluator: context.evaluator,
    referenced,
    relativePath: context.relativePath(path),
    sourceOf,
    buildsOnEarlierRounds: loop.buildsOnEarlierRounds,
  });
  return { ...core, facts };
}

/** What the request asks for, whatever its model. */
function askedOf(
  call: SdkCall,
  read: Pick<CommonInput, 'outputLimit' | 'prompt' | 'callsPerMonth' | 'volumeBasis' | 'sourceOf'>,
  { walker, assumptions }: AnalysisContext,
): CommonInput {
  const schema = schemaOf(call);
  const reasoning = roleOf(call, 'reasoning')?.value ?? null;
  return {
    ...read,
    family: call.call.family,
    api: call.call.api,
    tools: toolsOf(call),
    toolChoice: toolChoiceOf(roleOf(call, 'toolChoice')?.value ?? null),
    schema,
    ...wantedOf(call),
    isThinking: isThinking(reasoning, call.call.api),
    reasoning: reasoningSwitch(reasoning),
    isLabel: isLabelled(schema, walker.registry),
    isSentAsIs: call.call.sendsPromptAsIs === true && roleOf(call, 'messages') === null,
    hasNoAnswer: call.call.hasNoAnswer === true,
    sendsPictures: roleOf(call, 'pictures') !== null,
    hasStoredContext: roleOf(call, 'context') !== null || call.call.keepsContext === true,
    tier: tierOf(call),
    isTierOpen: isTierOpen(call),
    assumptions,
  };
}

/** What the call says, with the holes of its templates. */
function promptOf(call: SdkCall, sourceOf: (origin: Origin) => string): Prompt {
  const roles = (['system', 'messages', 'prompt'] as const).map((role) => roleOf(call, role));
  const [system, messages, text] = roles;
  const isText = messages != null && text == null && isOneText(messages, sourceOf);
  const read = readPrompt({
    system: system?.value ?? null,
    messages: isText ? null : (messages?.value ?? null),
    prompt: (isText ? messages : text)?.value ?? null,
  });
  // Only its name says that it is one.
  const prompt = isText ? { ...read, mayHoldSystem: true } : read;
  const hasTemplate = roles.some((role) => role?.isTemplate === true);
  return hasTemplate ? fillTemplates(prompt, roleOf(call, 'variables')?.value ?? null) : prompt;
}

/** True if a schema limits the whole answer to a few values. */
function isLabelled(schema: ReturnType<typeof schemaOf>, registry: Registry): boolean {
  return schema !== null && (labelsOfSchema(schema.value, registry)?.length ?? 0) > 1;
}

/** The text that a caller's loop is compared with. */
function sentBy(call: SdkCall, sourceOf: (origin: Origin) => string): SentText {
  return {
    values: (['system', 'messages', 'prompt'] as const).flatMap((role) => roleOf(call, role)?.value ?? []),
    inputs: textCountOf(call, sourceOf),
    count: (value) => textsIn(value, sourceOf),
  };
}

function isCacheMarked(call: SdkCall): boolean {
  if (roleOf(call, 'cache')) return true;
  return (['system', 'messages', 'prompt', 'tools', 'model'] as const).some((role) => {
    const value = roleOf(call, role)?.value;
    return value !== undefined && holdsCacheMarker(value);
  });
}
