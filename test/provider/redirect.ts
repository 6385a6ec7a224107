/**
 * The providers' own addresses, answered by the fake provider: programs run against it as they are, with no base URL and
 * with the prices of those who are really paid. Whatever else is asked of a network is refused.
 */
const PROVIDERS: ReadonlySet<string> = new Set([
  'api.openai.com',
  'api.anthropic.com',
  'generativelanguage.googleapis.com',
  'api.groq.com',
]);

/**
 * @param url the fake provider's
 * @returns what gives the process its own fetch back
 */
export function redirectFetch(url: string): () => void {
  const own = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : input);
    if (asked.hostname === '127.0.0.1') return own(input, init);
    if (!PROVIDERS.has(asked.hostname)) throw new TypeError(`${asked.hostname} is not answered by the fake provider.`);
    const there = new URL(`${asked.pathname}${asked.search}`, url);
    return own(input instanceof Request ? new Request(there, input) : there, init);
  };
  return () => {
    globalThis.fetch = own;
  };
}
