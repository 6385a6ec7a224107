/**
 * Notices users who ask again at once: the answer that they got from the cache was not what they wanted. Calls without
 * a user and a session are left out: nothing says who asks again.
 */
import { LRUCache } from 'lru-cache';
import type { Exchange } from '../../../core/pipeline.ts';
import { judge } from '../../../semantic/judge/judge.ts';
import type { Background } from '../../../support/background.ts';
import { type AskedQuestion, type Asking, askedQuestion } from './asked-question.ts';
import type { Lessons } from './lessons.ts';

export interface Reasks {
  /** A question of the caller was answered from the cache. */
  readonly served: (exchange: Exchange, asked: AskedQuestion, pair: string) => void;
  /** True if the caller asks the same again; the pair is no longer served. */
  readonly isAgain: (exchange: Exchange) => boolean;
}

export interface ReaskTools extends Asking {
  /** Milliseconds. */
  readonly within: number;
  readonly lessons: Lessons;
  readonly background: Background;
}

interface Served {
  readonly asked: AskedQuestion;
  readonly pair: string;
  readonly at: number;
}

const MAX_CALLERS = 10_000;

export function createReasks({ within, lessons, background, ...asking }: ReaskTools): Reasks {
  const last = new LRUCache<string, Served>({ max: MAX_CALLERS });
  return {
    served: (exchange, asked, pair) => {
      const caller = callerOf(exchange);
      if (caller !== null) last.set(caller, { asked, pair, at: performance.now() });
    },
    isAgain: (exchange) => {
      const caller = last.size === 0 ? null : callerOf(exchange);
      const before = caller === null ? undefined : last.get(caller);
      if (caller === null || before === undefined) return false;
      if (performance.now() - before.at > within) {
        last.delete(caller);
        return false;
      }
      const asked = askedQuestion(exchange, asking);
      if (asked === null || 'reason' in asked || asked.space !== before.asked.space) return false;
      if (judge(before.asked.text, asked.text, asked.language).outcome !== 'same') return false;
      last.delete(caller);
      // Its failure leaves what was known before.
      background.add(lessons.learn(before.pair, 'different').catch(() => {}));
      return true;
    },
  };
}

function callerOf({ context: { tenant, user, session } }: Exchange): string | null {
  return user === null && session === null ? null : JSON.stringify([tenant, user, session]);
}
