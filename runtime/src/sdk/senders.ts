/**
 * The clients that send what an application calls. A tracer may return an object whose methods still belong to the
 * original client: LangSmith a copy, Langfuse, Braintrust and Sentry a `Proxy`.
 */
import { isObject, ownParts, stored } from './stored.ts';

/**
 * Other SDKs are built in the same way, but send requests that the runtime cannot read: a client it can read has one of
 * these.
 */
const METHODS = ['chat.completions.create', 'messages.create', 'responses.create', 'embeddings.create', 'rerank'];

/** The objects whose `fetch` is called for the client; none for a client that the runtime cannot read. */
export function sendersOf(client: object): readonly object[] {
  if (!METHODS.some((path) => typeof path.split('.').reduce(member, client as unknown) === 'function')) return [];
  const senders = new Set<object>([client]);
  const seen = new Set<object>();
  const visit = (part: object): void => {
    const sender = stored(part, '_client');
    if (seen.has(part) || !isObject(sender)) return;
    seen.add(part);
    senders.add(sender);
    for (const inner of ownParts(part)) visit(inner);
  };
  for (const part of ownParts(client)) visit(part);
  // What stands between may be the tracer's own.
  for (const path of METHODS) for (const part of along(path.split('.'), client)) visit(part);
  return [...senders].filter((sender) => typeof stored(sender, 'fetch') === 'function');
}

/** The objects on the way to a method. */
function along(names: readonly string[], client: object): readonly object[] {
  const parts: object[] = [];
  let at: unknown = client;
  for (const name of names) {
    at = stored(at, name);
    if (isObject(at)) parts.push(at);
  }
  return parts;
}

function member(value: unknown, name: string): unknown {
  return isObject(value) ? (value as Record<string, unknown>)[name] : undefined;
}
