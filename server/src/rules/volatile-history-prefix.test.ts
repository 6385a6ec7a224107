import { describe, expect, it } from 'vitest';
import type { LlmCall } from '../calls/call.ts';
import type { ConversationFront } from '../calls/facts/conversation-front.ts';
import { indexCalls } from '../calls/index-calls.ts';
import {
  check,
  findingsOf,
  MODEL_ORIGIN,
  price,
  savings,
  testCall,
  testCatalogue,
  testModel,
} from './support/testing.ts';
import { volatileHistoryPrefix } from './volatile-history-prefix.ts';

const caching = testModel({ cacheMode: 'automatic', price: price(2, 10, 0.2) });
const front: ConversationFront = {
  conversation: 'history',
  expression: 'new Date().toISOString()',
  origin: MODEL_ORIGIN,
  kind: 'clock',
};
const chat = (changes: Partial<LlmCall> = {}, what: Partial<ConversationFront> = {}): LlmCall =>
  testCall({ ...changes, facts: { conversationFront: { ...front, ...what } } });
const told = (call: LlmCall, model = caching) =>
  check(volatileHistoryPrefix, call, { model, index: indexCalls([call]) });

describe('volatile-history-prefix', () => {
  it('says what earlier turns cost because of what stands in front of them', () => {
    const [finding] = told(chat());
    expect(finding?.message).toBe(
      'new Date().toISOString() is new at every call, in front of history: no earlier turn is cached (10,000 tokens: $0.02, not $0.002). Put it into the newest message.',
    );
    expect(finding?.origin).toEqual(MODEL_ORIGIN);
    const context = { model: caching, index: indexCalls([chat()]) };
    expect(check(volatileHistoryPrefix, chat(), context, 'es')[0]?.message).toContain('10.000 tokens: ');
    expect(savings(volatileHistoryPrefix, chat(), context)).toEqual([
      { low: 0, expected: 18_000_000, high: 18_000_000, basis: 'assumed' },
    ]);
  });

  it('stays short, whatever the code looks like', () => {
    const long = 'results.map((result) => `${result.title}\n${result.content}`).join("\n")';
    const call = chat({}, { expression: long, conversation: long, kind: 'lookup' });
    const context = { model: caching, index: indexCalls([call]) };
    const messages = (['en', 'es'] as const).map((language) => check(volatileHistoryPrefix, call, context, language));
    expect(messages[0]?.[0]?.message).toContain('differs from turn to turn');
    for (const [finding] of messages) expect(finding?.message.length).toBeLessThan(200);
  });

  it('is a warning for a clock in the loop of an agent, and only likely for what a name says', () => {
    const loop = { ...testCall().loop, lexical: 'while', purpose: 'agent' } as const;
    expect(told(chat())[0]?.severity).toBe('information');
    expect(told(chat({ loop }))[0]?.severity).toBe('warning');
    const call = chat({ loop }, { kind: 'lookup' });
    const [lookup] = findingsOf(volatileHistoryPrefix, call, { model: caching, index: indexCalls([call]) });
    expect(lookup).toMatchObject({ severity: 'information', confidence: 'likely' });
  });

  it('is said once for the calls that share the text', () => {
    const calls = [chat(), chat({ id: 'b', origin: { ...testCall().origin, start: 300, end: 400 } })];
    const context = { model: caching, index: indexCalls(calls) };
    const found = calls.map((call) => check(volatileHistoryPrefix, call, context));
    expect(found.map(({ length }) => length)).toEqual([1, 0]);
    expect(found[0]?.[0]?.related?.[0]).toMatchObject({ origin: { start: 300 }, message: 'Used here as well.' });
  });

  it('says nothing where nothing would be cached anyway, and nothing of examples', () => {
    const marked = testModel({ cacheMode: 'marker' });
    expect(told(chat(), testModel({ cacheMode: 'none' }))).toEqual([]);
    expect(told(chat(), marked)).toEqual([]);
    expect(told(chat({ cache: true }), marked)).toHaveLength(1);
    expect(told(chat({ reachedFrom: 'example' }))).toEqual([]);
    expect(told(testCall())).toEqual([]);
  });

  it('judges a model that only the run knows by those of its provider', () => {
    const of = (...modes: readonly ('automatic' | 'marker' | 'none' | null)[]) => {
      const models = modes.map((cacheMode, index) => testModel({ id: `m${index}`, cacheMode }));
      const index = indexCalls([chat()]);
      return check(volatileHistoryPrefix, chat(), { model: null, catalogue: testCatalogue(...models), index });
    };
    expect(of('marker', 'automatic')[0]?.message).not.toContain('$');
    expect(of('marker', 'none', null)).toEqual([]);
    expect(of(null)).toHaveLength(1);
  });
});
