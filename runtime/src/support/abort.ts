/** Rejects as soon as a signal aborts; the underlying promise keeps running. */

/** @throws the signal's reason as soon as it is aborted */
export async function orAborted<Value>(work: Value | Promise<Value>, signal: AbortSignal | null): Promise<Value> {
  if (signal === null || !(work instanceof Promise)) return work;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
