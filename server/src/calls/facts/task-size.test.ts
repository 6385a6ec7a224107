import { describe, expect, it } from 'vitest';
import { exactly, hole, section, stable, testCall } from '../../rules/support/testing.ts';
import { smallTask } from './task-size.ts';

function asked(text: string) {
  return smallTask(
    testCall({ sections: [section('system', stable(30, text)), section('user', hole('varying', 'text'))] }),
  );
}

const limit = { state: 'present', origin: null, parameter: 'max_tokens', isOptional: true } as const;

describe('smallTask', () => {
  it('is not what a short answer about a picture, a PDF or a recording is', () => {
    const question = section('user', stable(30, 'Is it signed? Answer only "yes" or "no".'));
    const about = (kind: 'file' | 'audio') =>
      testCall({ sections: [question], media: [{ kind, tokens: exactly(1_600) }] });
    expect(smallTask(testCall({ sections: [question] }))).not.toBeNull();
    expect(smallTask(about('file'))).toBeNull();
    expect(smallTask(about('audio'))).toBeNull();
  });

  it.each([
    'Answer only "yes" or "no".',
    'Is it spam? Respond with YES or NO',
    'Reply with exactly one word: yes or no.',
    'Return only true/false.',
    'Return `true` or `false`',
    'Please output either Yes, or No.',
    'Return ONLY a JSON object with a "score" field that is either "yes" or "no". Do not include any other text or explanation.',
    "Give a binary score 'yes' or 'no' score. Provide it as a JSON with a single key 'score' and no preamble or explanation.",
  ])('sees a yes/no question in: %s', (text) => {
    expect(asked(text)).toEqual({ kind: 'yes-no', limit: null, labels: null });
  });

  it.each([
    'Classify the mail. Respond only with one of the following labels: billing, bug, praise.',
    'Return just the category name.',
    'Reply with only the label.',
    'Return only the category, without explanations.',
    'Respond with just the label. Do not include any other text or reasoning.',
    'Classify it into one of these categories: a, b. Provide only the category.',
  ])('sees one label in: %s', (text) => {
    expect(asked(text)).toEqual({ kind: 'label', limit: null, labels: null });
  });

  it.each([
    'Answer yes or no, then explain why.',
    'Answer yes or no. Do not repeat the question. Explain your choice.',
    'Answer yes or no and give your reasoning step by step.',
    'Respond with JSON: {"spam": true or false}',
    'Return a JSON object with a "score" field that is either "yes" or "no" and a "reason" field.',
    "Return a JSON with a single key 'summary'. Note the score 'yes' or 'no' of the text, and explain it.",
    'Return a JSON with a single key "answer".',
    'If the user asks a closed question, answer yes or no, otherwise write a paragraph.',
    'Answer the yes or no question with all the detail you have.',
    'You can say yes to anything.',
    'Return only the corrected text.',
    '',
  ])('sees no small task in: %s', (text) => {
    expect(asked(text)).toBeNull();
  });

  it('takes a limit of a few tokens as evidence, and names it', () => {
    const call = testCall({ outputLimit: { ...limit, tokens: 5 } });
    expect(smallTask(call)).toEqual({ kind: 'few-tokens', limit: 5, labels: null });
    expect(smallTask(testCall({ outputLimit: { ...limit, tokens: 17 } }))).toBeNull();
    // 0 asks for no answer: it only fills the provider's cache.
    expect(smallTask(testCall({ outputLimit: { ...limit, tokens: 0 } }))).toBeNull();
  });

  it('takes a closed set of labels as evidence, and an open schema as none', () => {
    const output = {
      isStructured: true,
      usesTools: false,
      usesImages: false,
      usesReasoning: false,
      reasoning: null,
    };
    expect(smallTask(testCall({ output, facts: { answerLabels: ['a', 'b'] } }))).toEqual({
      kind: 'closed-set',
      limit: null,
      labels: 2,
    });
    const sections = [section('user', stable(9, 'Answer yes or no.'), hole('varying', 'x'))];
    expect(smallTask(testCall({ sections, output }))).toBeNull();
  });

  it('says nothing about tools, images, reasoning, long prompts, and a limit on a prompt that never changes', () => {
    const outputLimit = { ...limit, tokens: 5 };
    const { output } = testCall();
    for (const more of [{ usesTools: true }, { usesImages: true }, { usesReasoning: true }]) {
      expect(smallTask(testCall({ outputLimit, output: { ...output, ...more } }))).toBeNull();
    }
    const long = [section('system', stable(2_000)), section('user', hole('varying', 'x'))];
    expect(smallTask(testCall({ outputLimit, sections: long }))).toBeNull();
    expect(smallTask(testCall({ outputLimit, sections: [section('user', stable(2, 'ping'))] }))).toBeNull();
  });
});
