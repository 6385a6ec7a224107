/**
 * The key of a request: its tenant, the provider and address, and everything that affects the answer. Two requests have
 * the same key only if they can share an answer.
 */
import { LRUCache } from 'lru-cache';
import type { Exchange } from '../../core/pipeline.ts';
import { withoutSecretParameters } from '../../core/secrets.ts';
import type { JsonObject } from '../../support/json-body.ts';
import type { RequestFacts } from '../../wire/codec.ts';
import { canonicalText } from './canonical.ts';
import { digest } from './digest.ts';

/** Headers that change an API's behaviour. */
const TELLING_HEADERS = ['anthropic-version', 'anthropic-beta', 'openai-beta', 'x-goog-api-client-features'];
/** Texts seen before skip canonicalisation: most programs write a request in only one way. */
const MOST_REMEMBERED = 10_000;

export interface Keys {
  /** The tenant, the provider and the address, as text that no two tenants share. */
  readonly placeOf: (exchange: Exchange) => string;
  /**
   * The same for equal requests: 256 bits in hexadecimal. Null if the answer depends on more than the request, and may
   * differ the next time.
   */
  readonly keyOf: (exchange: Exchange) => string | null;
  /** The same, in a third of the time for a text that was seen before, and in half as much again for a new one. */
  readonly rememberedKeyOf: (exchange: Exchange) => string | null;
}

/** @param shapingOf what configuration changes in a feature's requests after the cache: the model, the output limit */
export function createKeys(shapingOf: (feature: string | null) => string): Keys {
  const remembered = new LRUCache<string, { readonly key: string | null }>({ max: MOST_REMEMBERED });
  const placeOf = ({ codec, url, context, provider, headers }: Exchange): string =>
    // A list as JSON, so that no value can extend into the next.
    JSON.stringify([
      context.tenant,
      shapingOf(context.feature),
      provider,
      codec.cacheUrl(withoutSecretParameters(url)),
      ...TELLING_HEADERS.map((name) => headers.get(name)),
    ]);
  const keyOf = (exchange: Exchange): string | null => {
    const { codec, payload } = exchange;
    if (payload.json === null || !isSelfContained(payload.json, exchange.facts)) return null;
    // A request that nests too deeply to be parsed is only equal to the very same text.
    const canonical = canonicalOf(payload.json, codec.withoutEffect) ?? payload.text;
    return digest(`${placeOf(exchange)}\n${canonical}`);
  };
  return {
    placeOf,
    keyOf,
    rememberedKeyOf: (exchange) => {
      const written = digest(`${placeOf(exchange)}\n${exchange.payload.text}`);
      let known = remembered.get(written);
      if (known === undefined) {
        known = { key: keyOf(exchange) };
        remembered.set(written, known);
      }
      return known.key;
    },
  };
}

/** False if the request depends on state at the provider (stored prompts, searches, files), or changes it. */
function isSelfContained({ store, background }: JsonObject, { unbounded }: RequestFacts): boolean {
  return store !== true && background !== true && unbounded.length === 0;
}

/** Null for a request that nests too deeply. */
function canonicalOf(json: JsonObject, without: ReadonlySet<string>): string | null {
  try {
    return canonicalText(json, without);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
