/**
 * A wire format: what a request asks for, what an answer used, and the form of an error. One file per format; no other
 * code in the runtime refers to formats by name.
 */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { JsonObject, Payload } from '../support/json-body.ts';
import type { SseEvent } from './framing/sse.ts';
import type { Fees, Usage } from './usage.ts';

export interface RequestFacts {
  /** Null if the request names none. */
  readonly model: string | null;
  readonly isStreaming: boolean;
  /** The output limit per answer in tokens; null if the request has none. */
  readonly outputLimit: number | null;
  /** The number of answers requested. */
  readonly choices: number;
  /** Null if the request leaves it to the API, whose default is 1. */
  readonly temperature: number | null;
  readonly hasTools: boolean;
  /** `flex`, `priority` and the like, as sent; null for the default tier. */
  readonly tier: string | null;
  /** True if the account may keep the request's data in one region, unless the request says that it must not. */
  readonly mayBeResident?: boolean;
  /**
   * Why the request's size cannot be determined from its body (stored prompts, files, URLs, paid tools); empty if it
   * can.
   */
  readonly unbounded: readonly string[];
}

/** Facts about an answer, for caches and the ledger. */
export interface AnswerFacts {
  readonly servedModel: string | null;
  readonly finish: 'complete' | 'truncated' | 'tool-calls' | 'refused' | 'unknown';
  /** The service tier that the answer was billed at, if the provider says so. */
  readonly servedTier: string | null;
  /** The cost that the provider itself states, in nano-dollars; null if it states none. */
  readonly statedCost: number | null;
  /** True if the answer says that its data was kept in one region. */
  readonly isResident?: boolean;
}

/** The `unbounded` of a body that turns out to be invalid JSON: what a server does with it is unknown. */
export const NO_JSON: readonly string[] = ['a body that is not JSON'];

export const NO_ANSWER: AnswerFacts = { servedModel: null, finish: 'unknown', servedTier: null, statedCost: null };

const WORST_FIRST = ['refused', 'unknown', 'truncated', 'tool-calls', 'complete'] as const;

/** Of several answers to one request, the finish with the strongest reason against caching them. */
export function worstFinish(finishes: readonly AnswerFacts['finish'][]): AnswerFacts['finish'] {
  return WORST_FIRST.find((finish) => finishes.includes(finish)) ?? NO_ANSWER.finish;
}

/** Reads a stream's events as they pass. */
export interface StreamScanner {
  readonly push: (event: SseEvent) => void;
  /** True from the event that ends the answer: what follows is irrelevant. */
  readonly isEnded: () => boolean;
  /** The usage of the answer, once it is known. */
  readonly usage: () => Usage | null;
  /** The usage counted so far, if it is reported before the end. */
  readonly usageSoFar: () => Usage | null;
  readonly answer: () => AnswerFacts;
  /** True if an event of the stream was an error. */
  readonly isFailed: () => boolean;
}

/**
 * How an answer is delivered: whole, or as a stream of server-sent events, with or without its usage at the end.
 * `stream`: in another framing (a growing array, one line each, AWS's binary events), which is not converted.
 */
export type Delivery = 'json' | 'sse' | 'sse+usage' | 'stream';

/** Of a mark for a provider's cache: its default, or the longer one that it also sells. */
export type CacheLifetime = 'short' | 'long';

/** A refusal of the runtime, to be expressed in the provider's form. */
export interface WireError {
  readonly status: number;
  /** `budget_exceeded`, `rate_limited`, `request_refused`. */
  readonly code: string;
  readonly message: string;
}

/** The maximum of a request that its length does not bound. */
export interface Maximum {
  readonly tokens: number;
  readonly fees: Fees;
}

export interface Codec {
  readonly name: string;
  /** True if each input of a request is read separately, so that each may fill the model's context. */
  readonly readsInputsApart?: boolean;
  /** Absent if a request has at most as many tokens as bytes. Null if this one cannot be understood. */
  readonly maximum?: (body: JsonObject) => Maximum | null;
  /** True for calls that are free at every provider: tokens are counted, and no model runs. */
  readonly isFree?: boolean;
  /** What follows a client's base URL in a path of this format, such as `/chat/completions`. */
  readonly tail: (path: string) => string;
  /** The header in which a key is sent. */
  readonly keyHeader: (key: string) => readonly [name: string, value: string];
  /** @param path the path of the request's URL, without the host and the query */
  readonly matches: (path: string) => boolean;
  /** Members of a request that do not affect the answer: how it is delivered, and for whom it is counted. */
  readonly withoutEffect: ReadonlySet<string>;
  /** The same for a streamed answer and a whole one. */
  readonly cacheUrl: (url: string) => string;
  /** Top-level members are read at once; deeper ones in getters, on demand. */
  readonly read: (body: Payload, path: string) => RequestFacts;
  /** The same request for another model; some formats have it in the URL. */
  readonly withModel: (url: string, body: Payload, model: string) => { readonly url: string; readonly body: Payload };
  /** The same request with this output limit, in the parameter that the API expects; null if it has none. */
  readonly withOutputLimit: (body: JsonObject, limit: number, provider: ProviderName) => JsonObject | null;
  readonly usage: (answer: JsonObject) => Usage | null;
  readonly answer: (answer: JsonObject) => AnswerFacts;
  readonly scanner: () => StreamScanner;
  /** The same request, asking for the usage that a stream otherwise omits. Null if it already asks for it. */
  readonly withStreamUsage: (body: Payload) => Payload | null;
  /**
   * The text at the start of all requests of a kind: tools and system prompt. Null if there is none, or if the request
   * marks it itself.
   */
  readonly cachePrefix: (body: JsonObject) => string | null;
  /** The same request with its prefix marked for the provider's cache; null if the provider caches automatically. */
  readonly withPromptCache: (
    body: JsonObject,
    provider: ProviderName,
    feature: string | null,
    lifetime: CacheLifetime,
  ) => JsonObject | null;
  /** The same request, asking for the log-probabilities of its answer's tokens. Absent if the format has none. */
  readonly withLogProbabilities?: (body: JsonObject) => JsonObject;
  readonly delivery: (body: Payload, facts: RequestFacts, url: string) => Delivery;
  /**
   * A whole answer built from the events of a stream; null if they do not form one. `usage` is what the stream used.
   */
  readonly toAnswer: (events: readonly SseEvent[], usage: Usage | null) => JsonObject | null;
  /** The events that would have streamed an answer; null if it cannot be expressed as a stream. */
  readonly toStream: (answer: JsonObject, delivery: Delivery) => readonly SseEvent[] | null;
  readonly errorBody: (error: WireError) => JsonObject;
}
