/**
 * The key of a request among all requests: its tenant, who is asked and where, and everything that changes the answer.
 * Two requests have one key only if either's answer would do for the other.
 */
import { LRUCache } from 'lru-cache';
import type { Exchange } from '../../core/pipeline.ts';
import { withoutSecretParameters } from '../../core/secrets.ts';
import type { JsonObject } from '../../support/json-body.ts';
import type { RequestFacts } from '../../wire/codec.ts';
import { canonicalText } from './canonical.ts';
import { digest } from './digest.ts';

/** Headers that switch an API's behaviour. */
const TELLING_HEADERS = ['anthropic-version', 'anthropic-beta', 'openai-beta', 'x-goog-api-client-features'];
/** Texts that were sent before skip the canonical form: most programs write a request in one way only. */
const MOST_REMEMBERED = 10_000;

export interface Keys {
  /** Who asks, who is asked, and where: as text that no two tenants share. */
  readonly placeOf: (exchange: Exchange) => string;
  /**
   * The same for equal requests: in hexadecimal, 256 bits. Null where the answer rests on more than the request, and may
   * be another one the next time.
   */
  readonly keyOf: (exchange: Exchange) => string | null;
  /** The same, in a third of the time for a text that was seen before, and in half as much again for another. */
  readonly rememberedKeyOf: (exchange: Exchange) => string | null;
}

/** @param shapingOf what configuration makes of a feature's requests after the cache: the model, the output limit */
export function createKeys(shapingOf: (feature: string | null) => string): Keys {
  const remembered = new LRUCache<string, { readonly key: string | null }>({ max: MOST_REMEMBERED });
  const placeOf = ({ codec, url, context, provider, headers }: Exchange): string =>
    // A list as JSON: no value can reach over into the next.
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
    // What nests too deeply to be read again is equal only to its very text.
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

/** False for what rests on the provider's side (stored prompts, searches, files), and for what has effects there. */
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
