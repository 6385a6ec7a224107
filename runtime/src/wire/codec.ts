/**
 * A wire format: what a request asks for, what an answer used, and how an error looks. One file a format; the rest of the
 * runtime knows none of them by name.
 */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { JsonObject, Payload } from '../support/json-body.ts';
import type { SseEvent } from './framing/sse.ts';
import type { Usage } from './usage.ts';

export interface RequestFacts {
  /** Null where the request names none. */
  readonly model: string | null;
  readonly isStreaming: boolean;
  /** Tokens that one answer may have at most, as the request says; null where it says nothing. */
  readonly outputLimit: number | null;
  /** How many answers are asked for. */
  readonly choices: number;
  /** Null where the request leaves it to the API, whose default is 1. */
  readonly temperature: number | null;
  readonly hasTools: boolean;
  /** `flex`, `priority` and the like, as sent; null for the usual one. */
  readonly tier: string | null;
  /** True where the account may keep the request's data in one region, unless the request says that it must not. */
  readonly mayBeResident?: boolean;
  /** Why the request's size cannot be told from its body (stored prompts, files, URLs, paid tools); empty where it can. */
  readonly unbounded: readonly string[];
}

/** What can be told of an answer, for caches and the ledger. */
export interface AnswerFacts {
  readonly servedModel: string | null;
  readonly finish: 'complete' | 'truncated' | 'tool-calls' | 'refused' | 'unknown';
  /** The service tier that the answer was billed at, where the provider says so. */
  readonly servedTier: string | null;
  /** What the provider itself says that the call costs, in nano-dollars; null where it does not say. */
  readonly statedCost: number | null;
  /** True where the answer says that its data was kept in one region. */
  readonly isResident?: boolean;
}

/** The `unbounded` of a body that proves to be no JSON: nobody can tell what a server makes of it. */
export const NO_JSON: readonly string[] = ['a body that is no JSON'];

export const NO_ANSWER: AnswerFacts = { servedModel: null, finish: 'unknown', servedTier: null, statedCost: null };

/** Reads a stream's events as they pass. */
export interface StreamScanner {
  readonly push: (event: SseEvent) => void;
  /** True from the event on that ends the answer: what follows carries nothing. */
  readonly isEnded: () => boolean;
  /** What the answer used, once that is known. */
  readonly usage: () => Usage | null;
  /** What was counted so far, where that is said before the end. */
  readonly usageSoFar: () => Usage | null;
  readonly answer: () => AnswerFacts;
  /** True where an event of the stream was an error. */
  readonly isFailed: () => boolean;
}

/**
 * How an answer is delivered: whole, or as a stream of server-sent events, with or without its usage at the end. `stream`:
 * in another framing (an array that grows, a line each, AWS's binary events), in which nothing is converted.
 */
export type Delivery = 'json' | 'sse' | 'sse+usage' | 'stream';

/** A refusal of the runtime, to be said in the provider's own words. */
export interface WireError {
  readonly status: number;
  /** `budget_exceeded`, `rate_limited`, `request_refused`. */
  readonly code: string;
  readonly message: string;
}

export interface Codec {
  readonly name: string;
  /** True for calls that cost nothing at whoever is asked: tokens are counted, and no model runs. */
  readonly isFree?: boolean;
  /** What follows a client's base URL in a path of this format, as `/chat/completions`. */
  readonly tail: (path: string) => string;
  /** The header in which a key is sent. */
  readonly keyHeader: (key: string) => readonly [name: string, value: string];
  /** @param path the path of the request's URL, without the host and the query */
  readonly matches: (path: string) => boolean;
  /** Names of a request that do not change what is answered: how it is delivered, for whom it is counted. */
  readonly withoutEffect: ReadonlySet<string>;
  /** The same for a streamed answer and a whole one. */
  readonly cacheUrl: (url: string) => string;
  /** What the members of the top level say is read at once; what lies deeper, in getters, when it is asked for. */
  readonly read: (body: Payload, path: string) => RequestFacts;
  /** The same request for another model: some formats have it in the URL. */
  readonly withModel: (url: string, body: Payload, model: string) => { readonly url: string; readonly body: Payload };
  /** The same request with this output limit, by the parameter that the API takes; null where it has none. */
  readonly withOutputLimit: (body: JsonObject, limit: number, provider: ProviderName) => JsonObject | null;
  readonly usage: (answer: JsonObject) => Usage | null;
  readonly answer: (answer: JsonObject) => AnswerFacts;
  readonly scanner: () => StreamScanner;
  /** A request like this one, asking for what a stream otherwise leaves out: its usage. Null where it says so anyway. */
  readonly withStreamUsage: (body: Payload) => Payload | null;
  /** What stands in front of every request of a kind, as text: tools and system prompt. Null where there is nothing, or where the request marks it itself. */
  readonly cachePrefix: (body: JsonObject) => string | null;
  /** The same request with its prefix marked for the provider's cache; null where the provider caches by itself. */
  readonly withPromptCache: (body: JsonObject, provider: ProviderName, feature: string | null) => JsonObject | null;
  readonly delivery: (body: Payload, facts: RequestFacts, url: string) => Delivery;
  /** A whole answer from the events of a stream; null where they are not one. `usage` is what the stream used. */
  readonly toAnswer: (events: readonly SseEvent[], usage: Usage | null) => JsonObject | null;
  /** The events that would have streamed an answer; null where it cannot be said as a stream. */
  readonly toStream: (answer: JsonObject, delivery: Delivery) => readonly SseEvent[] | null;
  readonly errorBody: (error: WireError) => JsonObject;
}
