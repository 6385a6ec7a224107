/**
 * What the provider saw and what it served: the judge of every test about money.
 *
 * The rule of the bill: a request whose body came in whole and that is answered with success is billed its input at once.
 * A plain answer is billed its whole output as well, whatever then becomes of the connection: the model has generated
 * it. A stream is billed the tokens of each event as that event is written to the socket, so that an abort ends the bill.
 * Error statuses, and requests that are cut off before their end, cost nothing.
 */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Usage } from './usage.ts';

export interface RecordedCall {
  /** 1 for the first request. */
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Null in quick mode, as is the body. */
  readonly headers: IncomingHttpHeaders | null;
  body: Buffer | null;
  /** The body as JSON; undefined if it is not JSON, and in quick mode. */
  json: unknown;
  /** Whether the body came in whole. */
  isReceived: boolean;
  wire: string | null;
  /** As asked. The bill goes by `servedModel`. */
  model: string | null;
  servedModel: string | null;
  isStream: boolean;
  /** Null until headers are sent. */
  status: number | null;
  /** Bytes of the answer's body that were handed to the socket. */
  bytesSent: number;
  /** Whether the answer waits: where a script holds it, or stalls. */
  isHeld: boolean;
  /** `aborted` by the client, `broken` by a script. */
  outcome: 'open' | 'served' | 'aborted' | 'broken';
  /** When the answer was whole, or the connection gone. */
  endedAt: number | null;
  /** Null where nothing is billed. It grows while a stream is sent. */
  billed: Usage | null;
}

/** A line of a batch: it is billed at half the price of a call. */
export interface RecordedLine {
  readonly key: string;
  readonly model: string | null;
  readonly servedModel: string;
  readonly billed: Usage;
}

const LINE_FACTOR = 0.5;

/** What a call costs, in whole nano-dollars; null is an unknown price. */
export type PriceOf = (call: Pick<RecordedCall, 'servedModel'> & { readonly billed: Usage }) => number | null;

/** Nano-dollars for one token of each kind. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly longCacheWrite?: number;
}

export class Log {
  readonly calls: RecordedCall[] = [];
  /** Lines of batches that were answered with success. */
  readonly lines: RecordedLine[] = [];
  /** The most requests that were open at the same time. */
  peak = 0;
  #count = 0;
  #open = 0;
  readonly #looks = new Set<() => void>();
  readonly #held = new Set<() => void>();

  begin(method: string, path: string, headers: IncomingHttpHeaders | null): RecordedCall {
    const call: RecordedCall = {
      id: ++this.#count,
      at: Date.now(),
      method,
      path,
      headers,
      body: null,
      json: undefined,
      isReceived: false,
      wire: null,
      model: null,
      servedModel: null,
      isStream: false,
      status: null,
      bytesSent: 0,
      isHeld: false,
      outcome: 'open',
      endedAt: null,
      billed: null,
    };
    this.calls.push(call);
    this.peak = Math.max(this.peak, ++this.#open);
    this.changed();
    return call;
  }

  end(call: RecordedCall, outcome: 'served' | 'aborted'): void {
    call.endedAt = Date.now();
    if (call.outcome === 'open') call.outcome = outcome;
    this.#open--;
    this.changed();
  }

  /** To be called after every change of a call that other code may wait for. */
  changed(): void {
    for (const look of this.#looks) look();
  }

  /** Resolves once the calls are as they should be: a test waits for what happens, not for a time. */
  until(isSo: (calls: readonly RecordedCall[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo(this.calls)) return;
        this.#looks.delete(look);
        resolve();
      };
      this.#looks.add(look);
      look();
    });
  }

  /** Resolves once no request is open: only then is the bill final. */
  idle(): Promise<void> {
    return this.until(() => this.#open === 0);
  }

  /** Resolves at the next `release`, or when the connection is gone. */
  hold(call: RecordedCall, response: ServerResponse): Promise<void> {
    return new Promise((resolve) => {
      if (response.closed) return resolve();
      const end = (): void => {
        this.#held.delete(end);
        response.off('close', end);
        call.isHeld = false;
        resolve();
      };
      this.#held.add(end);
      response.once('close', end);
      call.isHeld = true;
      this.changed();
    });
  }

  /** Lets the answers go on that are held now. */
  release(): void {
    for (const end of [...this.#held]) end();
  }

  clear(): void {
    this.calls.length = 0;
    this.lines.length = 0;
    this.peak = this.#open;
  }
}

/** The sum over all calls and lines, as of now. It throws where a price is unknown, since the sum would be too low. */
export function spend({ calls, lines }: Pick<Log, 'calls' | 'lines'>, priceOf: PriceOf): number {
  let sum = 0;
  const add = (servedModel: string | null, billed: Usage, factor: number): void => {
    const cost = priceOf({ servedModel, billed });
    if (cost === null || !Number.isFinite(cost)) throw new Error(`No price for ${servedModel}, which was billed.`);
    sum += cost * factor;
  };
  for (const { servedModel, billed } of calls) if (billed !== null) add(servedModel, billed, 1);
  for (const { servedModel, billed } of lines) add(servedModel, billed, LINE_FACTOR);
  return sum;
}

/** Prices by model. A cache rate that is not given is the input's. */
export function priceTable(prices: Readonly<Record<string, TokenPrices>>): PriceOf {
  return ({ servedModel, billed }) => {
    const price = prices[servedModel ?? ''];
    if (price === undefined) return null;
    const { inputTokens, cachedInputTokens, cacheWriteTokens, longCacheWriteTokens, outputTokens } = billed;
    const write = price.cacheWrite ?? price.input;
    return (
      (inputTokens - cachedInputTokens - cacheWriteTokens) * price.input +
      cachedInputTokens * (price.cacheRead ?? price.input) +
      (cacheWriteTokens - longCacheWriteTokens) * write +
      longCacheWriteTokens * (price.longCacheWrite ?? write) +
      outputTokens * price.output
    );
  };
}
