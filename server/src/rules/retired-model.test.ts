import type { Model, Retirement } from '@farthing/shared/catalogue/catalogue';
import { describe, expect, it } from 'vitest';
import { retiredModel } from './retired-model.ts';
import {
  CALL_ORIGIN,
  check,
  findingsOf,
  MODEL_ORIGIN,
  price,
  SMALL,
  testCall,
  testCatalogue,
  testModel,
} from './support/testing.ts';

function retiring(date: string, replacement: string | null = null, outcome: Retirement['outcome'] = 'fails') {
  return testModel({
    retirement: { date, outcome, replacement, source: 'the deprecations page', asOf: '2026-11-20', doubt: null },
  });
}

describe('retired-model', () => {
  it('says when the model went, where that is written, and what the provider names instead', () => {
    expect(check(retiredModel, testCall(), { model: retiring('2026-10-23', 'larger') })).toEqual([
      {
        message:
          'large was shut down on 2026-10-23 (the deprecations page, as of 2026-11-20). OpenAI names larger as the replacement.',
        origin: MODEL_ORIGIN,
        severity: 'error',
      },
    ]);
  });

  it.each([
    ['fails', '2026-11-22', '(the deprecations page, as of 2026-11-20). OpenAI names'],
    ['rerouted', '2026-11-22', '. Its replacement then answers the calls and is billed. OpenAI names'],
    ['rerouted', '2026-12-01', '. Its replacement then answers the calls and is billed. OpenAI names'],
    [null, '2026-12-01', '(the deprecations page, as of 2026-11-20). OpenAI names'],
  ] as const)('says who answers the calls where they do not fail: %s on %s', (outcome, date, words) => {
    const [finding] = check(retiredModel, testCall(), { model: retiring(date, 'larger', outcome) });
    expect(finding?.message).toContain(words);
  });

  it('tells it in Spanish', () => {
    expect(check(retiredModel, testCall(), { model: retiring('2026-12-01', 'larger') }, 'es')[0]?.message).toBe(
      'large se retirará el 2026-12-01, dentro de 9 días (the deprecations page, a 2026-11-20). OpenAI indica larger como sustituto.',
    );
  });

  it('only warns where another model answers: the program goes on', () => {
    const [finding] = check(retiredModel, testCall(), { model: retiring('2026-10-23', 'larger', 'rerouted') });
    expect(finding?.severity).toBe('warning');
  });

  it('offers no other model for speech, and says that vectors must be made again', () => {
    const model = retiring('2026-10-23', 'small');
    const titlesFor = (family: 'text' | 'audio' | 'embedding') => {
      const catalogue = testCatalogue(model, SMALL);
      const [finding] = findingsOf(retiredModel, testCall({ family }), { model, catalogue });
      return finding?.fixes?.().map(({ title }) => title.en);
    };
    expect(titlesFor('text')).toEqual(["Use small, the provider's own replacement"]);
    expect(titlesFor('audio')).toEqual([]);
    expect(titlesFor('embedding')).toEqual(["Use small, the provider's own replacement; embed again what is stored"]);
  });

  it('leads on from a replacement that goes as well, and to the cheaper successor in its line', () => {
    const model = retiring('2026-10-23', 'larger-4');
    const next = testModel({ ...retiring('2027-03-01', 'larger-5'), id: 'larger-4' });
    const lasting = testModel({ id: 'larger-5', generation: 5 });
    const cheaper = testModel({ id: 'larger-6', generation: 6, price: price(1, 5, 0.1) });
    const replacedIn = (...models: readonly Model[]) => {
      const context = { model, catalogue: testCatalogue(model, ...models) };
      const [finding] = findingsOf(retiredModel, testCall(), context);
      return [check(retiredModel, testCall(), context)[0]?.message, finding?.fixes?.()[0]?.title.en];
    };
    expect(replacedIn(next, lasting)).toEqual([
      expect.stringContaining('OpenAI names larger-4 as the replacement; larger-5 follows that.'),
      "Use larger-5, which follows larger-4, the provider's own replacement",
    ]);
    expect(replacedIn(next, lasting, cheaper)[0]).toContain('larger-6 follows that.');
    expect(replacedIn(next, { ...lasting, retirement: next.retirement }, cheaper)).toEqual([
      expect.stringMatching(/OpenAI names larger-4 as the replacement\.$/),
      undefined,
    ]);
  });

  it('names no replacement where the provider names none', () => {
    expect(check(retiredModel, testCall(), { model: retiring('2026-10-23') })[0]?.message).toContain(
      'OpenAI names no replacement',
    );
  });

  it.each([
    ['2026-11-22', 'error', 'was shut down'],
    ['2026-11-23', 'warning', 'in 1 day '],
    ['2026-12-11', 'warning', 'in 19 days'],
    ['2027-02-20', 'warning', 'in 90 days'],
    ['2027-02-21', 'information', 'on 2027-02-21 (the'],
  ])('%s is %s', (date, severity, words) => {
    const [finding] = check(retiredModel, testCall(), { model: retiring(date) });
    expect(finding?.severity).toBe(severity);
    expect(finding?.message).toContain(words);
  });

  it('says that the model is only a default, which an environment may replace', () => {
    const call = testCall({ model: { value: null, source: 'env', hint: 'large', origin: null } });
    const [finding] = check(retiredModel, call, { model: retiring('2026-10-23') });
    expect(finding?.message).toContain('large, the default model here, was shut down');
    expect(finding?.severity).toBe('warning');
    expect(finding?.origin).toBe(CALL_ORIGIN);
  });

  it('reports each retired one of the models that the code chooses among, where it is named', () => {
    const alternative = (name: string) => ({
      name,
      provider: 'openai' as const,
      decidedBy: 'branch' as const,
      origin: MODEL_ORIGIN,
      setting: null,
      share: null,
      price: null,
      cost: null,
    });
    const call = testCall({
      model: { value: null, source: 'config', hint: null, origin: null },
      modelChoice: { alternatives: [alternative('large'), alternative('small')], isOpen: false },
    });
    const catalogue = testCatalogue(retiring('2026-10-23'), testModel({ id: 'small' }));
    const found = check(retiredModel, call, { model: null, catalogue });
    expect(found).toMatchObject([{ severity: 'warning', origin: MODEL_ORIGIN }]);
    expect(found[0]?.message).toContain("large, one of this call's models, was shut down");
  });

  it('names the model as the code does', () => {
    const call = testCall({ model: { value: 'large-2026-01-01', source: 'literal', hint: null, origin: null } });
    expect(check(retiredModel, call, { model: retiring('2026-10-23') })[0]?.message).toMatch(/^large-2026-01-01 was/);
  });

  it('only warns about a date that was read second-hand, and says so', () => {
    const retirement = {
      date: '2026-10-23',
      outcome: 'fails',
      replacement: null,
      source: 'a list',
      asOf: '2026-11-20',
      doubt: 'second-hand',
    } as const;
    const [finding] = check(retiredModel, testCall(), { model: testModel({ retirement }) });
    expect(finding?.message).toContain('(a list, second-hand source, as of 2026-11-20)');
    expect(finding?.severity).toBe('warning');
  });

  it('says nothing about another host, whose dates are its own', () => {
    expect(check(retiredModel, testCall({ provider: 'azure' }), { model: retiring('2026-10-23') })).toEqual([]);
  });

  it('says nothing where no date is published, it cannot be read, or the model is not known', () => {
    expect(check(retiredModel, testCall())).toEqual([]);
    expect(check(retiredModel, testCall(), { model: retiring('soon') })).toEqual([]);
    expect(check(retiredModel, testCall(), { model: null })).toEqual([]);
  });
});
