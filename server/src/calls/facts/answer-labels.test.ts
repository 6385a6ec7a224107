import { describe, expect, it } from 'vitest';
import { onlyCall } from '../testing.ts';
import { answerLabels } from './answer-labels.ts';

const ZOD = `import OpenAI from 'openai'; import { zodResponseFormat } from 'openai/helpers/zod'; import { z } from 'zod';
const client = new OpenAI();
`;
const zod = (schema: string) =>
  answerLabels(
    onlyCall(
      '/app/main.ts',
      `${ZOD}export const ask = (text) => client.chat.completions.parse({ model: 'gpt-4o', messages: [{ role: 'user', content: text }], response_format: zodResponseFormat(${schema}, 'answer') });`,
    ),
  );

const PYDANTIC = `from enum import Enum
from typing import Literal
from openai import OpenAI
from pydantic import BaseModel
client = OpenAI()
`;
const pydantic = (schema: string) =>
  answerLabels(
    onlyCall(
      '/app/main.py',
      `${PYDANTIC}${schema}\ndef ask(text):\n    return client.chat.completions.parse(model="gpt-4o", messages=[{"role": "user", "content": text}], response_format=Answer)\n`,
    ),
  );

describe('the labels that a schema allows', () => {
  it.each([
    ["z.object({ a: z.enum(['x', 'y']) })", ['x', 'y']],
    ['z.object({ ok: z.boolean().describe("whether") })', ['true', 'false']],
  ])('%s', (schema, labels) => {
    expect(zod(schema)).toEqual(labels);
  });

  it('the options of a choice', () => {
    const choice = (options: string) =>
      answerLabels(
        onlyCall(
          '/app/main.ts',
          `import { openai } from '@ai-sdk/openai'; import { generateText, Output } from 'ai';
export const ask = (prompt: string) => generateText({ model: openai('gpt-4o'), prompt, output: Output.choice({ options: ${options} }) });`,
        ),
      );
    expect(choice("['x', 'y']")).toEqual(['x', 'y']);
    expect(choice("['x', ...more]")).toBeNull();
  });

  it.each([
    "z.object({ a: z.enum(['x']), why: z.string() })",
    'z.object({ a: z.string() })',
    "z.array(z.enum(['x', 'y']))",
  ])('is open: %s', (schema) => {
    expect(zod(schema)).toBeNull();
  });

  it.each([
    ['class Answer(BaseModel):\n    """Spam or not."""\n    label: Literal["spam", "ham"]\n', ['spam', 'ham']],
    ['class Answer(BaseModel):\n    ok: bool\n', ['true', 'false']],
    ['class Answer(str, Enum):\n    SPAM = "spam"\n    HAM = "ham"\n', ['spam', 'ham']],
  ])('%s', (schema, labels) => {
    expect(pydantic(schema)).toEqual(labels);
  });

  it.each([
    'class Answer(BaseModel):\n    label: Literal["spam", "ham"]\n    why: str\n',
    'class Answer(BaseModel):\n    label: str\n',
    'class Base(BaseModel):\n    why: str\n\nclass Answer(Base):\n    ok: bool\n',
    'class Answer(BaseModel):\n    pass\n',
  ])('is open: %s', (schema) => {
    expect(pydantic(schema)).toBeNull();
  });
});
