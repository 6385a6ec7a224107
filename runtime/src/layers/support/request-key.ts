/**
 * The key of a request: its tenant, the provider and address, and everything that affects the answer. Two requests have
 * the same key only if they can share an answer.
 */
import { LRUCache } from 'lru-cache';
import type { Exchange } from '../../core/pipeline.ts';
import { secretParameters, withoutSecretParameters } from '../../core/secrets.ts';
import { asArray, asObject, type Payload } from '../../support/json-body.ts';
import { outsideSource } from '../../wire/outside-sources.ts';
import { canonicalText } from './canonical.ts';
import { digest } from './digest.ts';
import { tellingHeaders } from './telling-headers.ts';

/** Texts seen before skip canonicalisation: most programs write a request in only one way. */
const MAX_REMEMBERED = 10_000;
/** Characters of a text that is remembered as it is: comparing it takes a fraction of the time of a digest. */
const LONGEST_KEPT = 2_000;

export interface Keys {
  /** The tenant, the provider and the address, as text that no two tenants share. */
  readonly placeOf: (exchange: Exchange) => string;
  /**
   * The same for equal requests: 256 bits in hexadecimal. Null if the answer depends on more than the request, and may
   * differ the next time.
   */
  readonly keyOf: (exchange: Exchange) => string | null;
  /** Why there is no key, in words; null if there is one. */
  readonly reasonAgainst: (exchange: Exchange) => string | null;
  /** The same, in a fraction of the time for a text that was seen before, and in up to half as much again for a new one. */
  readonly rememberedKeyOf: (exchange: Exchange) => string | null;
}

/** @param shapingOf what configuration changes in a feature's requests after the cache: the model, the output limit */
export function createKeys(shapingOf: (feature: string | null) => string): Keys {
  const remembered = new LRUCache<string, { readonly key: string | null }>({ max: MAX_REMEMBERED });
  const placeOf = ({ codec, url, context, provider, headers }: Exchange): string =>
    // A list as JSON, so that no value can extend into the next.
    JSON.stringify([
      context.tenant,
      shapingOf(context.feature),
      provider,
      codec.cacheUrl(withoutSecretParameters(url)),
      secretParameters(url).map(digest),
      tellingHeaders(headers),
    ]);
  const keyAt = (place: string, exchange: Exchange): string | null => {
    const { codec, payload } = exchange;
    if (reasonAgainst(exchange) !== null) return null;
    // A request that nests too deeply to be scanned is only equal to the very same text.
    const canonical = canonicalOf(payload.text, codec.withoutEffect) ?? payload.text;
    return digest(`${place}\n${routingTags(payload)}\n${canonical}`);
  };
  return {
    placeOf,
    keyOf: (exchange) => keyAt(placeOf(exchange), exchange),
    reasonAgainst,
    rememberedKeyOf: (exchange) => {
      const place = placeOf(exchange);
      const text = `${place}\n${exchange.payload.text}`;
      const written = text.length <= LONGEST_KEPT ? text : digest(text);
      let known = remembered.get(written);
      if (known === undefined) {
        known = { key: keyAt(place, exchange) };
        remembered.set(written, known);
      }
      return known.key;
    },
  };
}

function reasonAgainst({ payload, facts }: Exchange): string | null {
  const { json } = payload;
  if (json === null) return 'the request could not be read';
  if (json.store === true || json.background === true) return 'the request has effects at the provider';
  const [part] = facts.unbounded;
  const source = part ?? outsideSource(json, facts.model);
  return source === null ? null : `it depends on more than the request: ${source}`;
}

/** LiteLLM gateways choose a deployment by these tags. The rest of `metadata` is only recorded. */
function routingTags({ member }: Payload): string {
  return JSON.stringify(asArray(asObject(member('metadata'))?.tags));
}

/** Null for a request that nests too deeply. */
function canonicalOf(text: string, without: ReadonlySet<string>): string | null {
  try {
    return canonicalText(text, without);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
