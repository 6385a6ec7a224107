/** A client that is nothing but its fetch: what goes through the layers is then in the test's own hands. */
import type { Meter } from '../../runtime/src/index.ts';

type Fetch = typeof globalThis.fetch;

class FetchingClient {
  readonly fetch: Fetch;
  /** By which the meter knows what the client sends. */
  readonly chat = { completions: { create: () => {} } };
  constructor({ fetch }: { readonly fetch: Fetch }) {
    this.fetch = fetch;
  }
  withOptions(options: { readonly fetch: Fetch }): FetchingClient {
    return new FetchingClient(options);
  }
}

/** The meter's fetch over one that plays the provider. */
export function meteredOver(meter: Meter, provider: (url: string, init: RequestInit) => Promise<Response>): Fetch {
  const { fetch } = meter.wrap(new FetchingClient({ fetch: (url, init) => provider(String(url), init ?? {}) }));
  return (url, init) => fetch(url, init);
}
