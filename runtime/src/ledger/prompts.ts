/** Prompts in the ledger: none unless the application asks, and then only what its own hook makes of each. */
import type { CallResult } from '../core/call-result.ts';
import type { Emit } from '../core/events.ts';
import type { Exchange } from '../core/pipeline.ts';
import { secretsOf, withoutSecrets } from '../core/secrets.ts';

/**
 * What the ledger keeps of a request: the text that this answers, or nothing for null.
 *
 * @param prompt the body as the application sent it, JSON, with `[key]` for each key of the request
 */
export type KeepPrompts = (prompt: string, call: CallResult) => string | null;

export type PromptOf = (exchange: Exchange, result: CallResult) => string | null;

/** Where the hook fails nothing is kept: what was not redacted must not be written. */
export function createPromptOf(keep: KeepPrompts | undefined, emit: Emit): PromptOf {
  if (keep === undefined) return () => null;
  return (exchange, result) => {
    const failed = (error: unknown): null => {
      emit({ type: 'layer-failed', call: result.id, layer: 'keepPrompts', effect: 'open', error });
      return null;
    };
    try {
      const kept: unknown = keep(withoutSecrets(exchange.payload.text, secretsOf(exchange)), result);
      if (kept === null || typeof kept === 'string') return kept;
      // What an asynchronous hook throws would otherwise end the process.
      if (kept instanceof Promise) kept.catch(() => {});
      return failed(new TypeError('keepPrompts answered neither a text nor null. It cannot be asynchronous.'));
    } catch (error) {
      return failed(error);
    }
  };
}
