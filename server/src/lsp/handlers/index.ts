/** Every method that a file of this folder answers. */
import type { Handler } from '../context.ts';
import { BREAKDOWN, EXPLAIN, REPORT, SUMMARY } from '../protocol.ts';
import { breakdown } from './breakdown.ts';
import { codeAction } from './code-action.ts';
import { resolveCodeAction } from './code-action-resolve.ts';
import { codeLens } from './code-lens.ts';
import { completion } from './completion.ts';
import { explain } from './explain.ts';
import { hover } from './hover.ts';
import { inlayHint } from './inlay-hint.ts';
import { report } from './report.ts';
import { summary } from './summary.ts';

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
  { method: 'textDocument/codeLens', fallback: [], handle: codeLens },
  { method: 'textDocument/completion', fallback: [], handle: completion },
  { method: 'textDocument/hover', fallback: null, handle: hover },
  { method: 'textDocument/inlayHint', fallback: [], handle: inlayHint },
  { method: SUMMARY, fallback: null, handle: summary },
  { method: BREAKDOWN, fallback: null, handle: breakdown },
  { method: EXPLAIN, fallback: null, handle: explain },
  { method: REPORT, fallback: null, handle: report },
];
