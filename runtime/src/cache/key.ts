/**
 * The key of a request among all requests: its tenant, who is asked and where, and everything that changes the answer.
 * Two requests have one key only if either's answer would do for the other.
 */
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { JsonObject } from '../payload.ts';
import type { Exchange } from '../pipeline.ts';
import { withoutSecretParameters } from '../secrets.ts';
import { canonicalJson } from './canonical.ts';

/** Headers that switch an API's behaviour. */
const TELLING_HEADERS = ['anthropic-version', 'anthropic-beta', 'openai-beta', 'x-goog-api-client-features'];
/** Texts that were sent before skip the canonical form: most programs write a request in one way only. */
const MOST_REMEMBERED = 10_000;

export interface Keys {
  /** Who asks, who is asked, and where: as text that no two tenants share. */
  readonly placeOf: (exchange: Exchange) => string;
  /** The same for equal requests: in hexadecimal, 256 bits. */
  readonly keyOf: (exchange: Exchange) => string;
}

/** @param shapingOf what configuration makes of a feature's requests after the cache: the model, the output limit */
export function createKeys(shapingOf: (feature: string | null) => unknown): Keys {
  const remembered = new LRUCache<string, string>({ max: MOST_REMEMBERED });
  const placeOf = ({ codec, url, context, provider, headers }: Exchange): string =>
    // A list as JSON: no value can reach over into the next.
    JSON.stringify([
      context.tenant,
      shapingOf(context.feature),
      provider,
      codec.cacheUrl(withoutSecretParameters(url)),
      ...TELLING_HEADERS.map((name) => headers.get(name)),
    ]);
  return {
    placeOf,
    keyOf: (exchange) => {
      const { codec, payload } = exchange;
      const place = placeOf(exchange);
      const written = sha256(`${place}\n${payload.text}`);
      let key = remembered.get(written);
      if (key === undefined) {
        key = canonicalKey(place, payload.json, codec.withoutEffect) ?? written;
        remembered.set(written, key);
      }
      return key;
    },
  };
}

/** Null for a request that nests too deeply to be read again: then only its very text is equal to it. */
function canonicalKey(place: string, json: JsonObject, withoutEffect: ReadonlySet<string>): string | null {
  try {
    return sha256(`${place}\n${canonicalJson(json, withoutEffect)}`);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
