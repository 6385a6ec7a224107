/** A handler that throws costs the user that one answer: it is reported once, and everything else goes on. */
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

export interface Guard {
  /** Runs `body`; where it throws, the first time is logged and `fallback` is the answer. */
  readonly run: <Result>(name: string, fallback: Result, body: () => Result) => Result;
}

export function createGuard(log: (message: string) => void): Guard {
  const reported = new Set<string>();
  return {
    run: (name, fallback, body) => {
      try {
        return body();
      } catch (error) {
        if (error instanceof ResponseError) throw error;
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        const [first = text] = text.split('\n', 1);
        const key = `${name} ${first}`;
        if (!reported.has(key)) {
          reported.add(key);
          log(`${name} failed and was skipped; this is said once. Please report it with these lines:\n${text}`);
        }
        return fallback;
      }
    },
  };
}

/** @throws ResponseError where the client no longer wants the answer */
export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
