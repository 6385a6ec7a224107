/**
 * A queue in front of the provider: a limited number of requests at once, the others wait by priority. Waiting raises a
 * call's priority, so none waits forever; if too many are waiting, the next one is refused.
 */
import type { Emit } from '../../core/events.ts';
import type { Layer } from '../../core/pipeline.ts';
import { refuse } from '../../core/refuse.ts';
import type { QueueOptions } from './options.ts';

export interface QueueTools extends Required<QueueOptions> {
  readonly emit: Emit;
}

interface Waiting {
  readonly priority: number;
  readonly since: number;
  readonly start: () => void;
}

export function queue({ concurrency, maximumWaiting, aging, emit }: QueueTools): Layer {
  const waiting: Waiting[] = [];
  let running = 0;

  /** Starts the call with the highest priority, including the bonus for waiting. */
  const startNext = (): void => {
    if (running >= concurrency || waiting.length === 0) return;
    const now = performance.now();
    const weight = ({ priority, since }: Waiting): number => priority + (now - since) / aging;
    let best = 0;
    for (let i = 1; i < waiting.length; i++) {
      if (weight(waiting[i] as Waiting) > weight(waiting[best] as Waiting)) best = i;
    }
    const [chosen] = waiting.splice(best, 1);
    running++;
    chosen?.start();
  };
  const release = (): void => {
    running--;
    startNext();
  };
  const turn = (priority: number, signal: AbortSignal | null): Promise<void> =>
    new Promise((resolve, reject) => {
      const entry: Waiting = { priority, since: performance.now(), start };
      function start(): void {
        signal?.removeEventListener('abort', leave);
        resolve();
      }
      function leave(): void {
        waiting.splice(waiting.indexOf(entry), 1);
        reject(signal?.reason);
      }
      waiting.push(entry);
      signal?.addEventListener('abort', leave, { once: true });
    });

  return (next) =>
    async function queued(exchange) {
      const { signal, context, log } = exchange;
      if (running < concurrency) running++;
      else if (waiting.length >= maximumWaiting) {
        const why = `${running} requests are running and ${waiting.length} are waiting. Try again in a moment, or raise the limits of \`queue\`.`;
        const headers = { 'retry-after': '1' };
        return refuse(exchange, { layer: 'queue', status: 429, code: 'overloaded', why, headers }, emit);
      } else {
        const began = performance.now();
        signal?.throwIfAborted();
        await turn(context.priority, signal);
        const milliseconds = Math.round(performance.now() - began);
        log.decide({ layer: 'queue', outcome: 'waited', milliseconds, reason: `waited ${milliseconds} ms` });
      }
      try {
        const reply = await next(exchange);
        void reply.settled.then(release);
        return reply;
      } catch (error) {
        release();
        throw error;
      }
    };
}
