/**
 * The length of answers without a limit, by task. From 1,746 recorded answers of 28 repositories (5th, 50th and 95th
 * percentile). Those answers are from tests, so the expectation for plain chat was raised from 27 to 150.
 */
import type { Range } from '../range.ts';
import { rememberTexts } from './text-memo.ts';

/** `tools`: the model may answer by calling one. */
export type AnswerTask = 'chat' | 'json' | 'label' | 'tools';

type Length = Omit<Range, 'basis'>;

const LENGTHS: Readonly<Record<AnswerTask, { readonly plain: Length; readonly reasoning: Length }>> = {
  chat: { plain: { low: 20, expected: 150, high: 1_000 }, reasoning: { low: 50, expected: 400, high: 2_500 } },
  json: { plain: { low: 8, expected: 30, high: 300 }, reasoning: { low: 60, expected: 250, high: 1_300 } },
  label: { plain: { low: 2, expected: 5, high: 150 }, reasoning: { low: 10, expected: 70, high: 1_500 } },
  tools: { plain: { low: 10, expected: 35, high: 200 }, reasoning: { low: 20, expected: 110, high: 650 } },
};

/** Reasoning is billed as output, and is most of the output if a model reasons. */
export function answerLength(task: AnswerTask, isReasoning: boolean): Length {
  return LENGTHS[task][isReasoning ? 'reasoning' : 'plain'];
}

/** Ids of models that reason unless the request says otherwise. */
const REASONS_BY_DEFAULT: readonly RegExp[] = [
  /\bo[1-9](?:-|$)/,
  /gpt-5(?:-(?:mini|nano|pro|codex))?(?:-\d{4}|$)/,
  /gpt-oss/,
  /gemini-(?:2\.5-(?:pro|flash(?!-lite))|[3-9])/,
  /deepseek-r|\br1\b/,
  /qwq|qwen-?3(?!.*(?:instruct|coder))/,
  /grok-(?:[4-9]|code)(?!.*non-reasoning)/,
  /magistral|thinking|sonar-reasoning/,
];

export const reasonsByDefault = /* @__PURE__ */ rememberTexts((model): boolean => {
  const name = model.toLowerCase();
  return REASONS_BY_DEFAULT.some((pattern) => pattern.test(name));
});
