import { describe, expect, test } from 'vitest';
import { cheaperAlternatives } from './alternatives.ts';
import type { Model } from './catalogue.ts';
import { createCatalogue } from './create-catalogue.ts';

const catalogue = createCatalogue({ now: new Date('2026-11-22') });
const needs = { inputTokens: 1000, outputTokens: 10 };
const known = (provider: Parameters<typeof catalogue.find>[0], id: string): Model => {
  const model = catalogue.find(provider, id);
  if (model === null) throw new Error(`${id} is not in the catalogue`);
  return model;
};
const names = (model: Model, more = {}) =>
  cheaperAlternatives(catalogue, model, { ...needs, ...more }).map(({ id }) => id);

describe('cheaperAlternatives', () => {
  test('the cheapest comes first: a new small model under an old flagship', () => {
    expect(names(known('openai', 'gpt-6-sol'))[0]).toBe('gpt-6-luna');
    expect(names(known('openai', 'gpt-4o-mini'))).toEqual(['gpt-6-luna']);
    expect(names(known('anthropic', 'claude-opus-5-5'))).toEqual(['claude-haiku-5-5', 'claude-sonnet-5-5']);
    expect(names(known('google', 'gemini-4-argon'))[0]).toBe('gemini-2.5-flash-lite');
  });

  test('all are of the same provider and cost less, in and out', () => {
    const sol = known('openai', 'gpt-6-sol');
    for (const other of cheaperAlternatives(catalogue, sol, needs)) {
      expect(other.provider).toBe('openai');
      expect(other.price.input ?? 0).toBeLessThan(sol.price.input ?? 0);
      expect(other.price.output ?? 0).toBeLessThan(sol.price.output ?? 0);
      expect(other.family).toBe('text');
    }
  });

  test('a model whose retirement is published is not suggested', () => {
    for (const id of names(known('openai', 'gpt-6-astra'))) {
      expect(known('openai', id).retirement).toBeNull();
    }
  });

  test('nor one that a newer model undercuts', () => {
    expect(names(known('openai', 'gpt-6-astra'))).not.toContain('gpt-5.6-luna');
  });

  test('needs must be known to be met', () => {
    const medium = known('mistral', 'mistral-medium-3-5');
    expect(names(medium, { tools: true })).toContain('mistral-small-2603');
    expect(names(medium, { vision: true })).toEqual([]);
    expect(names(known('openai', 'gpt-6-sol'), { outputTokens: 500_000 })).toEqual([]);
    expect(names(known('openai', 'gpt-6-sol'), { inputTokens: 2_000_000 })).toEqual([]);
  });

  test('an unknown price has no cheaper alternative', () => {
    expect(names(known('azure', 'gpt-4o'))).toEqual([]);
  });

  test('a host suggests what it sells itself, and nothing that its maker has withdrawn', () => {
    const cheaper = names(known('aws-bedrock', 'us.anthropic.claude-opus-4-8-v1:0'));
    expect(cheaper.some((id) => id.includes('haiku-4-5'))).toBe(true);
    expect(cheaper.some((id) => id.includes('claude-3'))).toBe(false);
  });
});
