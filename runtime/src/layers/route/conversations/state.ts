/**
 * What is remembered of a conversation: which tier answers it, what is in the providers' caches, and what routing has saved
 * so far. It is kept in the cache, so that all processes know it; figures and digests only, never a text.
 */
import { LRUCache } from 'lru-cache';
import type { Emit } from '../../../core/events.ts';
import type { CacheStore } from '../../../stores/store.ts';
import type { Background } from '../../../support/background.ts';
import { asNumber, asObject, asString, type JsonObject, parseObject } from '../../../support/json-body.ts';
import { digest } from '../../support/digest.ts';

export interface Conversation {
  /** Answers so far: of two states, the later one has more. */
  readonly turns: number;
  /** The tier of the last answer. */
  readonly tier: string;
  /** True once the dearest tier was chosen because the others had failed: it then stays. */
  readonly isEscalated: boolean;
  /** Failures in a row. */
  readonly failures: number;
  /** The digest of the last question; empty for a short one. */
  readonly asked: string;
  /** Of the last request: the characters of its body, and its tokens as the provider counted them. */
  readonly characters: number;
  readonly input: number;
  readonly output: number;
  /** When it was answered, in milliseconds since the epoch. */
  readonly at: number;
  /** False if no provider has reported a use of its cache: then there is nothing to lose. */
  readonly isCached: boolean;
  /** Nano-dollars that routing has saved compared with the dearest tier alone. */
  readonly balance: number;
  /** By tier: the tokens that its provider's cache has of this conversation, and since when. */
  readonly warm: Readonly<Record<string, Warm>>;
}

export interface Warm {
  readonly tokens: number;
  readonly at: number;
}

export interface ConversationStore {
  /** Null if nothing is known. Never rejects: without the store, a process knows what it answered itself. */
  readonly get: (key: string) => Promise<Conversation | null>;
  readonly set: (key: string, conversation: Conversation) => void;
}

/** Conversations are no tenant's answers: a purge of a tenant leaves them. */
const CONVERSATIONS = digest('conversations of the router');
const LIFETIME = 60 * 60 * 1000;
/** Those that a process remembers by itself. */
const MAX_KEPT = 10_000;
const NOTHING = new Uint8Array();

export function createConversationStore(store: CacheStore, emit: Emit, background: Background): ConversationStore {
  const own = new LRUCache<string, Conversation>({ max: MAX_KEPT, ttl: LIFETIME });
  const failed = (error: unknown): null => {
    emit({ type: 'store-failed', layer: 'route', effect: 'open', error });
    return null;
  };
  return {
    get: async (key) => {
      const entry = await (async () => store.get(key))().catch(failed);
      const stored = entry === null ? null : conversationIn(parseObject(entry.meta));
      const known = own.get(key) ?? null;
      return stored === null || (known !== null && known.turns > stored.turns) ? known : stored;
    },
    set: (key, conversation) => {
      own.set(key, conversation);
      const meta = JSON.stringify(conversation);
      const write = { key, partition: CONVERSATIONS, bytes: NOTHING, meta, lifetime: LIFETIME };
      background.add((async () => store.set(write))().then(() => {}, failed));
    },
  };
}

function conversationIn(value: JsonObject | null): Conversation | null {
  const tier = asString(value?.tier);
  if (value === null || tier === null) return null;
  const number = (name: string): number => asNumber(value[name]) ?? 0;
  return {
    tier,
    turns: number('turns'),
    isEscalated: value.isEscalated === true,
    failures: number('failures'),
    asked: asString(value.asked) ?? '',
    characters: number('characters'),
    input: number('input'),
    output: number('output'),
    at: number('at'),
    isCached: value.isCached === true,
    balance: number('balance'),
    warm: Object.fromEntries(
      Object.entries(asObject(value.warm) ?? {}).map(([name, warm]) => [
        name,
        { tokens: asNumber(asObject(warm)?.tokens) ?? 0, at: asNumber(asObject(warm)?.at) ?? 0 },
      ]),
    ),
  };
}
