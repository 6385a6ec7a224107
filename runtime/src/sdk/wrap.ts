/**
 * Giving an SDK's client our fetch, in its place. Clients are recognised structurally, not by their class: an application
 * may have several versions of an SDK, and the runtime imports none.
 *
 * The client itself is changed. A copy would lose what others have put upon it (patched methods, added properties, a
 * `Proxy`, private fields), could not be made of a subclass with another constructor, and would leave methods that are
 * bound to the first client unmetered.
 */
import { MeterError } from '../core/errors.ts';
import { googleConnection, OLD_GOOGLE } from './google.ts';
import { sendersOf } from './senders.ts';
import { guardLive, guardSockets, type SocketGate } from './sockets.ts';
import { isObject, replace, stored } from './stored.ts';

type Fetch = typeof globalThis.fetch;

export interface Wrapping {
  /** The meter: its own fetch is never wrapped by it again. */
  readonly owner: object;
  readonly meter: (inner: Fetch) => Fetch;
  /** Called with the client and the objects that send for it, and with later copies of them. */
  readonly onWrapped: (clients: readonly object[]) => void;
  /** Stops WebSockets, which bypass `fetch`; null if that is not needed. */
  readonly gate: () => SocketGate | null;
}

/** What each `fetch` of ours sends with. */
const inners = new WeakMap<Fetch, Fetch>();

/** The meters behind each `fetch` of ours, so that none of them counts a client twice. */
const ours = new WeakMap<Fetch, ReadonlySet<object>>();

/** @throws MeterError for an object that is not a client of a known SDK, or that cannot be changed */
export function wrapClient<Client extends object>(client: Client, wrapping: Wrapping): Client {
  const google = googleConnection(client);
  if (google !== null) {
    google.replaceFetch((inner) => metered(inner, wrapping));
    google.watchOthers?.({
      meter: (other) => {
        if (typeof stored(other, 'fetch') !== 'function') return false;
        wrapSender(other, wrapping);
        return true;
      },
      // Only a hard cap has to stop what is not metered.
      onUnmetered: () => {
        if (wrapping.gate() !== null) throw new MeterError(OLD_GOOGLE);
      },
    });
    gateSockets(client, wrapping.gate());
    wrapping.onWrapped([client]);
    return client;
  }
  const senders = sendersOf(client);
  if (senders.length === 0) throw new MeterError(NOT_KNOWN);
  for (const sender of senders) wrapSender(sender, wrapping);
  wrapping.onWrapped(senders.includes(client) ? senders : [client, ...senders]);
  return client;
}

const NOT_KNOWN =
  'meter.wrap takes a client of openai, @anthropic-ai/sdk or @google/genai. For anything else hand `meter.fetch` to it as its fetch: createOpenAI({ fetch: meter.fetch }), new ChatOpenAI({ configuration: { fetch: meter.fetch } }).';

const OWN_TRANSPORT =
  'meter.wrap cannot meter this client: with an X.509 workload identity it does not send through fetch.';

/** `openai` (Azure's class too), `@anthropic-ai/sdk` and their like. */
function wrapSender(sender: object, wrapping: Wrapping): void {
  // Only this identity has its own address: such a client never calls its `fetch`.
  const identity = stored(sender, '_workloadIdentityAuth');
  if (typeof stored(identity, 'requestAPIURL') === 'function') throw new MeterError(OWN_TRANSPORT);
  const inner = stored(sender, 'fetch') as Fetch;
  if (!isMetered(inner, wrapping)) {
    replace(sender, 'fetch', metered(inner, wrapping));
    followCopies(sender, wrapping);
  }
  gateSockets(sender, wrapping.gate());
}

/** Guards the sockets of a client, or of one that sends for it; once, however often it is called. */
export function gateSockets(client: object, gate: SocketGate | null): void {
  if (gate === null) return;
  if (isGoogle(client)) guardLive(client, gate);
  else if (typeof stored(client, 'fetch') === 'function') guardSockets(client, gate);
}

/** A copy may be given another fetch, which is metered as well. */
function followCopies(sender: object, wrapping: Wrapping): void {
  const withOptions = stored(sender, 'withOptions');
  if (typeof withOptions !== 'function') return;
  replace(sender, 'withOptions', function withOptionsMetered(this: unknown, ...args: unknown[]) {
    const copy: unknown = withOptions.apply(this, args);
    return isObject(copy) ? wrapClient(copy, wrapping) : copy;
  });
}

function isMetered(fetch: Fetch, { owner }: Wrapping): boolean {
  return ours.get(fetch)?.has(owner) === true;
}

function metered(inner: Fetch, wrapping: Wrapping): Fetch {
  if (isMetered(inner, wrapping)) return inner;
  const fetch = wrapping.meter(inner);
  ours.set(fetch, new Set([wrapping.owner, ...(ours.get(inner) ?? [])]));
  inners.set(fetch, inner);
  return fetch;
}

/** The fetch that a client had before it was wrapped. */
export function unmetered(fetch: Fetch): Fetch {
  return inners.get(fetch) ?? fetch;
}

/** Keeps a meter from wrapping a fetch, because it is the meter's own. */
export function markMetered(fetch: Fetch, owner: object): Fetch {
  ours.set(fetch, new Set([owner]));
  return fetch;
}

function isGoogle(client: object): boolean {
  return isObject(stored(stored(client, 'apiClient'), 'clientOptions'));
}
