/** A server that does not answer must not hold a request. */

/** Rejects with what `late` makes when the work takes longer; what it still does then is nobody's concern. */
export async function withTimeLimit<Value>(
  work: Promise<Value>,
  milliseconds: number,
  late: () => Error,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    // Where this process stood still itself, the answer may lie in its socket: it is read before the immediate runs.
    timer = setTimeout(() => setImmediate(() => reject(late())), milliseconds);
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
