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

/** Texts that come again skip canonicalisation: most programs write a request in only one way. */
const MAX_REMEMBERED = 10_000;
/** Characters of a text that is remembered as it is: comparing it takes a fraction of the time of a digest. */
const LONGEST_KEPT = 2_000;

export interface Keys {
  /** The tenant, the provider and the address, as text that no two tenants share. */
  readonly placeOf: (exchange: Exchange) => string;
  /** The place, and the request's text as it is written. */
  readonly writtenOf: (exchange: Exchange) => string;
  /**
   * The same for equal requests: 256 bits in hexadecimal. Null if the answer depends on more than the request, and may
   * differ the next time.
   */
  readonly keyOf: (exchange: Exchange) => string | null;
  /** Why there is no key, in words; null if there is one. */
  readonly reasonAgainst: (exchange: Exchange) => string | null;
  /** The key of a text that was remembered, in a fraction of the time; null if it was not. */
  readonly recall: (exchange: Exchange) => string | null;
  /** For a text that has come again. Most texts never do, and to remember them costs more than it saves. */
  readonly remember: (exchange: Exchange, key: string) => void;
}

/** The members of an exchange that a key is made from. Layers pass on copies that share them. */
type Sources = Pick<Exchange, 'arm' | 'context' | 'headers' | 'payload' | 'provider' | 'url'>;

interface Written extends Sources {
  readonly place: string;
  readonly text: string;
}

/** @param shapingOf what configuration changes in a feature's requests after the cache: the model, the output limit */
export function createKeys(shapingOf: (feature: string | null) => string): Keys {
  const remembered = new LRUCache<string, string>({ max: MAX_REMEMBERED });
  /** Several layers ask about the same request in a row. */
  let last: Written | null = null;
  const written = (exchange: Exchange): Written => {
    if (last === null || !isSame(last, exchange)) {
      const { arm, context, headers, payload, provider, url } = exchange;
      const place = makePlace(exchange, shapingOf(context.feature));
      last = { arm, context, headers, payload, provider, url, place, text: `${place}\n${payload.text}` };
    }
    return last;
  };
  const nameOf = (exchange: Exchange): string => {
    const { text } = written(exchange);
    return text.length <= LONGEST_KEPT ? text : digest(text);
  };
  return {
    placeOf: (exchange) => written(exchange).place,
    writtenOf: (exchange) => written(exchange).text,
    keyOf: (exchange) => {
      const { codec, payload } = exchange;
      if (reasonAgainst(exchange) !== null) return null;
      // A request that nests too deeply to be scanned is only equal to the very same text.
      const canonical = canonicalOf(payload.text, codec.withoutEffect) ?? payload.text;
      return digest(`${written(exchange).place}\n${routingTags(payload)}\n${canonical}`);
    },
    reasonAgainst,
    recall: (exchange) => remembered.get(nameOf(exchange)) ?? null,
    remember: (exchange, key) => void remembered.set(nameOf(exchange), key),
  };
}

function isSame(one: Sources, other: Sources): boolean {
  return (
    one.payload === other.payload &&
    one.arm === other.arm &&
    one.headers === other.headers &&
    one.context === other.context &&
    one.provider === other.provider &&
    one.url === other.url
  );
}

function makePlace({ arm, codec, url, context, provider, headers }: Exchange, shaping: string): string {
  // A list as JSON, so that no value can extend into the next.
  return JSON.stringify([
    context.tenant,
    shaping,
    provider,
    codec.cacheUrl(withoutSecretParameters(url)),
    secretParameters(url).map(digest),
    tellingHeaders(headers),
    // The arms of an experiment are compared, so none answers for another.
    ...(arm === null ? [] : [arm.experiment, arm.name]),
  ]);
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
