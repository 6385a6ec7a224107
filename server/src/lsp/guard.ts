/** If a handler throws, only its own answer is lost: the error is reported once, and everything else goes on. */
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

export interface Guard {
  /** Runs `body`. If it throws, the first error is logged and `fallback` is returned. */
  readonly run: <Result>(name: string, fallback: Result, body: () => Result) => Result;
  /** Runs work in the background. If it fails, the first error is logged. */
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

/** @throws ResponseError if the client no longer wants the answer */
export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
