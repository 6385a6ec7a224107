/** Errors of the SDKs, by what they mean for a batch. */

/** The status that an error stands for; null for errors of another kind, such as a connection that broke. */
export function statusOf(error: unknown): number | null {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
  return typeof status === 'number' ? status : null;
}

/** Connections that broke, servers that are overloaded, and limits that are reached for now. */
export function isTemporary(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== null) return isTemporaryStatus(status);
  if (!(error instanceof Error)) return false;
  // The SDKs of OpenAI and Anthropic have errors of a connection without a status; `fetch` throws a TypeError with a cause.
  return 'status' in error || (error instanceof TypeError && error.cause !== undefined);
}

export function isTemporaryStatus(status: number): boolean {
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

/** True if the provider has surely not taken what was sent. */
export function isRefusal(error: unknown): boolean {
  const status = statusOf(error);
  return status !== null && status < 500 && status !== 408 && status !== 409;
}

/** Does nothing about what is not there any more. */
export async function ifThere(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
}

/** A batch that has ended cannot be cancelled, which is as good. */
export async function ifEnded(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    const status = statusOf(error);
    if (status !== 400 && status !== 409) throw error;
  }
}
