/** A handler that throws costs the user that one answer: it is reported once, and everything else goes on. */
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

export interface Guard {
  /** Runs `body`; where it throws, the first time is logged and `fallback` is the answer. */
  readonly run: <Result>(name: string, fallback: Result, body: () => Result) => Result;
  /** Runs what nobody waits for: where it fails, the first time is logged. */
  readonly runLater: (name: string, body: () => Promise<unknown>) => void;
  /** Logs `message`, unless one with the same key was logged before. */
  readonly report: (key: string, message: string) => void;
}

export function createGuard(log: (message: string) => void): Guard {
  const reported = new Set<string>();

  const report = (key: string, message: string): void => {
    if (reported.has(key)) return;
    reported.add(key);
    log(message);
  };

  const reportError = (name: string, error: unknown): void => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const [first = text] = text.split('\n', 1);
    const message = `${name} failed and was skipped. It is only reported once. Please report it with these lines:\n${text}`;
    report(`${name} ${first}`, message);
  };

  return {
    run: (name, fallback, body) => {
      try {
        return body();
      } catch (error) {
        if (error instanceof ResponseError) throw error;
        reportError(name, error);
        return fallback;
      }
    },
    runLater: (name, body) => {
      body().catch((error: unknown) => reportError(name, error));
    },
    report,
  };
}

/** @throws ResponseError where the client no longer wants the answer */
export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
