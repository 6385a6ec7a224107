import { describe, expect, it } from 'vitest';
import { batchableLoop } from './batchable-loop.ts';
import {
  CALL_ORIGIN,
  check,
  exactly,
  hole,
  ITEMS_CALLER,
  ITEMS_LOOP,
  LOOP_ORIGIN,
  price,
  savings,
  section,
  stable,
  testCall,
  testModel,
} from './support/testing.ts';

const loop = ITEMS_LOOP;
/** In a script. */
const facts = { isUnattended: true };
const call = testCall({ loop, facts });
const called = { ...loop, lexical: 'none', viaCaller: true, caller: ITEMS_CALLER } as const;

describe('batchable-loop', () => {
  it('says what a batch costs, and points to the loop', () => {
    expect(check(batchableLoop, call)).toEqual([
      {
        message:
          'One request per item in code that runs unattended. As a batch, the same requests cost half, about $0.0016 instead of $0.0031 each (assumed), and finish within 24 hours.',
        origin: CALL_ORIGIN,
        related: [{ origin: LOOP_ORIGIN, message: 'The loop over the items.' }],
      },
    ]);
  });

  it('says what a request costs less, in Spanish as well', () => {
    const [today, batched] = [3_120_000, 1_560_000];
    expect(savings(batchableLoop, call)).toEqual([exactly(today - batched, 'assumed')]);
    expect(check(batchableLoop, call, {}, 'es')[0]?.message).toBe(
      'Una petición por elemento en código desatendido. Como lote cuestan la mitad, unos 0,0016\u00A0$ en lugar de 0,0031\u00A0$ cada una (supuesto), y están en 24 horas.',
    );
  });

  it('names no sum where the cost is not known', () => {
    const [finding] = check(batchableLoop, call, { model: testModel({ price: price(null, null) }) });
    expect(finding?.message).toContain('cost half and finish within 24 hours');
  });

  it('names no time where the provider states none', () => {
    const [finding] = check(batchableLoop, call, { model: testModel({ provider: 'groq', price: price(null, null) }) });
    expect(finding?.message).toMatch(/the same requests cost half\.$/);
  });

  it('counts a loop of the caller', () => {
    expect(check(batchableLoop, testCall({ facts, loop: { ...loop, items: 10 } }))).toHaveLength(1);
    expect(check(batchableLoop, testCall({ facts, loop: called }))[0]).toMatchObject({
      message: expect.stringContaining(
        'One request per item in code that runs unattended: a loop calls answer for each. As a batch,',
      ),
      related: [
        { origin: LOOP_ORIGIN, message: 'The loop over the items.' },
        { origin: ITEMS_CALLER.call, message: 'The call of answer in it.' },
      ],
    });
  });

  it('says nothing if a user may be waiting', () => {
    expect(check(batchableLoop, testCall({ loop }))).toEqual([]);
  });

  it.each([
    ['there is no loop', testCall()],
    ['a caller repeats it for no known reason', testCall({ facts, loop: { ...called, caller: null } })],
    [
      'a function that is called for each takes its model from the caller',
      testCall({ facts, loop: called, model: { ...call.model, value: null, hint: 'large' } }),
    ],
    [
      'a function that is called for each sends what is not known',
      testCall({ facts, loop: called, tokens: { ...call.tokens, input: exactly(60, 'unknown') } }),
    ],
    ['the loop retries', testCall({ facts, loop: { ...loop, purpose: 'retry' } })],
    ['the loop is an agent', testCall({ facts, loop: { ...loop, purpose: 'agent' } })],
    ['the loop polls', testCall({ facts, loop: { ...loop, purpose: 'poll' } })],
    ['what the loop does is not known', testCall({ facts, loop: { ...loop, purpose: null } })],
    ['the answer is streamed', testCall({ facts, loop, streaming: true })],
    ['the answer may be streamed', testCall({ facts, loop, streaming: 'parameter' })],
    ['the answer may call a tool', testCall({ facts, loop, output: { ...call.output, usesTools: true } })],
    ['the cheaper tier is used already', testCall({ facts, loop, tier: 'flex' })],
    ['the prompt is the same for every item', testCall({ facts, loop, sections: [section('user', stable(30))] })],
    [
      'each request continues the last',
      testCall({
        facts,
        loop,
        sections: [section('history', hole('varying', 'messages')), section('user', hole('varying', 'row'))],
      }),
    ],
    ['rounds build on each other', testCall({ loop, facts: { ...facts, buildsOnEarlierRounds: true } })],
    ['an answer ends the loop', testCall({ loop, facts: { ...facts, steersLoop: true } })],
    ['the code names a few items', testCall({ facts, loop: { ...loop, items: 9 } })],
    ['it is no text', testCall({ facts, loop, family: 'embedding' })],
  ])('says nothing where %s', (_, quiet) => {
    expect(check(batchableLoop, quiet)).toEqual([]);
  });

  it('says nothing where no batch price is known', () => {
    expect(check(batchableLoop, call, { model: null })).toEqual([]);
    expect(check(batchableLoop, call, { model: testModel({ batchFactor: null }) })).toEqual([]);
  });
});
