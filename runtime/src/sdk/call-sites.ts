/** Finds call sites on the stack, for all calls or a fraction of them, if the call does not name its own. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Exchange } from '../core/pipeline.ts';
import { markedRequest } from './marks.ts';
import { watchMethods } from './method-watch.ts';
import { createCallerFinder } from './stack.ts';

export interface CallSiteOptions {
  /**
   * `always` or `sampled` records the place of a call that names no call site itself, as `src/answer.ts:12:41`. Default:
   * `off`. Compiled applications run with `--enable-source-maps`, so that places are those of the sources.
   *
   * A wrapped client is known at its methods, whatever it does then; `meter.fetch` sees only what still awaits the request
   * (the AI SDK's generateText and embed, not its streamText, and nothing of LangChain).
   *
   * On two busy cores (Node 24, 2026-11-26) `always` adds 50 to 70 microseconds to calls of which SDK and runtime take 150
   * to 300 without the network; `sampled` at 0.01 less than such a measurement can tell.
   */
  readonly capture?: 'off' | 'sampled' | 'always';
  /** The share of calls whose place `sampled` looks for. Default: 0.01. */
  readonly share?: number;
  /** The folder that paths are relative to, as it is scanned. Default: the working directory. */
  readonly root?: string;
}

export interface CallSites {
  /** Makes the calls of a client known at its methods: of the one that is called, and of those that send for it. */
  readonly watch: (clients: readonly object[]) => void;
  /** Adds the call site to the exchange, if it has none. @param fetch the function that the client has called */
  readonly locate: (exchange: Exchange, fetch: (...args: never[]) => unknown) => Exchange;
}

/** What is known inside a method: the position, or that this call is not in the sample. */
interface Entered {
  readonly isSampled: boolean;
  readonly place: string | null;
}

const NOT_SAMPLED: Entered = { isSampled: false, place: null };

export function createCallSites({ capture = 'off', share = 0.01, root = process.cwd() }: CallSiteOptions): CallSites {
  if (capture === 'off') return { watch: () => {}, locate: (exchange) => at(exchange, markedRequest()) };
  const findCaller = createCallerFinder(root);
  const entered = new AsyncLocalStorage<Entered>();
  const watched = new WeakSet<object>();
  const isChosen = (): boolean => capture === 'always' || Math.random() < share;

  const enter = (method: (...args: never[]) => unknown): Entered => {
    const outer = entered.getStore();
    if (!(outer?.isSampled ?? isChosen())) return NOT_SAMPLED;
    // A method that the SDK itself calls has no caller in the application: the outer method's caller is used.
    return { isSampled: true, place: findCaller(method, 'own') ?? outer?.place ?? null };
  };

  return {
    watch: (clients) => watchMethods(clients, watched, (method, run) => entered.run(enter(method), run)),
    locate: (exchange, fetch) => {
      if (exchange.context.callSite !== null) return exchange;
      const marked = markedRequest();
      if (marked !== null) return at(exchange, marked);
      const known = entered.getStore();
      return at(exchange, known === undefined && isChosen() ? findCaller(fetch, 'awaiting') : (known?.place ?? null));
    },
  };
}

function at(exchange: Exchange, callSite: string | null): Exchange {
  if (callSite === null || exchange.context.callSite !== null) return exchange;
  return { ...exchange, context: { ...exchange.context, callSite } };
}
