import { describe, expect, it } from 'vitest';
import { outclassedModel } from './outclassed-model.ts';
import { check, exactly, MODEL_ORIGIN, price, savings, testCall, testCatalogue, testModel } from './support/testing.ts';

const OLD = testModel({ id: 'large-4', generation: 4 });
const NEW = testModel({ id: 'large-5', generation: 5, price: price(1, 5, 0.1) });
const catalogue = testCatalogue(OLD, NEW);
const call = testCall({ model: { value: 'large-4', source: 'literal', hint: null, origin: MODEL_ORIGIN } });

describe('outclassed-model', () => {
  it('names the newer model of the line, with what the call costs on both', () => {
    expect(check(outclassedModel, call, { model: OLD, catalogue })).toEqual([
      {
        message:
          'large-5 is newer than large-4 and has the same abilities: $0.0016 instead of $0.0031 a call (assumed). Check its quality first.',
        origin: MODEL_ORIGIN,
      },
    ]);
    expect(check(outclassedModel, call, { model: OLD, catalogue }, 'es')[0]?.message).toContain('es más nuevo que');
    expect(savings(outclassedModel, call, { model: OLD, catalogue })[0]?.expected).toBe(1_560_000);
  });

  it('states a share where the size of the prompt is not known, and says what a default is', () => {
    const unknown = testCall({
      model: { value: null, source: 'parameter', hint: 'large-4', origin: MODEL_ORIGIN },
      tokens: { input: exactly(60, 'unknown'), output: exactly(300, 'assumed') },
    });
    const [found] = check(outclassedModel, unknown, { model: OLD, catalogue });
    expect(found?.message).toContain('than large-4, the default here, and');
    expect(found?.message).toContain('it costs 50% less.');
  });

  it('counts with the tokens of the newer model', () => {
    const [old, newer] = [
      testModel({
        id: 'claude-sonnet-4-6',
        provider: 'anthropic',
        tokenizer: 'claude',
        generation: 4.6,
        price: price(3, 15, 0.3),
      }),
      testModel({
        id: 'claude-sonnet-5-5',
        provider: 'anthropic',
        tokenizer: 'claude-2026',
        generation: 5.5,
        price: price(2, 10, 0.1),
      }),
    ];
    const asked = testCall({ ...call, provider: 'anthropic', api: 'messages' });
    const [saved] = savings(outclassedModel, asked, { model: old, catalogue: testCatalogue(old, newer) });
    // A third less by price alone: 4,680,000 and 3,120,000.
    expect(saved?.expected).toBeGreaterThan(0);
    expect(saved?.expected).toBeLessThan(1_200_000);
  });

  it('says nothing where a rate rises, an ability is missing, the saving is small, or the model has a published end', () => {
    const retirement = {
      date: '2027-05-01',
      outcome: null,
      replacement: null,
      doubt: null,
      source: 's',
      asOf: '2026-11-01',
    };
    const noVision = { tools: true, vision: false, structuredOutput: true, reasoning: false };
    for (const [old, other] of [
      [OLD, { ...NEW, price: price(1, 12, 0.1) }],
      [OLD, { ...NEW, price: price(1, 5, 0.5) }],
      [OLD, { ...NEW, price: price(1.9, 9.5, 0.1) }],
      [OLD, { ...NEW, capabilities: noVision }],
      [OLD, { ...NEW, contextWindow: 200_000 }],
      [OLD, { ...NEW, id: 'small-5' }],
      [OLD, { ...NEW, generation: 3 }],
      [OLD, { ...NEW, retirement }],
      [{ ...OLD, retirement }, NEW],
    ] as const)
      expect(check(outclassedModel, call, { model: old, catalogue: testCatalogue(old, other) })).toEqual([]);
  });
});
