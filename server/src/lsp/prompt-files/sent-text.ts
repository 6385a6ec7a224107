/**
 * Where the texts that calls send stand in a prompt file or a template that is open. A program reads such a file, so that
 * the call's own places are in the code: the text itself says where it is from.
 */

import { sumRanges } from '@farthing/shared/range';
import type { Range as LspRange } from 'vscode-languageserver';
import type { LlmCall, PromptSegment } from '../../calls/call.ts';
import type { Diagnostic } from '../../lint/diagnostic.ts';
import type { AnalysedDocument } from '../context.ts';
import type { SentText } from '../markdown/prompt-lens.ts';

/** An open prompt file, next to the calls of its folder that are known. */
export type PromptDocument = Pick<AnalysedDocument, 'uri' | 'path' | 'text' | 'workspace' | 'locationOf'> & {
  /** What is known to be wrong in a file of the folder. */
  readonly findingsIn: (path: string) => readonly Diagnostic[];
  readonly rangeOf: (start: number, end: number) => LspRange;
};

/** Characters. Anything shorter stands in many files. */
const MIN_LENGTH = 24;

/** What the call sends of the file, from its first part to its last; null if nothing. */
export function textFrom(prompt: PromptDocument, call: LlmCall): SentText | null {
  const parts = call.sections
    .flatMap(({ segments }) => segments)
    .flatMap((segment) => {
      const start = placeOf(segment, prompt);
      return start === null ? [] : [{ segment, start, end: start + (segment.text?.trim().length ?? 0) }];
    });
  if (parts.length === 0) return null;
  return {
    call,
    origin: {
      path: prompt.path,
      start: Math.min(...parts.map(({ start }) => start)),
      end: Math.max(...parts.map(({ end }) => end)),
    },
    tokens: sumRanges(parts.map(({ segment }) => segment.tokens)),
    isStable: parts.every(({ segment }) => segment.stability === 'stable'),
  };
}

/** Null for a text that is written in the code, although the file has the same words. */
function placeOf({ text, origin }: PromptSegment, { text: whole, path, workspace }: PromptDocument): number | null {
  const words = text?.trim() ?? '';
  if (words.length < MIN_LENGTH || origin === null || origin.path === path) return null;
  const at = whole.indexOf(words);
  if (at < 0) return null;
  const inCode = workspace.code.textOf(origin.path)?.slice(origin.start, origin.end) ?? '';
  return inCode.length >= words.length ? null : at;
}
