/** Calls as the benchmark of the runtime makes them, and their times. */
import { percentile } from './process.ts';

export type Fetch = typeof globalThis.fetch;

let count = 0;

/** A chat request of so many bytes; each one another. */
export function request(bytes: number, more: object = {}): RequestInit {
  const content = `${count++} `.padEnd(Math.max(bytes - 160, 8), 'What does a farthing buy? ');
  const body = { model: 'small', messages: [{ role: 'user', content }], max_completion_tokens: 20, ...more };
  return {
    method: 'POST',
    headers: new Headers({ 'content-type': 'application/json', authorization: 'Bearer key' }),
    body: JSON.stringify(body),
  };
}

/** Microseconds until an action has ended. */
export async function timeOf(action: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await action();
  return (performance.now() - began) * 1000;
}

export async function readWhole(fetch: Fetch, url: string, init: RequestInit): Promise<void> {
  const response = await fetch(url, init);
  await response.text();
}

/** To the first bytes of a stream; the rest is read after that. */
export async function timeToFirstByte(fetch: Fetch, url: string, init: RequestInit): Promise<number> {
  const began = performance.now();
  const response = await fetch(url, init);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  const time = (performance.now() - began) * 1000;
  while (!(await reader.read()).done);
  return time;
}

const WARM_UP = 500;

/**
 * Microseconds of the median call, each way in turn so that all see the same machine. Each round begins with the next
 * way, so that none always follows the one that leaves the least in the processor's caches.
 */
export async function inTurn<Name extends string>(
  calls: number,
  ways: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(ways) as Name[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = -WARM_UP; round < calls; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + WARM_UP + turn) % names.length] as Name;
      const time = await ways[name]();
      if (round >= 0) times.get(name)?.push(time);
    }
  }
  return Object.fromEntries(names.map((name) => [name, percentile(times.get(name) ?? [], 50)])) as Record<Name, number>;
}

/** So many calls, so many of them at once; answers how many a second that were. */
export async function perSecond(calls: number, concurrency: number, call: () => Promise<void>): Promise<number> {
  let left = calls;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    while (left-- > 0) await call();
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return calls / ((performance.now() - began) / 1000);
}
