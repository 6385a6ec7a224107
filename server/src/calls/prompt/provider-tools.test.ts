import { expect, it } from 'vitest';
import { onlyCall } from '../testing.ts';

const fees = (program: string) => {
  const head = `import anthropic
from google import genai
from google.genai import types
from openai import OpenAI
`;
  const { toolFees } = onlyCall('/app/a.py', head + program);
  return toolFees.map(({ name, fee, perUse, maxUses }) => [name, fee, perUse, maxUses]);
};
const openai = (tool: string) => fees(`OpenAI().responses.create(model="gpt-4o", input="hi", tools=[${tool}])`);

it.each([
  ['{"type": "web_search"}', [['web_search', 'web-search', 10_000_000, null]]],
  ['{"type": "file_search", "vector_store_ids": ["a"]}', [['file_search', 'file-search', 2_500_000, null]]],
  ['{"type": "unheard_of"}', [['unheard_of', null, null, null]]],
  ['{"type": "function", "name": "f", "parameters": {}}', []],
])('%s', (tool, expected) => expect(openai(tool)).toEqual(expected));

it('a limit of uses is stated with the fee', () => {
  const tool = '{"type": "web_search_20250305", "name": "web_search", "max_uses": 3}';
  expect(
    fees(`anthropic.Anthropic().messages.create(model="claude-opus-4-5", max_tokens=9, messages=[], tools=[${tool}])`),
  ).toEqual([['web_search_20250305', 'web-search', 10_000_000, 3]]);
});

it('grounding is billed by the prompt where the model has such a fee', () => {
  const tools = 'types.GenerateContentConfig(tools=[types.Tool(google_search=types.GoogleSearch())])';
  const [tool] = fees(
    `genai.Client().models.generate_content(model="gemini-2.5-flash", contents="hi", config=${tools})`,
  );
  expect(tool?.slice(1)).toEqual(['grounding', 35_000_000, null]);
});
