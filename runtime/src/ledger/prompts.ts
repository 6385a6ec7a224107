/** Prompts in the ledger: none by default, and otherwise what the application's hook returns for each. */
import type { CallResult } from '../core/call-result.ts';
import type { Emit } from '../core/events.ts';
import type { Exchange } from '../core/pipeline.ts';
import { secretsOf, withoutSecrets } from '../core/secrets.ts';

/**
 * Returns the text that the ledger keeps for a request, or null to keep nothing.
 *
 * @param prompt the body as the application sent it, as JSON, with `[key]` for each key of the request
 */
export type KeepPrompts = (prompt: string, call: CallResult) => string | null;

export type PromptOf = (exchange: Exchange, result: CallResult) => string | null;

/** If the hook fails nothing is kept, because unredacted text must not be written. */
export function createPromptOf(keep: KeepPrompts | undefined, emit: Emit): PromptOf {
  if (keep === undefined) return () => null;
  return (exchange, result) => {
    if (exchange.context.noStore) return null;
    const failed = (error: unknown): null => {
      emit({ type: 'layer-failed', call: result.id, layer: 'keepPrompts', effect: 'open', error });
      return null;
    };
    try {
      const kept: unknown = keep(withoutSecrets(exchange.payload.text, secretsOf(exchange)), result);
      if (kept === null || typeof kept === 'string') return kept;
      // Otherwise, an error of an asynchronous hook would end the process.
      if (kept instanceof Promise) kept.catch(() => {});
      return failed(new TypeError('keepPrompts must return a string or null, and must not be asynchronous.'));
    } catch (error) {
      return failed(error);
    }
  };
}
