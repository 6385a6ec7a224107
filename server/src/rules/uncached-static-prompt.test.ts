import { describe, expect, it } from 'vitest';
import {
  CALL_ORIGIN,
  check,
  exactly,
  hole,
  ITEMS_LOOP,
  price,
  savings,
  section,
  stable,
  testCall,
  testModel,
} from './support/testing.ts';
import { uncachedStaticPrompt } from './uncached-static-prompt.ts';

const marker = { model: testModel({ provider: 'anthropic', cacheMode: 'marker', price: price(2, 10, 0.1, 2.5) }) };
const question = section('user', hole('varying', 'question'));
const long = testCall({ sections: [section('tools', stable(180)), section('system', stable(3_000)), question] });

describe('uncached-static-prompt, where the request marks what is cached', () => {
  it('counts tools and system, and says what a repeat and the first use cost', () => {
    expect(check(uncachedStaticPrompt, long, marker)).toEqual([
      {
        message:
          '3,180 tokens of this prompt never change and are sent uncached. Marked for caching, they cost $0.00032 instead of $0.0064 on each repeat within 5 minutes; the first use costs 25% more.',
        origin: CALL_ORIGIN,
      },
    ]);
  });

  it('says what a repeat costs less, and tells it in Spanish', () => {
    expect(savings(uncachedStaticPrompt, long, marker)).toEqual([exactly(3_180 * 1_900)]);
    expect(check(uncachedStaticPrompt, long, marker, 'es')[0]?.message).toBe(
      '3180 tokens de este prompt no cambian nunca y se envían sin caché. Marcados, cuestan 0,00032\u00A0$ en lugar de 0,0064\u00A0$ en cada repetición en menos de 5 minutos; el primer uso cuesta un 25% más.',
    );
  });

  it('names no time where the lifetime of the cache is not known', () => {
    const model = testModel({ provider: 'alibaba', cacheMode: 'marker', price: price(2, 10, 0.1, 2.5) });
    expect(check(uncachedStaticPrompt, long, { model })[0]?.message).toContain('on each repeat while they are cached;');
  });

  it('looks at the instructions of an agent', () => {
    const { cost, ...rest } = long;
    const agent = testCall({ ...rest, family: 'agent', api: 'agent', cost: { ...cost, perCall: null } });
    expect(check(uncachedStaticPrompt, agent, marker)[0]?.message).toContain(
      '3,180 tokens of this prompt never change',
    );
  });

  it('counts only to the first text that may differ', () => {
    const split = section('system', stable(600), hole('varying', 'user.name'), stable(3_000));
    expect(check(uncachedStaticPrompt, testCall({ sections: [split, question] }), marker)).toEqual([]);
  });

  it('goes on into the messages where all before them is stable', () => {
    const user = section('user', stable(2_000), hole('varying', 'question'));
    expect(
      check(uncachedStaticPrompt, testCall({ sections: [section('system', stable(40)), user] }), marker),
    ).toHaveLength(1);
  });

  it('counts only tools and system where the messages come from elsewhere', () => {
    const open = { input: exactly(4_000, 'unknown'), output: exactly(300) };
    expect(
      check(uncachedStaticPrompt, testCall({ ...long, sections: long.sections.slice(0, 2), tokens: open }), marker),
    ).toHaveLength(1);
    const seen = [section('user', stable(3_000))];
    expect(check(uncachedStaticPrompt, testCall({ sections: seen, tokens: open }), marker)).toEqual([]);
  });

  it('holds the low end of the count against the minimum', () => {
    const about = { ...stable(1_100), tokens: { low: 1_000, expected: 1_100, high: 1_300, basis: 'assumed' as const } };
    expect(check(uncachedStaticPrompt, testCall({ sections: [section('system', about), question] }), marker)).toEqual(
      [],
    );
    const enough = { ...about, tokens: { ...about.tokens, low: 1_024 } };
    const [finding] = check(
      uncachedStaticPrompt,
      testCall({ sections: [section('system', enough), question] }),
      marker,
    );
    expect(finding?.message).toContain('About 1,100 tokens');
  });

  it('names no sum where the cache price is not known', () => {
    const model = testModel({ cacheMode: 'marker', price: price(2, 10) });
    expect(check(uncachedStaticPrompt, long, { model })[0]?.message).toContain(
      'the cache price, which is not known here',
    );
  });

  it.each([
    ['something is marked', testCall({ ...long, cache: true })],
    ['a section is marked', testCall({ sections: long.sections.map((one) => ({ ...one, isCacheMarked: true })) })],
    ['it stands at the top of a module', testCall({ ...long, function: null })],
    ['it retries', testCall({ ...long, loop: { ...ITEMS_LOOP, purpose: 'retry' } })],
    ['nothing in the prompt depends on the input', testCall({ sections: [section('system', stable(3_000))] })],
    ['the prompt is short', testCall()],
  ])('says nothing where %s', (_, quiet) => {
    expect(check(uncachedStaticPrompt, quiet, marker)).toEqual([]);
  });

  it('counts a script only where a loop repeats the call', () => {
    const script = testCall({ ...long, facts: { isUnattended: true } });
    expect(check(uncachedStaticPrompt, script, marker)).toEqual([]);
    const loop = ITEMS_LOOP;
    expect(check(uncachedStaticPrompt, testCall({ ...script, function: null, loop }), marker)).toHaveLength(1);
  });

  it('says nothing where the model or its minimum is not known', () => {
    expect(check(uncachedStaticPrompt, long, { model: null })).toEqual([]);
    expect(
      check(uncachedStaticPrompt, long, { model: testModel({ cacheMode: 'marker', cacheMinimum: null }) }),
    ).toEqual([]);
    expect(check(uncachedStaticPrompt, long, { model: testModel({ cacheMode: 'none' }) })).toEqual([]);
  });
});
