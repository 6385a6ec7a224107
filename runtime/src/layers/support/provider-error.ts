/** The error that a provider answers with, whatever form it has: its codes, its message, and how long to wait. */
import type { Reply } from '../../core/pipeline.ts';
import { asArray, asObject, asString, type JsonObject, parseObject } from '../../support/json-body.ts';

export interface ProviderError {
  /** What names the error for programs: `code`, `type`, `status` and the like, as they stand. */
  readonly codes: readonly string[];
  /** Empty if there is none. */
  readonly message: string;
  /** Milliseconds after which the provider says that a retry may succeed; null if it does not say. */
  readonly retryDelay: number | null;
}

const decoder = new TextDecoder();
const NAMES = ['code', 'type', 'status', '__type'] as const;

/** Null for an answer that is not an error, or whose body is not JSON. */
export function providerError({ status, body }: Pick<Reply, 'status' | 'body'>): ProviderError | null {
  if (status < 400 || !(body instanceof Uint8Array)) return null;
  const text = decoder.decode(body);
  // Gemini's streaming address answers with an array of one error.
  const json = parseObject(text) ?? firstOf(text);
  if (json === null) return null;
  const error = asObject(json.error) ?? json;
  const inner = asObject(error.innererror);
  const message = asString(error.message) ?? asString(json.error) ?? asString(json.detail) ?? '';
  return {
    codes: [json, error, inner].flatMap((each) => (each === null ? [] : namesIn(each))),
    message,
    retryDelay: retryDelayIn(error),
  };
}

function firstOf(text: string): JsonObject | null {
  return asObject(asArray(parseObject(`{"list":${text}}`)?.list)[0]);
}

function namesIn(error: JsonObject): readonly string[] {
  return NAMES.map((name) => asString(error[name])).filter((name) => name !== null);
}

/** `google.rpc.RetryInfo`, whose delay is a text such as `34.074s`. https://google.aip.dev/193 */
function retryDelayIn({ details }: JsonObject): number | null {
  for (const detail of asArray(details)) {
    const { '@type': type, retryDelay } = asObject(detail) ?? {};
    if (asString(type)?.endsWith('google.rpc.RetryInfo') !== true) continue;
    const [, seconds] = /^(\d+(?:\.\d+)?)s$/.exec(asString(retryDelay) ?? '') ?? [];
    if (seconds !== undefined) return Math.ceil(Number(seconds) * 1000);
  }
  return null;
}
