/** Every method that a file of this folder answers. */
import type { Handler } from '../context.ts';

interface Method {
  readonly method: string;
  /** The answer where the handler fails. */
  readonly fallback: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: each method has parameters of its own, which the protocol guarantees.
  readonly handle: Handler<any, unknown>;
}

export const handlers: readonly Method[] = [];
