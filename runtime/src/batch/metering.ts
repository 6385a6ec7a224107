/** The lines of one batch, as they pass the meter's layers: when they are admitted, and when they are answered. */
import type { BatchSends } from '../assembly/assemble.ts';
import type { Cost } from '../core/call-log.ts';
import type { CallResult } from '../core/call-result.ts';
import { type CallContext, NO_CONTEXT } from '../core/context.ts';
import { createExchange } from '../core/exchange.ts';
import type { Exchange, Reply } from '../core/pipeline.ts';
import type { ProviderLookup } from '../core/provider-lookup.ts';
import { payloadOfText } from '../support/json-body.ts';
import type { BatchRequest, BatchService } from './service.ts';
import type { Row } from './state.ts';

export interface Metering {
  /** The request as the layers let it through, or the answer with which they refuse it. */
  readonly admit: (row: Row) => Promise<{ readonly request: BatchRequest } | { readonly refusal: Refusal }>;
  /** Counts and records an answer, once for each row however often it is called. */
  readonly settle: (row: Row, answer: Answer) => Promise<Settled>;
  /** Gives back what is reserved for a row that no batch has answered. */
  readonly release: (row: Row) => Promise<void>;
  readonly recorded: () => Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export type Refusal = Answer & Settled;

export interface Settled {
  readonly call: string;
  /** Null is unknown. */
  readonly cost: Cost | null;
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** @param run distinguishes the calls of this job from those of earlier ones */
export function createMetering(
  sends: BatchSends,
  service: BatchService,
  providerAt: ProviderLookup,
  run: string,
): Metering {
  const callOf = ({ key }: Row): string => `${run}:${key}`;

  const exchangeOf = (row: Row, batch: Exchange['batch'], answer: Answer | null, onResult: Exchange['onResult']) => {
    const url = service.url(row.path);
    const payload = payloadOfText(row.body);
    const exchange =
      payload &&
      createExchange({
        url,
        provider: providerAt(url),
        headers: new Headers(),
        payload,
        context: contextOf(row),
        signal: null,
        transport: async () =>
          new Response(answer?.body, { status: Math.max(answer?.status ?? 200, 200), headers: JSON_TYPE }),
        onResult,
        id: callOf(row),
        batch,
      });
    if (exchange === null) throw new TypeError(`The row ${row.id} is not a request that a batch takes.`);
    return exchange;
  };

  /** The result is there when the reply is: a whole answer has settled by then. */
  const settle: Metering['settle'] = async (row, answer) => {
    let cost: Cost | null = null;
    const note = (result: CallResult): void => {
      cost = result.cost;
    };
    await sends.settle(exchangeOf(row, 'answered', answer, note));
    return { call: callOf(row), cost };
  };

  return {
    admit: async (row) => {
      let request: BatchRequest | null = null;
      const send = sends.admit(async ({ url, payload }) => {
        request = { path: pathFrom(service, url, row.path), body: payload.text };
        return ADMITTED;
      });
      const reply = await send(exchangeOf(row, 'asked', null, null));
      if (request !== null) return { request };
      const refused = { status: reply.status, body: await textOf(reply) };
      return { refusal: { ...refused, ...(await settle(row, refused)) } };
    },
    settle,
    release: (row) => sends.release(callOf(row)),
    recorded: sends.recorded,
  };
}

/**
 * What stands for the answer of a line that has yet to be submitted. It never settles, and nothing waits for it: what the
 * layers hold for a line is a reservation, which is in the store, and its answer settles that.
 */
const ADMITTED: Reply = {
  status: 202,
  headers: new Headers(),
  body: new ReadableStream(),
  origin: 'provider',
  get settled() {
    return new Promise<never>(() => {});
  },
};

/** A layer may have chosen another model, which some formats have in the address. */
function pathFrom(service: BatchService, url: string, path: string): string {
  const own = service.url(path);
  return url === own ? path : new URL(url).pathname;
}

async function textOf({ body }: Reply): Promise<string> {
  return body === null ? '' : new Response(body).text();
}

export function contextOf({ context }: Pick<Row, 'context'>): CallContext {
  return { ...NO_CONTEXT, ...context };
}

/** What differs from a call without a context. */
export function keptContext(context: CallContext): Partial<CallContext> {
  const entries = Object.entries(context).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(NO_CONTEXT[name as keyof CallContext]),
  );
  return Object.fromEntries(entries);
}
