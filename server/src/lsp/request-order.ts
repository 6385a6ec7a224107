/**
 * Refuses requests that the protocol does not allow where they come: a second `initialize`, and anything after
 * `shutdown`. The protocol's library would answer them.
 */
import { Message, type MessageStrategy } from 'vscode-languageserver';

/** What a request is passed on as that is to be refused: no client can know this method. */
export const REFUSED = '$/farthing/refused';

export interface Refusal {
  readonly method: string;
  readonly isShutDown: boolean;
}

export function createRequestOrder(): MessageStrategy {
  let isInitialized = false;
  let isShutDown = false;
  return {
    handleMessage: (message, next) => {
      if (!Message.isRequest(message)) return next(message);
      const { method } = message;
      const isRefused = isShutDown || (isInitialized && method === 'initialize');
      isInitialized ||= method === 'initialize';
      isShutDown ||= method === 'shutdown';
      const refusal: Refusal = { method, isShutDown };
      return next(isRefused ? { ...message, method: REFUSED, params: refusal } : message);
    },
  };
}
