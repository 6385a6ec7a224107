/** From a recognised call's roles to what it says about its model, limit, streaming and output. */

import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { AnswerSchema } from '@farthing/shared/tokens/request';
import { UNIT_SETTINGS, type UnitSetting } from '@farthing/shared/units';
import type { ModelSource } from '@farthing/shared/vocabulary';
import { alternativesOf, literalText } from '../evaluate/lattice.ts';
import type { UnknownReason, Value } from '../evaluate/values.ts';
import type { Origin } from '../ir/origin.ts';
import type { Role } from '../sdks/descriptor.ts';
import { preferredField, type RoleValue } from '../sdks/roles.ts';
import type { SdkCall } from '../sdks/trail-result.ts';
import type { LlmCall, ModelReference, OutputLimit, OutputShape } from './call.ts';
import type { Wanted } from './estimate/units.ts';
import { siteFor } from './facts/edit-targets.ts';
import {
  alternativesByProvider,
  defaultOf,
  modelAlternatives,
  type NamedModels,
  type SettingsOf,
} from './model-alternatives.ts';
import { reasoningSwitch } from './prompt/reasoning.ts';
import { NO_TOOLS, type ReadTools, readAnswerSchema, readTools } from './prompt/tools.ts';

const SOURCES: Readonly<Record<UnknownReason, ModelSource>> = {
  environment: 'env',
  parameter: 'parameter',
  configuration: 'config',
  request: 'request',
  item: 'parameter',
  volatile: 'unknown',
  response: 'request',
  opaque: 'unknown',
};

export type ModelName = Pick<ModelReference, 'value' | 'source' | 'hint' | 'origin'>;

/** The value of a role, or null if the call certainly has none. */
export function roleOf(call: SdkCall, role: Role): RoleValue | null {
  return call.roles.values.get(role) ?? null;
}

/** True if a value with unknown contents may set the role. */
export function mayHave(call: SdkCall, role: Role): boolean {
  return (call.roles.open.get(role) ?? []).length > 0;
}

/** True if a value with unknown contents may add messages to the request. */
export function mayHaveMessages(call: SdkCall): boolean {
  return mayHave(call, 'messages') && !(call.call.isPromptExclusive === true && isGiven(call, 'prompt'));
}

/** True if a value with unknown contents may add a prompt to the request. */
export function mayHavePrompt(call: SdkCall): boolean {
  return mayHave(call, 'prompt') && !(call.call.isPromptExclusive === true && isGiven(call, 'messages'));
}

function isGiven(call: SdkCall, role: Role): boolean {
  const found = roleOf(call, role);
  return found?.isCertain === true && !found.isReplaceable;
}

/** The model by itself; what it costs, and which others it may be, is found with the catalogue. */
export function modelOf(call: SdkCall, origin: Origin, settingsOf: SettingsOf): NamedModels & ModelName {
  const role = roleOf(call, 'model');
  if (!role) {
    const source = mayHave(call, 'model') ? 'unknown' : 'default';
    return { value: null, source, hint: null, origin: null, models: [], isOpen: true };
  }
  const { value } = role;
  const where = 'origin' in value ? value.origin : null;
  const found =
    role.choices === undefined
      ? modelAlternatives(value, settingsOf)
      : alternativesByProvider(role.choices, settingsOf);
  const { models } = found;
  const isOpen = found.isOpen || !role.isCertain || role.isReplaceable;
  const name = literalText(value) === null ? null : (models[0]?.name ?? null);
  if (name !== null && !isOpen) {
    return { value: name, source: sourceOfLiteral(role, where, origin), hint: null, origin: where, models, isOpen };
  }
  return { value: null, source: sourceOfUnknown(value, role), hint: defaultOf(found), origin: where, models, isOpen };
}

function sourceOfLiteral(role: RoleValue, where: Origin | null, call: Origin): ModelSource {
  if (role.from !== 'call') return 'constructor';
  const isInCall = where !== null && where.path === call.path && where.start >= call.start && where.end <= call.end;
  return isInCall ? 'literal' : 'constant';
}

function sourceOfUnknown(value: Value, role: RoleValue): ModelSource {
  for (const alternative of alternativesOf(value)) {
    if (alternative.kind === 'unknown')
      return alternative.hint && alternative.reason === 'opaque' ? 'default' : SOURCES[alternative.reason];
    if (alternative.kind === 'text') {
      const hole = alternative.segments.find((segment) => segment.kind === 'hole');
      if (hole?.kind === 'hole' && hole.value.kind === 'unknown') return SOURCES[hole.value.reason];
    }
  }
  return role.isReplaceable || !role.isCertain ? 'default' : value.kind === 'oneOf' ? 'config' : 'unknown';
}

export function outputLimitOf(call: SdkCall, language: 'typescript' | 'python'): OutputLimit {
  const role = roleOf(call, 'outputLimit');
  const isRequired = call.call.limit?.isRequired ?? false;
  const common = { parameter: limitParameter(call, language), isOptional: !isRequired };
  if (role) {
    const { value } = role;
    const tokens = value.kind === 'number' && role.isCertain && !role.isReplaceable ? value.value : null;
    return { state: 'present', tokens, origin: 'origin' in value ? value.origin : null, ...common };
  }
  const isOpen = mayHave(call, 'outputLimit');
  const state = !isOpen ? 'absent' : isRequired ? 'present' : 'unknown';
  return { state, tokens: null, origin: null, ...common };
}

/** The parameter that sets a limit in this API, for this provider's models. */
export function limitParameter(sdkCall: SdkCall, language: 'typescript' | 'python'): string | null {
  const { call, provider } = sdkCall;
  const older = call.limit?.older;
  if (older !== undefined && PROVIDER_TABLE[provider].takesCompletionTokens !== true) return older;
  return preferredField(siteFor(sdkCall, 'outputLimit') ?? call, 'outputLimit', language);
}

export function streamingOf(call: SdkCall): LlmCall['streaming'] {
  if (call.call.streaming !== undefined) return call.call.streaming;
  const role = roleOf(call, 'stream');
  if (!role) return mayHave(call, 'stream') ? 'parameter' : false;
  if (role.value.kind === 'boolean' && role.isCertain) return role.value.value;
  return 'parameter';
}

const TIERS: Readonly<Record<string, LlmCall['tier']>> = {
  default: 'standard',
  standard: 'standard',
  standard_only: 'standard',
  auto: 'standard',
  flex: 'flex',
  priority: 'priority',
  fast: 'priority',
  scale: 'priority',
  batch: 'batch',
};

export function tierOf(call: SdkCall): LlmCall['tier'] {
  if (call.call.tier !== undefined) return call.call.tier;
  const role = roleOf(call, 'tier');
  if (!role) return mayHave(call, 'tier') ? 'unknown' : 'standard';
  return TIERS[literalText(role.value) ?? ''] ?? 'unknown';
}

/** True if only options that are not known may set a tier. */
export function isTierOpen(call: SdkCall): boolean {
  return call.call.tier === undefined && roleOf(call, 'tier') === null && mayHave(call, 'tier');
}

export function outputShapeOf(call: SdkCall, usesImages: boolean): OutputShape {
  return {
    isStructured: roleOf(call, 'schema') !== null || call.call.isStructured === true,
    usesTools: roleOf(call, 'tools') !== null || mayHave(call, 'tools'),
    usesImages,
    usesReasoning: roleOf(call, 'reasoning') !== null || mayHave(call, 'reasoning'),
    reasoning: reasoningSwitch(roleOf(call, 'reasoning')?.value ?? null),
  };
}

/** The answers that one request asks for; null where a value that is not known says how many. */
function answersOf(call: SdkCall): number | null {
  const role = roleOf(call, 'count');
  if (role === null) return 1;
  return role.value.kind === 'number' && role.isCertain && !role.isReplaceable ? Math.max(1, role.value.value) : null;
}

/** What the request says of the pictures, sounds or videos that it wants. */
export function wantedOf(call: SdkCall): Wanted {
  const settings = UNIT_SETTINGS.flatMap((name): readonly [UnitSetting, string | null][] => {
    const role = roleOf(call, name);
    if (role === null) return mayHave(call, name) ? [[name, null]] : [];
    return [[name, role.isCertain && !role.isReplaceable ? literalText(role.value) : null]];
  });
  return { settings: Object.fromEntries(settings), answers: answersOf(call), seconds: secondsOf(call) };
}

function secondsOf(call: SdkCall): number | null | undefined {
  const role = roleOf(call, 'seconds');
  if (role === null) return mayHave(call, 'seconds') ? null : undefined;
  if (!role.isCertain || role.isReplaceable) return null;
  const written = role.value.kind === 'number' ? role.value.value : Number.parseFloat(literalText(role.value) ?? '');
  return written > 0 ? written : null;
}

/** The tools that the model may use, including those that run at the provider; null if the request has none. */
export function toolsOf(call: SdkCall): (ReadTools & { readonly value: Value }) | null {
  const value = roleOf(call, 'tools')?.value ?? null;
  const asked = roleOf(call, 'providerTools');
  const more = asked?.value ?? null;
  if (value === null && more === null) return null;
  const read = value === null ? NO_TOOLS : readTools(value);
  const atProvider =
    asked === null
      ? read.atProvider
      : [...read.atProvider, { name: asked.field.split('.').at(-1) ?? null, maxUses: null }];
  return { ...read, atProvider, value: value ?? (more as Value) };
}

/** The schema of the answer, as written and as read; null if there is none. */
export function schemaOf(call: SdkCall): { readonly value: Value; readonly read: AnswerSchema } | null {
  const value = roleOf(call, 'schema')?.value;
  const read = value === undefined ? null : readAnswerSchema(value);
  return value === undefined || read === null ? null : { value, read };
}
