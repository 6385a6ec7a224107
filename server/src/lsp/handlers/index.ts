/** All methods that the files in this folder handle. */
import type { Handler } from '../context.ts';
import {
  BREAKDOWN,
  CHANGES,
  EXPLAIN,
  EXPORT,
  FIX_RULE,
  MODEL_CHOICES,
  PACKAGES,
  REPORT,
  SUMMARY,
} from '../protocol.ts';
import { breakdown } from './breakdown.ts';
import { changes } from './changes.ts';
import { codeAction } from './code-action.ts';
import { resolveCodeAction } from './code-action-resolve.ts';
import { codeLens } from './code-lens.ts';
import { completion } from './completion.ts';
import { explain } from './explain.ts';
import { exportReport } from './export-report.ts';
import { fixRule } from './fix-rule.ts';
import { hover } from './hover.ts';
import { inlayHint } from './inlay-hint.ts';
import { modelChoices } from './model-choices.ts';
import { packages } from './packages.ts';
import { report } from './report.ts';
import { summary } from './summary.ts';

interface Method {
  readonly method: string;
  /** The answer if the handler fails. */
  readonly fallback: (parameters: never) => unknown;
  /** Each method has its own parameters, which the protocol guarantees. */
  readonly handle: Handler<never, unknown>;
}

const none = (): null => null;
const empty = (): readonly never[] => [];

export const handlers: readonly Method[] = [
  { method: 'textDocument/codeAction', fallback: empty, handle: codeAction },
  { method: 'codeAction/resolve', fallback: (action) => action, handle: resolveCodeAction },
  { method: 'textDocument/codeLens', fallback: empty, handle: codeLens },
  { method: 'textDocument/completion', fallback: empty, handle: completion },
  { method: 'textDocument/hover', fallback: none, handle: hover },
  { method: 'textDocument/inlayHint', fallback: empty, handle: inlayHint },
  { method: SUMMARY, fallback: none, handle: summary },
  { method: CHANGES, fallback: empty, handle: changes },
  { method: BREAKDOWN, fallback: none, handle: breakdown },
  { method: MODEL_CHOICES, fallback: none, handle: modelChoices },
  { method: EXPORT, fallback: none, handle: exportReport },
  { method: FIX_RULE, fallback: none, handle: fixRule },
  { method: EXPLAIN, fallback: none, handle: explain },
  { method: PACKAGES, fallback: empty, handle: packages },
  { method: REPORT, fallback: none, handle: report },
];
