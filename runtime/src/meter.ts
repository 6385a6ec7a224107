/**
 * The runtime's front door: a meter wraps clients, and every call of theirs goes through its layers.
 *
 * @example
 * const meter = createMeter();
 * const openai = meter.wrap(new OpenAI());
 * await meter.run({ feature: 'chat', user: id }, () => openai.chat.completions.create({ ... }));
 */
import type { CallResult } from './call-record.ts';
import { type CallOptions, currentScope, runIn } from './context.ts';
import { createProviderLookup, exchangeOf } from './exchange.ts';
import { account } from './layers/account.ts';
import { observe } from './layers/observe.ts';
import { resolve } from './layers/resolve.ts';
import type { MeterOptions } from './options.ts';
import { compose, type Exchange, type Layer } from './pipeline.ts';
import { createPrices } from './prices.ts';
import { responseOf } from './reply.ts';
import { createSend } from './send.ts';
import { wrapClient } from './wrap.ts';

type Fetch = typeof globalThis.fetch;

export interface Meter {
  /** A client of the same type, whose calls are metered. */
  readonly wrap: <Client extends object>(client: Client) => Client;
  /** A fetch for whatever takes one: providers of the Vercel AI SDK, LangChain's models. */
  readonly fetch: Fetch;
  /** Says on whose behalf the calls in `action` are made. Runs can be nested: the inner one's options stand over the outer's. */
  readonly run: <Result>(options: CallOptions, action: () => Result) => Result;
  /** The last call that has ended in the surrounding run; null outside of one, and before the first. */
  readonly lastCall: () => CallResult | null;
}

export function createMeter(options: MeterOptions = {}): Meter {
  const { onCall, now = () => new Date() } = options;
  const prices = createPrices({ overrides: options.prices ?? [], now });
  const providerAt = createProviderLookup(options.hosts ?? {});
  const layers: readonly Layer[] = [
    resolve({ aliases: options.aliases ?? {}, models: featureModels(options) }),
    ...(options.layers ?? []),
    account({ prices }),
  ];
  const onResult = (result: CallResult, { scope }: Exchange): void => {
    if (scope !== null) scope.last = result;
    tell(onCall, result);
  };
  const send = compose(
    [observe({ onResult }), ...layers],
    createSend({ streamIdleTimeout: options.streamIdleTimeout ?? 30_000 }),
  );

  const meterFetch = (inner: Fetch): Fetch =>
    async function meteredFetch(input, init) {
      const exchange = exchangeOf(input, init, currentScope(), providerAt, inner);
      return exchange === null ? inner(input, init) : responseOf(await send(exchange));
    };

  const meter: Meter = {
    wrap: (client) => wrapClient(client, meter, meterFetch),
    // The global fetch is looked up at each call: other tools put theirs in its place.
    fetch: meterFetch((input, init) => globalThis.fetch(input, init)),
    run: runIn,
    lastCall: () => currentScope()?.last ?? null,
  };
  return meter;
}

/** A listener's error is the application's, and must not become the call's. */
function tell(listener: ((result: CallResult) => void) | undefined, result: CallResult): void {
  try {
    listener?.(result);
  } catch (error) {
    process.emitWarning(`onCall threw: ${error}`, 'FarthingWarning');
  }
}

function featureModels({ features = {} }: MeterOptions): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(features).flatMap(([name, { model }]) => (model === undefined ? [] : [[name, model]])),
  );
}
