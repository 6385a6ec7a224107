/** Every method that a file of this folder answers. */
import type { Handler } from '../context.ts';
import { codeAction } from './code-action.ts';
import { resolveCodeAction } from './code-action-resolve.ts';

interface Method {
  readonly method: string;
  /** The answer where the handler fails. */
  readonly fallback: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: each method has parameters of its own, which the protocol guarantees.
  readonly handle: Handler<any, unknown>;
}

export const handlers: readonly Method[] = [
  { method: 'textDocument/codeAction', fallback: [], handle: codeAction },
  { method: 'codeAction/resolve', fallback: null, handle: resolveCodeAction },
];
