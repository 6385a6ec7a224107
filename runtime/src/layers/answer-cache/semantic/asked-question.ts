/** The question of a request, and the space of those that it may be compared with. */
import type { Exchange } from '../../../core/pipeline.ts';
import { detectLanguage } from '../../../semantic/judge/detect-language.ts';
import type { LanguageName } from '../../../semantic/judge/language.ts';
import { whyUnreadable } from '../../../semantic/judge/unreadable.ts';
import { changedPayload } from '../../../support/json-body.ts';
import { questionOf } from '../../../wire/question.ts';
import { digest } from '../../support/digest.ts';
import type { Keys } from '../../support/request-key.ts';

export interface AskedQuestion {
  readonly text: string;
  readonly language: LanguageName;
  /**
   * The same for requests that differ in their question alone: of one tenant, provider, model and configuration, and
   * embedded in the same way.
   */
  readonly space: string;
}

/** A reason, in words, for a question that is only looked up exactly; null for a request without a question. */
export type Unasked = { readonly reason: string } | null;

export interface Asking {
  readonly keys: Keys;
  readonly embedder: { readonly name: string; readonly languages?: readonly LanguageName[] };
  /** The features whose conversations are asked by their last turn. */
  readonly conversations: ReadonlySet<string>;
}

export function askedQuestion(exchange: Exchange, { keys, embedder, conversations }: Asking): AskedQuestion | Unasked {
  const { payload, facts } = exchange;
  // Embeddings, rankings and counts have no question.
  if (payload.json === null || facts.outputLimit === 0) return null;
  const { feature } = exchange.context;
  // What was said before stays in the request's key, and so in the space.
  const question = questionOf(payload.json, feature !== null && conversations.has(feature) ? 'last' : 'single');
  if (question === null) return null;
  const { text } = question;
  const unreadable = whyUnreadable(text);
  if (unreadable !== null) return { reason: `only looked up exactly: ${unreadable}` };
  const language = detectLanguage(text);
  if (language === null) return { reason: 'only looked up exactly: its language is not supported' };
  if (embedder.languages?.includes(language) === false) {
    return { reason: 'only looked up exactly: the embedder does not understand its language' };
  }
  const without = changedPayload(payload, () => question.replaced(''));
  const key = without === null ? null : keys.keyOf({ ...exchange, payload: without });
  return key === null ? null : { text, language, space: digest(JSON.stringify([key, embedder.name])) };
}
