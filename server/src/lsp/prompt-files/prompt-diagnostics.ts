/** Findings about what a prompt says, at the text: they also stand at the call, which may be many folders away. */
import type { Diagnostic } from '../../lint/diagnostic.ts';
import { LISTED_RULES } from '../../lint/rule-list.ts';
import { type PromptDocument, textFrom } from './sent-text.ts';

/** What a provider can cache depends on the text and on what stands before it. */
const ABOUT_TEXT: ReadonlySet<string> = new Set(
  LISTED_RULES.filter(({ technique }) => technique === 'caching').map(({ id }) => id),
);

export interface PromptFinding {
  readonly diagnostic: Diagnostic;
  /** In the prompt's text. */
  readonly start: number;
  readonly end: number;
}

export function promptFindings(prompt: PromptDocument): readonly PromptFinding[] {
  return prompt.workspace.known.calls().flatMap((call): PromptFinding[] => {
    const sent = textFrom(prompt, call);
    if (sent === null) return [];
    const { start, end } = sent.origin;
    return prompt
      .findingsIn(call.origin.path)
      .filter(({ rule, call: id }) => id === call.id && ABOUT_TEXT.has(rule))
      .map((diagnostic) => ({ diagnostic, start, end }));
  });
}
