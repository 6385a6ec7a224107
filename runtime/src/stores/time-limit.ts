/** Limits the time that a server can hold up a request. */

/** Rejects with the error that `late` creates if the work takes longer; the result of the work is then ignored. */
export async function withTimeLimit<Value>(
  work: Promise<Value>,
  milliseconds: number,
  late: () => Error,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    // If this process itself stood still, the answer may already be in its socket: it is read before the immediate
    // runs.
    timer = setTimeout(() => setImmediate(() => reject(late())), milliseconds);
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
