/**
 * The names of OpenTelemetry's GenAI conventions, as of semantic-conventions 1.45. They are still changing, so they
 * appear only in this file. https://opentelemetry.io/docs/specs/semconv/gen-ai/
 */
import { providerNamed } from '@farthing/shared/providers/index';
import type { CallResult } from '../core/call-result.ts';

export const OPERATION = 'gen_ai.operation.name';
export const PROVIDER = 'gen_ai.provider.name';
export const REQUEST_MODEL = 'gen_ai.request.model';
export const RESPONSE_MODEL = 'gen_ai.response.model';
export const INPUT_TOKENS = 'gen_ai.usage.input_tokens';
export const OUTPUT_TOKENS = 'gen_ai.usage.output_tokens';
export const CACHE_READ_TOKENS = 'gen_ai.usage.cache_read.input_tokens';
export const CACHE_WRITE_TOKENS = 'gen_ai.usage.cache_creation.input_tokens';
export const TOKEN_TYPE = 'gen_ai.token.type';
export const USER = 'user.id';
export const SESSION = 'session.id';
export const ERROR_TYPE = 'error.type';
export const TOKEN_USAGE_METRIC = 'gen_ai.client.token.usage';
export const DURATION_METRIC = 'gen_ai.client.operation.duration';

/** Not in the conventions, but tools that show costs read this name. In dollars. */
export const USAGE_COST = 'gen_ai.usage.cost';

/** Attributes for which the conventions have no name. Money is in dollars. */
export const COST = 'farthing.cost.usd';
export const COST_BASIS = 'farthing.cost.basis';
export const SAVED = 'farthing.saved.usd';
/** Tokens of a reused answer: no provider counted them for this call. */
export const REUSED_INPUT_TOKENS = 'farthing.reused.input_tokens';
export const REUSED_OUTPUT_TOKENS = 'farthing.reused.output_tokens';
export const ORIGIN = 'farthing.origin';
export const FEATURE = 'farthing.feature';
export const TENANT = 'farthing.tenant';
export const TEAM = 'farthing.team';
export const TAGS = 'farthing.tags';
export const CALL_SITE = 'farthing.call_site';
export const ATTEMPTS = 'farthing.attempts';

const OPERATIONS: Readonly<Record<string, string>> = {
  'openai-embeddings': 'embeddings',
  gemini: 'generate_content',
};

export function operationOf({ endpoint }: Pick<CallResult, 'endpoint'>): string {
  return OPERATIONS[endpoint] ?? 'chat';
}

/** The conventions' name of a provider, if they have one. */
export function providerName(provider: string): string {
  return providerNamed(provider)?.telemetryName ?? provider;
}
