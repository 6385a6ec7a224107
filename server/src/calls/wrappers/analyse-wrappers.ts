/** Every feature call of a module as an `LlmCall`, and what the module contributes to the index of wrappers. */
import { hintedText, literalText } from '../../evaluate/lattice.ts';
import type { CallRecord, ModuleScope } from '../../evaluate/scopes/scope.ts';
import { type AnalysisContext, createIds, readCall, requestsIn } from '../analyse.ts';
import type { Hop, LlmCall } from '../call.ts';
import { outputLimitOf, roleOf } from '../request.ts';
import { isTestCode } from '../test-code.ts';
import { addressedFunctions } from './addressed-functions.ts';
import { calledName } from './called-name.ts';
import { exportedAddresses } from './exported-addresses.ts';
import { exportedObjects } from './exported-objects.ts';
import { settledCall } from './handed-over.ts';
import type { FeatureCall, Lifter } from './lift.ts';
import { mergeCalls, oneOfMore } from './merge.ts';
import type { Request } from './requests.ts';
import type { WrapperName } from './wrapper-index.ts';
import { featureCallsIn, mayUseOwnWrapper, noteWrappersIn } from './wrappers-in.ts';

/** What a module contributes to the index. */
export interface ModuleWrappers {
  readonly names: readonly WrapperName[];
  /** Names that were passed over on the way: a wrapper that is found under one of them may change the result. */
  readonly passedOver: readonly string[];
}

export interface FoundWrappers extends ModuleWrappers {
  /** Paths of the modules whose functions were followed, which are not always imported. */
  readonly modules: Iterable<string>;
}

export interface ModuleFeatures {
  /** In the order of the code. */
  readonly calls: readonly LlmCall[];
  readonly passedOver: readonly string[];
  readonly modules: Iterable<string>;
}

export const NO_WRAPPERS: FoundWrappers = { names: [], passedOver: [], modules: [] };
export const NO_FEATURES: ModuleFeatures = { calls: [], passedOver: [], modules: [] };

/** Requests that one feature call is read over: what they have in common shows by then. */
const MAX_READ = 8;

/** The module's wrappers, by its own requests and by the wrappers that are in the index. */
export function wrappersIn(path: string, context: AnalysisContext, lifter: Lifter): FoundWrappers {
  const module = productModule(path, context);
  if (module === null) return NO_WRAPPERS;
  const { passedOver, modules } = noteWrappersIn(module, recordsOf(path, context), lifter);
  return { names: lifter.index.namesOf(path), passedOver: [...passedOver], modules };
}

/** What the module makes for others; a module without requests contributes nothing else. */
export function objectsIn(path: string, context: AnalysisContext): readonly WrapperName[] {
  const module = productModule(path, context);
  if (module === null) return [];
  const { evaluator, walker } = context;
  return [
    ...exportedObjects(module, evaluator, walker),
    ...exportedAddresses(module),
    ...addressedFunctions(module, evaluator),
  ];
}

/** False if the module's feature calls do not depend on which of its own functions are wrappers. */
export function mayUseOwnWrapperIn(path: string, context: AnalysisContext, lifter: Lifter): boolean {
  const module = productModule(path, context);
  return module !== null && mayUseOwnWrapper(module, recordsOf(path, context), lifter);
}

/** The module's feature calls, by the wrappers that are in the index. */
export function featuresIn(path: string, context: AnalysisContext, lifter: Lifter): ModuleFeatures {
  const module = productModule(path, context);
  if (module === null) return NO_FEATURES;
  const { features, basis } = featureCallsIn(module, recordsOf(path, context), lifter);
  const idOf = createIds(context.idPath(path));
  const calls = features
    .toSorted((a, b) => a.record.node.start - b.record.node.start || b.record.node.end - a.record.node.end)
    .map((feature) => readFeature(feature, idOf, context));
  return { calls, passedOver: [...basis.passedOver], modules: basis.modules };
}

/** Null for tests as well: they call wrappers with texts that no user ever sends. */
function productModule(path: string, { evaluator, relativePath }: AnalysisContext): ModuleScope | null {
  const module = evaluator.module(path);
  return module === null || isTestCode(relativePath(path), module.imports) ? null : module;
}

function recordsOf(path: string, context: AnalysisContext): readonly CallRecord[] {
  return requestsIn(path, context).map(({ record }) => record);
}

function readFeature(
  { record, requests, isCut }: FeatureCall,
  idOf: ReturnType<typeof createIds>,
  context: AnalysisContext,
): LlmCall {
  const { callee } = record.node;
  const [{ found }] = requests as readonly [Request, ...Request[]];
  const { sdk, call } = found.call;
  // No function has a space in its name, so that the request in it has another id.
  const name = `${record.scope.qualifiedName ?? ''} via ${calledName(callee) ?? ''}`;
  const id = idOf({ function: name, sdk: sdk.name, api: call.api });
  const different = new Map(requests.map((request) => [settingsOf(request), request]));
  const leadsToMore = isCut || different.size > MAX_READ;
  const calls = [...different.values()].slice(0, MAX_READ).map((request, index) => {
    const found = { ...request.found, call: settledCall(request) };
    const { via, records: within } = request;
    return readCall(found, { at: { record, callee }, via, within, leadsToMore, id, index }, context);
  });
  const merged = mergeCalls(calls);
  return {
    ...(leadsToMore ? oneOfMore(merged) : merged),
    leadsTo: endsOf(requests),
    leadsToMore,
    receiver: requests.every(({ isAssumed }) => isAssumed) ? 'assumed' : 'known',
  };
}

/** Where the requests stand, each place once. */
function endsOf(requests: readonly Request[]): readonly Hop[] {
  const ends = requests.flatMap(({ via }) => via.at(-1) ?? []);
  return [...new Map(ends.map((end) => [`${end.origin.start} ${end.origin.path}`, end])).values()];
}

/** What requests with the same prompt may differ in. */
function settingsOf({ found: { call, record } }: Request): string {
  const model = roleOf(call, 'model')?.value;
  const limit = outputLimitOf(call, record.scope.module.loaded.node.language);
  return [call.provider, call.call.api, literalText(model) ?? hintedText(model), limit.state, limit.tokens].join(' ');
}
