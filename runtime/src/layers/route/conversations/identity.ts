/** What a request shows of the conversation that it belongs to, in any format. */
import type { Exchange } from '../../../core/pipeline.ts';
import { requestTexts } from '../../../wire/request-texts.ts';
import { endsWithToolResult } from '../../../wire/tool-results.ts';
import { digest } from '../../support/digest.ts';

export interface Identity {
  /** The same for all requests of a conversation: its session, or else its first question. */
  readonly key: string;
  /** True if the request is the first one of a conversation without a session, of which nothing can be known. */
  readonly isFirst: boolean;
  /** A digest of the last question. */
  readonly asked: string;
  /** True if the conversation has this question twice. */
  readonly isAskedAgain: boolean;
  /** True if the request gives the result of a tool back to the model. */
  readonly isInToolLoop: boolean;
}

/** Shorter questions are repeated for other reasons: "yes", "go on". */
const MIN_QUESTION = 15;

/** Null for a request that is not understood. */
export function identityOf({ payload, context }: Exchange): Identity | null {
  const { json } = payload;
  if (json === null) return null;
  const questions = requestTexts(json).flatMap(({ role, text }) => (role === 'user' ? [normalised(text)] : []));
  const [first, last] = [questions[0], questions.at(-1)];
  if (first === undefined || last === undefined) return null;
  const { tenant, user, feature, session } = context;
  const isInToolLoop = endsWithToolResult(json);
  return {
    key: digest(JSON.stringify(['conversation', tenant, user, feature, session, session === null ? first : null])),
    isFirst: session === null && questions.length === 1 && !isInToolLoop,
    asked: last.length < MIN_QUESTION ? '' : digest(last),
    isAskedAgain: last.length >= MIN_QUESTION && questions.slice(0, -1).includes(last),
    isInToolLoop,
  };
}

function normalised(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
