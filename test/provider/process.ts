/** The fake provider in a separate process, so that it has its own core and outlives a killed client. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReportedCall } from './control.ts';
import type { TokenPrices } from './log.ts';
import type { Match, Step } from './script.ts';

export interface ProviderProcess {
  readonly url: string;
  readonly script: (match: Match, steps: Step | readonly Step[]) => Promise<void>;
  /** Bodies are left out unless asked for: those of many calls are more than one answer can hold. */
  readonly log: (options?: {
    readonly hasBodies: boolean;
  }) => Promise<{ readonly peak: number; readonly calls: readonly ReportedCall[] }>;
  /** Nano-dollars, by prices a token for each model. */
  readonly spend: (prices: Readonly<Record<string, TokenPrices>>) => Promise<number>;
  readonly release: () => Promise<void>;
  readonly idle: () => Promise<void>;
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `const provider = await startProviderProcess({ quick: true });` */
export async function startProviderProcess(options: { readonly quick?: boolean } = {}): Promise<ProviderProcess> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = fork(main, options.quick === true ? ['--quick'] : [], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: [],
  });
  const [line] = await Promise.race([
    once(child.stdout ?? child, 'data'),
    once(child, 'exit').then(([status]) => {
      throw new Error(`The fake provider ended with status ${status} before it listened.`);
    }),
  ]);
  const { url } = JSON.parse(String(line)) as { url: string };
  const ask = async <Result>(path: string, body: unknown = {}): Promise<Result> => {
    const answer = await fetch(`${url}/__${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as Result;
  };
  return {
    url,
    script: async (match, steps) => void (await ask('script', { match, steps })),
    log: (options) => ask('log', options),
    spend: async (prices) => (await ask<{ nanoDollars: number }>('spend', { prices })).nanoDollars,
    release: async () => void (await ask('release')),
    idle: async () => void (await ask('idle')),
    reset: async () => void (await ask('reset')),
    async close() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
