/**
 * Finds the answer to an earlier question that means the same. Similarity only proposes: an answer is served if the judge
 * takes the two questions for the same. In shadow mode it serves nothing, and compares what it would have served with the
 * real answer.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Decided } from '../../../core/decision.ts';
import type { Agreement, Emit } from '../../../core/events.ts';
import type { Exchange } from '../../../core/pipeline.ts';
import { createEmbeddings } from '../../../semantic/embedders/embeddings.ts';
import { judge } from '../../../semantic/judge/judge.ts';
import type { CacheEntry, CacheStore, VectorStore } from '../../../stores/store.ts';
import type { Background } from '../../../support/background.ts';
import { once } from '../../../support/once.ts';
import type { Keys } from '../../support/request-key.ts';
import type { Lookup, Slot } from '../lookup.ts';
import { type AskedQuestion, askedQuestion } from './asked-question.ts';
import { compareAnswers } from './compare-answers.ts';
import type { FilledSemantic } from './options.ts';
import { metaOf, storedQuestion } from './stored-question.ts';

export interface SemanticTools {
  readonly cache: CacheStore;
  readonly vectors: VectorStore;
  readonly keys: Keys;
  readonly emit: Emit;
  readonly background: Background;
}

/** Stored questions that the judge sees for one question. */
const MAX_PROPOSED = 8;

const NAME = 'semantic-cache';

export function semanticLookup(options: FilledSemantic, tools: SemanticTools): Lookup {
  const { embedder, timeLimit } = options;
  const { cache, vectors, keys, emit, background } = tools;
  const isShadow = options.mode === 'shadow';
  const features = options.features === undefined ? null : new Set(options.features);
  const embeddings = createEmbeddings(embedder, timeLimit);

  const failed = ({ id }: Exchange, error: unknown): null => {
    emit({ type: 'layer-failed', call: id, layer: NAME, effect: 'open', error });
    return null;
  };

  const decide = ({ log }: Exchange, decision: Pick<Decided, 'reason'> & Outcome): void =>
    log.decide({ layer: NAME, isShadow, ...decision });

  /** Null if the request has no question that can be compared. */
  const ask = async (exchange: Exchange): Promise<Asked | null> => {
    try {
      const asked = askedQuestion(exchange, { keys, embedder });
      if (asked === null) return null;
      if (!('reason' in asked)) return { ...asked, vector: await embeddings.of(asked.text) };
      decide(exchange, { outcome: 'skipped', reason: asked.reason });
      return null;
    } catch (error) {
      return failed(exchange, error);
    }
  };

  /** The nearest stored question that the judge takes for the same, and that still has an answer. */
  const search = async (exchange: Exchange, { text, language, space, vector }: Asked): Promise<Found | null> => {
    let nearest: string | null = null;
    for (const match of await vectors.nearest(space, vector, MAX_PROPOSED)) {
      const stored = storedQuestion(match);
      if (stored === null) continue;
      const verdict = judge(stored.text, text, language);
      if (verdict.outcome === 'same') {
        const entry = await cache.get(stored.key);
        if (entry !== null) return { text: stored.text, similarity: match.similarity, entry };
        // The answer was purged or evicted.
        await vectors.delete(match.id);
      } else {
        nearest ??= `not the same as the nearest question, with a similarity of ${match.similarity.toFixed(3)}: ${verdict.reason}`;
      }
    }
    if (nearest !== null) decide(exchange, { outcome: 'skipped', reason: nearest });
    return null;
  };

  const found = async (exchange: Exchange, asked: Promise<Asked | null>): Promise<Found | null> => {
    try {
      const question = await asked;
      return question === null ? null : await search(exchange, question);
    } catch (error) {
      emit({ type: 'store-failed', layer: NAME, effect: 'open', error });
      return null;
    }
  };

  const tell = (
    { id, context }: Exchange,
    question: string,
    { text, similarity }: Found,
    agreement: Agreement | null,
  ) =>
    emit({
      type: 'similar',
      call: id,
      feature: context.feature,
      isShadow,
      question,
      stored: text,
      similarity,
      agreement,
    });

  const slotFor = (exchange: Exchange): Slot => {
    // An exact hit asks for none of these.
    const key = once(() => keys.keyOf(exchange) ?? '');
    const askOnce = once(() => ask(exchange));
    const findOnce = once(() => found(exchange, askOnce()));
    const findInShadow = async (): Promise<void> => {
      // The request is sent first.
      await nextTurn();
      const hit = await findOnce();
      if (hit === null) return;
      // Without the question: decisions are written to the ledger.
      const reason = `the same as a stored question, with a similarity of ${hit.similarity.toFixed(3)}`;
      decide(exchange, { outcome: 'hit', age: hit.entry.age, reason });
    };
    return {
      name: NAME,
      get id() {
        return key();
      },
      find: async () => {
        if (isShadow) {
          background.add(findInShadow());
          return null;
        }
        const [asked, hit] = [await askOnce(), await findOnce()];
        if (asked !== null && hit !== null) tell(exchange, asked.text, hit, null);
        return hit?.entry ?? null;
      },
      keep: async (answer) => {
        const asked = await askOnce();
        if (asked === null) return;
        const hit = isShadow ? await findOnce() : null;
        if (hit !== null) tell(exchange, asked.text, hit, compareAnswers(hit.entry, answer, exchange));
        const { text, space, vector } = asked;
        const { partition, lifetime } = answer;
        const meta = metaOf({ text, key: key() });
        await vectors.set({ id: key(), space, partition, vector, meta, lifetime });
      },
    };
  };

  return {
    slotOf: (exchange) => {
      const { feature } = exchange.context;
      if (features !== null && (feature === null || !features.has(feature))) return null;
      // Every other request has a key.
      return keys.reasonAgainst(exchange) === null ? slotFor(exchange) : null;
    },
  };
}

interface Asked extends AskedQuestion {
  readonly vector: Float32Array;
}

interface Found {
  /** The stored question. */
  readonly text: string;
  readonly similarity: number;
  readonly entry: CacheEntry;
}

type Outcome = { readonly outcome: 'skipped' } | { readonly outcome: 'hit'; readonly age: number };
