import { describe, expect, it } from 'vitest';
import {
  check,
  exactly,
  hole,
  MODEL_ORIGIN,
  savings,
  section,
  stable,
  testCall,
  testModel,
} from './support/testing.ts';
import { volatilePromptPrefix } from './volatile-prompt-prefix.ts';

const question = section('user', hole('varying', 'question'));
const inFront = (...holes: readonly ReturnType<typeof hole>[]) =>
  testCall({ sections: [section('system', stable(10), ...holes, stable(2_900)), question] });
const clock = (expression: string) => inFront(hole('volatile', expression));

describe('volatile-prompt-prefix', () => {
  it('says what ends the cache, what that costs, and points to it', () => {
    expect(check(volatilePromptPrefix, clock('new Date().toISOString()'))).toEqual([
      {
        message:
          'new Date().toISOString() differs at every call, in front of 2,900 tokens that never change. The cache ends there, so they are paid in full each time ($0.0058 instead of $0.00058). Move it behind.',
        origin: MODEL_ORIGIN,
        severity: 'warning',
      },
    ]);
    expect(savings(volatilePromptPrefix, clock('Date.now()'))).toEqual([exactly(2_900 * 1_800)]);
    expect(check(volatilePromptPrefix, clock('Date.now()'), {}, 'es')[0]?.message).toContain(
      'Date.now() cambia en cada llamada, delante de 2900 tokens que no cambian nunca.',
    );
  });

  it('takes the usual minimum where only the run knows the model, and names no money', () => {
    const unknown = { value: null, source: 'env' as const, hint: null, origin: null };
    const call = (tokens: number) =>
      testCall({
        model: unknown,
        sections: [section('system', hole('volatile', 'Date.now()'), stable(tokens)), question],
      });
    expect(check(volatilePromptPrefix, call(1_024), { model: null })[0]?.message).toBe(
      'Date.now() differs at every call, in front of 1,024 tokens that never change. The cache ends there, so they are paid in full each time. Move it behind.',
    );
    expect(savings(volatilePromptPrefix, call(1_024), { model: null })).toEqual([null]);
    expect(check(volatilePromptPrefix, call(1_023), { model: null })).toEqual([]);
    expect(check(volatilePromptPrefix, { ...call(1_024), provider: 'ollama' }, { model: null })).toEqual([]);
  });

  it('informs about text that differs by input, and counts what else stands in front', () => {
    const [finding] = check(volatilePromptPrefix, inFront(hole('varying', 'name'), hole('volatile', 'Date.now()')));
    expect(finding?.message).toContain('name and 1 more differ by input, in front of 2,900 tokens');
    expect(finding?.severity).toBe('information');
  });

  it('looks at the longest run, through templates with holes', () => {
    const sections = [
      section('user', hole('varying', 'a'), stable(300), hole('varying', 'b'), stable(1_500), hole('varying', 'c')),
    ];
    expect(check(volatilePromptPrefix, testCall({ sections }))[0]?.message).toContain(
      'a and 1 more differ by input, in front of 1,500 tokens',
    );
  });

  it.each([
    'datetime.now()',
    'Date.now()',
    'uuid.uuid4()',
    'crypto.randomUUID()',
    'datetime.now(timezone.utc).isoformat()',
  ])('knows that %s differs every time', (expression) => {
    expect(check(volatilePromptPrefix, clock(expression))).toHaveLength(1);
  });

  it.each([
    'new Date().toDateString()',
    'datetime.now().strftime("%Y-%m-%d")',
    'date.today()',
    'currentDate',
    'new Date().toISOStri…',
  ])('says nothing about %s, which may be the same for a day', (expression) => {
    expect(check(volatilePromptPrefix, clock(expression))).toEqual([]);
  });

  it('says nothing where too little stands behind, or nothing differs', () => {
    const short = section('system', hole('volatile', 'Date.now()'), stable(1_000));
    expect(check(volatilePromptPrefix, testCall({ sections: [short, question] }))).toEqual([]);
    expect(check(volatilePromptPrefix, testCall({ sections: [section('system', stable(2_900))] }))).toEqual([]);
    expect(check(volatilePromptPrefix, testCall())).toEqual([]);
  });

  it('says nothing without a cache, of a marked prompt, and of a model that is not known', () => {
    const call = clock('Date.now()');
    expect(check(volatilePromptPrefix, call, { model: null })).toEqual([]);
    expect(check(volatilePromptPrefix, call, { model: testModel({ cacheMode: 'none' }) })).toEqual([]);
    expect(check(volatilePromptPrefix, { ...call, cache: true })).toEqual([]);
  });
});
