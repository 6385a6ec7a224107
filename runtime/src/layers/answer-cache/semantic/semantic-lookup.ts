/**
 * Finds the answer to an earlier question that means the same. In shadow mode it serves nothing, and compares what it
 * would have served with the real answer.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Decided } from '../../../core/decision.ts';
import type { Emit } from '../../../core/events.ts';
import type { Exchange } from '../../../core/pipeline.ts';
import { createEmbeddings } from '../../../semantic/embedders/embeddings.ts';
import type { CacheStore, VectorStore } from '../../../stores/store.ts';
import type { Background } from '../../../support/background.ts';
import { OpenCircuitError } from '../../../support/circuit.ts';
import { once } from '../../../support/once.ts';
import type { Keys } from '../../support/request-key.ts';
import type { KeptAnswer, Lookup, Slot } from '../lookup.ts';
import { readMeta } from '../meta.ts';
import { askedQuestion } from './asked-question.ts';
import { boundedModel } from './bounded-model.ts';
import { compareAnswers } from './compare-answers.ts';
import { type CostTools, embeddingCost } from './embedding-cost.ts';
import type { Lessons } from './lessons.ts';
import { createNewestModels } from './newest-models.ts';
import type { FilledSemantic } from './options.ts';
import type { Reasks } from './reasks.ts';
import { type Asked, createSearch, type Found, type SearchResult } from './search.ts';
import { noteServed, type ServedAnswer } from './served-answers.ts';
import { metaOf } from './stored-question.ts';
import { createTelling } from './telling.ts';
import { createVerification } from './verification.ts';

export interface SemanticTools extends CostTools {
  readonly cache: CacheStore;
  readonly vectors: VectorStore;
  readonly keys: Keys;
  readonly emit: Emit;
  readonly background: Background;
  readonly lessons: Lessons;
  readonly reasks: Reasks | null;
}

const NAME = 'semantic-cache';

export function semanticLookup(options: FilledSemantic, tools: SemanticTools): Lookup {
  const { embedder, timeLimit } = options;
  const { cache, vectors, keys, emit, background, lessons, reasks } = tools;
  const isShadow = options.mode === 'shadow';
  const features = options.features === undefined ? null : new Set(options.features);
  const conversations = new Set(options.conversations);
  const embeddings = createEmbeddings(embedder, timeLimit);
  const newest = createNewestModels();
  const tell = createTelling(emit, isShadow);
  const { minSimilarity, verifier } = options;
  const verify = verifier === undefined ? null : createVerification(verifier, tools);
  const model = boundedModel(options, lessons);
  // In shadow mode, the model learns from what it leaves open.
  const isLearning = isShadow && model !== null;
  const wantsOpen = verify !== null || isLearning;
  const search = createSearch({ cache, vectors, lessons, newest, minSimilarity, model, wantsOpen });

  const decide = ({ log }: Exchange, decision: SemanticDecision): void =>
    log.decide({ layer: NAME, isShadow, ...decision });

  const storeFailed = (error: unknown): null => {
    emit({ type: 'store-failed', layer: NAME, effect: 'open', error });
    return null;
  };

  /** Null if the request has no question that can be compared. */
  const ask = async (exchange: Exchange): Promise<Asked | null> => {
    try {
      const asked = askedQuestion(exchange, { keys, embedder, conversations });
      if (asked === null) return null;
      if ('reason' in asked) {
        decide(exchange, { outcome: 'skipped', reason: asked.reason });
        return null;
      }
      const { vector, usage } = await embeddings.of(asked.text);
      const cost = embeddingCost(usage, tools);
      if (!isShadow && usage !== null) exchange.log.payLookup(NAME, cost);
      return { ...asked, vector, cost };
    } catch (error) {
      if (error instanceof OpenCircuitError) {
        decide(exchange, { outcome: 'skipped', reason: 'the embedder has failed several times and is left alone' });
      } else {
        emit({ type: 'layer-failed', call: exchange.id, layer: NAME, effect: 'open', error });
      }
      return null;
    }
  };

  const look = async (exchange: Exchange, asked: Promise<Asked | null>): Promise<SearchResult | null> => {
    try {
      const question = await asked;
      if (question === null) return null;
      const result = await search(exchange, question);
      if (result.found !== null) return result;
      if (result.nearest !== null) {
        const { similarity, reason } = result.nearest;
        decide(exchange, { outcome: 'near-miss', similarity, reason: `the nearest question is ${reason}` });
      }
      return result;
    } catch (error) {
      return storeFailed(error);
    }
  };

  const note = ({ id }: Exchange, served: ServedAnswer): void =>
    background.add(noteServed(cache, id, served).catch(storeFailed));

  const serve = (exchange: Exchange, asked: Asked, hit: Found): void => {
    const { pair, similarity, score, key: entry } = hit;
    tell.hit(exchange, asked.text, hit, null);
    note(exchange, { entry, match: { pair, space: asked.space, similarity, score } });
    reasks?.served(exchange, asked, pair);
  };

  /** Questions stay out of decisions, which are written to the ledger. */
  const compare = (exchange: Exchange, asked: Asked, hit: Found, answer: KeptAnswer): void => {
    const { similarity, entry } = hit;
    const agreement = compareAnswers(entry, answer, exchange);
    const cost = readMeta(entry)?.cost ?? null;
    const saving = cost === null || asked.cost === null ? null : cost - asked.cost;
    decide(exchange, { outcome: 'compared', similarity, agreement, saving });
    tell.hit(exchange, asked.text, hit, agreement);
  };

  const slotFor = (exchange: Exchange): Slot => {
    // An exact hit asks for none of these.
    const key = once(() => keys.keyOf(exchange) ?? '');
    const askOnce = once(() => ask(exchange));
    const lookOnce = once(() => look(exchange, askOnce()));
    const findOnce = async (): Promise<Found | null> => (await lookOnce())?.found ?? null;
    /** Once it is known: a lookup that is slower than the provider is not in the call's record. */
    let inShadow: { readonly asked: Asked; readonly hit: Found } | null = null;
    const findInShadow = async (): Promise<void> => {
      // The request is sent first.
      await nextTurn();
      const [asked, hit] = [await askOnce(), await findOnce()];
      if (asked === null || hit === null) return;
      inShadow = { asked, hit };
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
        if (asked !== null && hit !== null) serve(exchange, asked, hit);
        return hit?.entry ?? null;
      },
      keep: async (answer) => {
        newest.note(exchange, answer.meta);
        // At once: the call's record is about to be written.
        if (inShadow !== null) compare(exchange, inShadow.asked, inShadow.hit, answer);
        const asked = await askOnce();
        if (asked === null) return;
        if (isShadow && inShadow === null) {
          const hit = await findOnce();
          if (hit !== null) compare(exchange, asked, hit, answer);
        }
        const { text, space, vector } = asked;
        const { partition, lifetime } = answer;
        const { feature } = exchange.context;
        const meta = metaOf({ text, key: key(), feature, model: exchange.facts.model });
        await vectors.set({ id: key(), space, partition, vector, meta, lifetime });
        note(exchange, { entry: key(), match: null });
        const result = wantsOpen ? await lookOnce() : null;
        if (result === null || result.found !== null || result.uncertain === null) return;
        // The answer has already been sent, so the caller does not wait for the verifier.
        verify?.(exchange.id, result.uncertain);
        if (isLearning) tell.open(exchange, result.uncertain, answer);
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

type Without<Union, Name extends PropertyKey> = Union extends unknown ? Omit<Union, Name> : never;
type SemanticDecision = Without<Decided, 'layer' | 'isShadow'>;
