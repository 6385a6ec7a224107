import { describe, expect, it } from 'vitest';
import type { LlmCall } from '../calls/call.ts';
import { indexCalls } from '../calls/index-calls.ts';
import { oversizedModel } from './oversized-model.ts';
import {
  check,
  exactly,
  findingsOf,
  hole,
  MODEL_ORIGIN,
  price,
  SMALL,
  savings,
  section,
  stable,
  testCall,
  testCatalogue,
  testModel,
} from './support/testing.ts';

const limit = {
  state: 'present',
  tokens: 5,
  origin: null,
  parameter: 'max_tokens',
  isOptional: true,
} as const;
const call = testCall({
  outputLimit: limit,
  sections: [section('system', stable(30, 'Answer only yes or no.')), section('user', hole('varying', 'mail'))],
  tokens: { input: exactly(875, 'assumed'), output: exactly(5) },
});

describe('oversized-model', () => {
  it('says what the task is, how that shows, and both prices', () => {
    expect(check(oversizedModel, call)).toEqual([
      {
        message:
          'large answers a yes/no question here (limit 5 tokens). On small this call is $0.00009 instead of $0.0018 (assumed). Check its quality first.',
        origin: MODEL_ORIGIN,
      },
    ]);
  });

  it('says what a call costs less, and tells it in Spanish', () => {
    expect(savings(oversizedModel, call)).toEqual([exactly(1_800_000 - 90_000, 'assumed')]);
    expect(check(oversizedModel, call, {}, 'es')[0]?.message).toBe(
      'Aquí large responde a una pregunta de sí o no (límite de 5 tokens). En small esta llamada cuesta 0,00009\u00A0$ en lugar de 0,0018\u00A0$ (supuesto). Comprueba su calidad.',
    );
  });

  it('names no sums where the size of the prompt is not known', () => {
    const unknown = testCall({ ...call, tokens: { input: exactly(500, 'unknown'), output: exactly(5) } });
    expect(check(oversizedModel, unknown)[0]?.message).toContain('On small the same tokens cost 1/20');
  });

  it('says that a model which can reason must not', () => {
    const capabilities = { tools: true, vision: true, structuredOutput: true, reasoning: true };
    const model = testModel();
    const catalogue = testCatalogue(model, testModel({ ...SMALL, capabilities }));
    expect(check(oversizedModel, call, { model, catalogue })[0]?.message).toContain(
      ', with its reasoning off. Check its quality first.',
    );
  });

  it.each([
    ['the task is not plainly small', testCall()],
    ['the model is only a default', testCall({ ...call, model: { ...call.model, value: null, hint: 'large' } })],
    ['the provider is another one', testCall({ ...call, provider: 'azure' })],
    ['it is no text', testCall({ ...call, family: 'embedding' })],
  ])('says nothing where %s', (_, quiet) => {
    expect(check(oversizedModel, quiet)).toEqual([]);
  });

  describe('of a name that several calls share', () => {
    const shared = (line: number, changes: Partial<LlmCall> = {}) =>
      testCall({
        ...call,
        id: `call ${line}`,
        origin: { path: '/a.ts', start: line * 100, end: line * 100 + 80 },
        ...changes,
      });
    const messages = (calls: readonly LlmCall[]) =>
      calls.map((one) => check(oversizedModel, one, { index: indexCalls(calls) }).map(({ message }) => message));
    const TWICE = ' (limit 5 tokens) and in 1 other call. On small ';
    const ONCE = ' (limit 5 tokens). On small ';

    it('reports the first, says how many others there are, and shows them', () => {
      const calls = [shared(1), shared(2), shared(3)] as const;
      const also = expect.stringContaining(' (limit 5 tokens) and in 2 other calls. On small ');
      expect(messages(calls)).toEqual([[also], [], []]);
      const [{ related = [] } = {}] = findingsOf(oversizedModel, calls[0], { index: indexCalls(calls) });
      expect(related.map(({ origin }) => origin.start)).toEqual([200, 300]);
    });

    it('leaves out those that need the large model', () => {
      const calls = [shared(1, { outputLimit: testCall().outputLimit, sections: [] }), shared(2), shared(3)];
      expect(messages(calls)).toEqual([[], [expect.stringContaining(TWICE)], []]);
    });

    it('tells tests and other providers apart', () => {
      const calls = [shared(1, { isTest: true }), shared(2), shared(3, { provider: 'google' })];
      expect(messages(calls).slice(1, 2)).toEqual([[expect.stringContaining(ONCE)]]);
    });
  });

  it('says nothing where the model is not known, has no price, or is retired anyway', () => {
    const retirement = {
      date: '2026-10-23',
      outcome: null,
      replacement: null,
      source: 'a page',
      asOf: '2026-11-01',
      doubt: null,
    };
    for (const model of [null, testModel({ price: price(null, null) }), testModel({ retirement })]) {
      expect(check(oversizedModel, call, { model })).toEqual([]);
    }
  });

  it.each([
    ['costs more than a third', { price: price(0.8, 4) }],
    [
      'is about to be retired',
      {
        retirement: {
          date: '2026-12-11',
          outcome: null,
          replacement: null,
          source: 'a page',
          asOf: '2026-11-01',
          doubt: null,
        },
      },
    ],
    ['is sold by another provider', { provider: 'google' as const }],
    ['is not known to hold the prompt', { contextWindow: 500 }],
  ])('does not offer a model that %s', (_, changes) => {
    const model = testModel();
    const catalogue = testCatalogue(model, testModel({ ...SMALL, ...changes }));
    expect(check(oversizedModel, call, { model, catalogue })).toEqual([]);
  });
});
