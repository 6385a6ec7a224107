/** Rejects as soon as a signal aborts; the underlying promise keeps running. */

/** Rejects with the signal's reason as soon as it is aborted. What is no promise is returned as it is. */
export function orAborted<Value>(work: Value | Promise<Value>, signal: AbortSignal | null): Value | Promise<Value> {
  if (signal === null || !(work instanceof Promise)) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    const forget = (): void => signal.removeEventListener('abort', abort);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).then(forget);
  });
}
