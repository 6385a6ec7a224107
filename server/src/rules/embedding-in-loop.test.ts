import { describe, expect, it } from 'vitest';
import type { CallerLoop, LlmCall } from '../calls/call.ts';
import type { TextCount } from '../calls/facts/embedded-texts.ts';
import { embeddingInLoop } from './embedding-in-loop.ts';
import { CALL_ORIGIN, check, ITEMS_CALLER, ITEMS_LOOP, LOOP_ORIGIN, testCall } from './support/testing.ts';

const loop = ITEMS_LOOP;
const texts = (count: TextCount) => ({ embeddedTexts: { count, place: null } });
const call = testCall({ family: 'embedding', api: 'embeddings', loop, facts: texts('one') });

const called = calledBy({});

function calledBy(changes: Partial<CallerLoop>): LlmCall {
  const caller = { ...ITEMS_CALLER, inputs: 'one', ...changes } as const;
  const { purpose } = caller;
  return testCall({
    ...call,
    facts: texts('unknown'),
    loop: { ...loop, lexical: 'none', purpose, viaCaller: true, caller },
  });
}

describe('embedding-in-loop', () => {
  it('says that an array costs the same, and points to the loop', () => {
    expect(check(embeddingInLoop, call)).toEqual([
      {
        message:
          'One request per text. The endpoint takes an array: same price, one round trip for up to 2,048 texts. Collect the texts and send them in slices.',
        origin: CALL_ORIGIN,
        related: [{ origin: LOOP_ORIGIN, message: 'The loop over the texts.' }],
      },
    ]);
  });

  it('says that a loop calls the function, which then takes all texts', () => {
    expect(check(embeddingInLoop, called)).toEqual([
      {
        message:
          'One request per text: a loop calls answer for each. The endpoint takes an array: same price, one round trip for up to 2,048 texts. Let answer take all texts and send them in slices.',
        origin: CALL_ORIGIN,
        related: [
          { origin: LOOP_ORIGIN, message: 'The loop over the texts.' },
          { origin: ITEMS_CALLER.call, message: 'The call of answer in it.' },
        ],
      },
    ]);
  });

  it('tells it in Spanish', () => {
    expect(check(embeddingInLoop, called, {}, 'es')[0]?.message).toContain('un bucle llama a answer para cada uno');
  });

  it('looks through a loop that only retries', () => {
    const retried = testCall({ ...called, loop: { ...called.loop, lexical: 'for', purpose: 'retry' } });
    expect(check(embeddingInLoop, retried)[0]?.message).toContain('a loop calls answer for each');
  });

  it('names no number where none is published', () => {
    expect(check(embeddingInLoop, testCall({ ...call, provider: 'mistral' }))[0]?.message).toContain('for many texts');
  });

  it.each(['map', 'gather', 'comprehension', 'while'] as const)('counts a %s over items', (lexical) => {
    expect(check(embeddingInLoop, testCall({ ...call, loop: { ...loop, lexical } }))).toHaveLength(1);
  });

  it.each([
    ['there is no loop', testCall({ ...call, loop: { ...loop, lexical: 'none', purpose: null } })],
    [
      'a caller repeats it for no known reason',
      testCall({ ...call, loop: { ...loop, lexical: 'none', viaCaller: true } }),
    ],
    ['a caller retries it', calledBy({ purpose: 'retry' })],
    ['a caller may pass several texts', calledBy({ inputs: 'unknown' })],
    [
      'the call itself is in a loop of another kind',
      testCall({ ...called, loop: { ...called.loop, lexical: 'while', purpose: 'poll' } }),
    ],
    ['the loop retries', testCall({ ...call, loop: { ...loop, purpose: 'retry' } })],
    ['several texts are sent', testCall({ ...call, facts: texts('several') })],
    ['several texts may be sent', testCall({ ...call, facts: texts('unknown') })],
    ['the API takes one text', testCall({ ...call, provider: 'aws-bedrock', api: 'invoke_model' })],
    ['it is no embedding', testCall({ ...call, family: 'text' })],
  ])('says nothing where %s', (_, quiet) => {
    expect(check(embeddingInLoop, quiet)).toEqual([]);
  });

  it('says how many texts Vertex AI takes, and nothing about its models that take one', () => {
    const on = (value: string) => {
      const model = { value, source: 'literal', hint: null, origin: null } as const;
      return check(embeddingInLoop, testCall({ ...call, provider: 'google-vertex', model }));
    };
    expect(on('text-embedding-005')[0]?.message).toContain('up to 250 texts');
    expect(on('gemini-embedding-001')).toEqual([]);
  });

  it('says nothing about a Google model that makes one vector of the array, or is not known', () => {
    const on = (value: string | null) =>
      check(
        embeddingInLoop,
        testCall({ ...call, provider: 'google', model: { value, source: 'literal', hint: null, origin: null } }),
      );
    expect(on('gemini-embedding-001')).toHaveLength(1);
    expect(on('gemini-embedding-2-preview')).toEqual([]);
    expect(on(null)).toEqual([]);
  });
});
