/**
 * Giving an SDK's client our fetch. Clients are told by their shape, not by their class: an application may have several
 * versions of an SDK, and the runtime imports none.
 */
import { MeterError } from '../core/errors.ts';

type Fetch = typeof globalThis.fetch;

/** Other SDKs are built alike, and send what the runtime cannot read: a client has one of these where it can. */
const METHODS = ['chat.completions.create', 'messages.create', 'responses.create', 'embeddings.create', 'rerank'];

interface Wrapping {
  readonly isFor: (client: object) => boolean;
  readonly wrap: (client: object, metered: (inner: Fetch) => Fetch) => object;
}

/** `openai` (Azure's class too) and `@anthropic-ai/sdk`: a new client of the same class. */
const copied: Wrapping = {
  isFor: (client) =>
    typeof field(client, 'withOptions') === 'function' &&
    typeof field(client, 'fetch') === 'function' &&
    METHODS.some((path) => typeof path.split('.').reduce(field, client as unknown) === 'function'),
  wrap: (client, metered) => {
    const { fetch, withOptions } = client as { fetch: Fetch; withOptions: (options: { fetch: Fetch }) => object };
    return withOptions.call(client, { fetch: metered(fetch) });
  },
};

/**
 * `@google/genai` has no way to copy a client, so that the client itself is changed. Its options are private, and have
 * been in this place since 1.0: where they are not, wrapping says so at once.
 */
const changed: Wrapping = {
  isFor: (client) => googleOptions(client) !== null,
  wrap: (client, metered) => {
    const options = googleOptions(client);
    if (options === null) return client;
    const inner = options.httpOptions?.fetch ?? globalThis.fetch;
    options.httpOptions = { ...options.httpOptions, fetch: metered(inner) };
    return client;
  },
};

interface GoogleOptions {
  httpOptions?: { fetch?: Fetch };
}

function googleOptions(client: object): GoogleOptions | null {
  const options = field(field(client, 'apiClient'), 'clientOptions');
  return typeof options === 'object' && options !== null ? (options as GoogleOptions) : null;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** Fetches that are ours, so that a client is not wrapped by the same meter twice. */
const ours = new WeakMap<Fetch, object>();

/**
 * @param owner the meter: its own fetch is never wrapped by it again
 * @throws MeterError for an object that is no client of a known SDK
 */
export function wrapClient<Client extends object>(
  client: Client,
  owner: object,
  meter: (inner: Fetch) => Fetch,
): Client {
  const wrapping = [copied, changed].find(({ isFor }) => isFor(client));
  if (wrapping === undefined) {
    throw new MeterError(
      'meter.wrap takes a client of openai, @anthropic-ai/sdk or @google/genai. For anything else hand `meter.fetch` to it as its fetch: createOpenAI({ fetch: meter.fetch }), new ChatOpenAI({ configuration: { fetch: meter.fetch } }).',
    );
  }
  const metered = (inner: Fetch): Fetch => {
    if (ours.get(inner) === owner) return inner;
    const fetch = meter(inner);
    ours.set(fetch, owner);
    return fetch;
  };
  return wrapping.wrap(client, metered) as Client;
}
