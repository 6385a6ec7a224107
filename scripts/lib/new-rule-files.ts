/** The files of a new rule: they compile as they are, and their tests fail until the rule finds something. */
import type { GeneratedFile } from './generated.ts';

/** The name under which a rule's module exports it: `unbounded-output` is `unboundedOutput`. */
export function exportName(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function newRuleFiles(id: string, name: string): readonly GeneratedFile[] {
  return [
    { path: `server/src/rules/${id}.ts`, content: rule(id, name) },
    { path: `server/src/rules/${id}.test.ts`, content: test(id, name) },
    { path: `test/fixtures/rules/${id}/bad.ts`, content: typescript(` // expect: ${id}`) },
    { path: `test/fixtures/rules/${id}/good.ts`, content: typescript('') },
    { path: `test/fixtures/rules/${id}/bad.py`, content: python(`  # expect: ${id}`) },
    { path: `test/fixtures/rules/${id}/good.py`, content: python('') },
  ];
}

function rule(id: string, name: string): string {
  return `import type { CallRule } from './rule.ts';

/** What the message and the saving are made of. */
interface Data {
  readonly model: string | null;
}

export const ${name}: CallRule<Data> = {
  scope: 'call',
  id: '${id}',
  summary: 'Says in one line what is bad.',
  technique: 'output',
  severity: 'information',
  fix: 'none',
  since: '0.1.0',
  documentation: \`
## What it does
Says what is reported, and where the rule says nothing since it is not sure.

## Why is this bad
Says what it costs, with the figures and their source.

## Example
~~~ts
${typescript(` // expect: ${id}`).trim()}
~~~

~~~py
${python(`  # expect: ${id}`).trim()}
~~~

## Use instead
~~~ts
${typescript('').trim()}
~~~

~~~py
${python('').trim()}
~~~

## Fix safety
Says whether behaviour can change.

## References
- The provider's own page.
\`,
  *check(call) {
    if (call.family !== 'text') return;
    yield { data: { model: call.model.value }, origin: call.origin };
  },
  message: {
    en: ({ model }) => \`What is wrong with \${model}, why, with the money, and what to do.\`,
    es: ({ model }) => \`Qué falla en \${model}, por qué, con el dinero, y qué hacer.\`,
  },
};
`;
}

function test(id: string, name: string): string {
  return `import { describe, expect, it } from 'vitest';
import { ${name} } from './${id}.ts';
import { check, testCall } from './support/testing.ts';

describe('${id}', () => {
  it('says what, why with the money, and what to do', () => {
    expect(check(${name}, testCall())).toEqual([]);
  });
});
`;
}

function typescript(marker: string): string {
  return `import OpenAI from 'openai';

const client = new OpenAI();

export async function answer(question: string) {
  return client.chat.completions.create({${marker}
    model: 'gpt-4o',
    max_completion_tokens: 800,
    messages: [{ role: 'user', content: question }],
  });
}
`;
}

function python(marker: string): string {
  return `from openai import OpenAI

client = OpenAI()


def answer(question: str):
    return client.responses.create(model="gpt-4o", input=question, max_output_tokens=800)${marker}
`;
}
