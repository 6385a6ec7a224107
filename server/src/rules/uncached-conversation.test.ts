import { describe, expect, it } from 'vitest';
import type { LlmCall } from '../calls/call.ts';
import { indexCalls } from '../calls/index-calls.ts';
import {
  CALL_ORIGIN,
  check,
  findingsOf,
  price,
  savings,
  testCall,
  testCatalogue,
  testContext,
  testModel,
} from './support/testing.ts';
import { uncachedConversation } from './uncached-conversation.ts';

const marked = testModel({ cacheMode: 'marker', price: price(2, 10, 0.1, 2.5) });
const marking = {
  kind: 'set',
  target: { at: CALL_ORIGIN, position: 0, path: ['cache_control'] },
  value: { type: 'ephemeral' },
} as const;
const conversation = (changes: Partial<LlmCall> = {}): LlmCall =>
  testCall({
    ...changes,
    facts: { sentConversation: { expression: 'history', isNamed: true, marking }, ...changes.facts },
  });
const told = (call: LlmCall, model = marked) => check(uncachedConversation, call, { model, index: indexCalls([call]) });

describe('uncached-conversation', () => {
  it('says what earlier turns cost, and what they would', () => {
    const [finding] = told(conversation());
    expect(finding?.message).toBe(
      'history is sent whole with every turn, and nothing marks it for the cache: 10,000 tokens of earlier turns cost $0.02 instead of $0.001. Mark the end of the request.',
    );
    expect(finding?.severity).toBe('information');
    const call = conversation();
    const context = { model: marked, index: indexCalls([call]) };
    expect(check(uncachedConversation, call, context, 'es')[0]?.message).toContain(
      '10.000 tokens de turnos anteriores cuestan',
    );
    expect(savings(uncachedConversation, call, context)).toEqual([
      { low: 0, expected: 19_000_000, high: 19_000_000, basis: 'assumed' },
    ]);
  });

  it('is a warning in the loop of an agent', () => {
    const loop = { ...testCall().loop, lexical: 'while', purpose: 'agent' } as const;
    expect(told(conversation({ loop }))[0]?.severity).toBe('warning');
  });

  it('is said once for the requests of a file', () => {
    const calls = [conversation(), conversation({ id: 'b', origin: { ...CALL_ORIGIN, start: 300, end: 400 } })];
    const context = { model: marked, index: indexCalls(calls) };
    const found = calls.map((call) => check(uncachedConversation, call, context));
    expect(found.map(({ length }) => length)).toEqual([1, 0]);
    expect(found[0]?.[0]?.related?.[0]).toMatchObject({ origin: { start: 300 }, message: 'Used here as well.' });
  });

  it('marks the request', () => {
    const call = conversation();
    const [finding] = findingsOf(uncachedConversation, call, { model: marked, index: indexCalls([call]) });
    expect(finding?.fixes?.()[0]?.operations).toEqual([marking]);
  });

  it('says the share where only the run knows the model, if all models of the provider need a mark', () => {
    const of = (...cacheModes: readonly ('marker' | 'automatic' | null)[]) => {
      const models = cacheModes.map((cacheMode, index) => testModel({ ...marked, id: `m${index}`, cacheMode }));
      const call = conversation();
      const index = indexCalls([call]);
      return check(uncachedConversation, call, { model: null, catalogue: testCatalogue(...models), index });
    };
    expect(of('marker', null)[0]?.message).toContain('earlier turns are paid in full instead of at 5% at most');
    expect(of('marker', 'automatic')).toEqual([]);
    expect(of()).toEqual([]);
  });

  it('says nothing of a prompt, a provider that caches by itself, or an example', () => {
    expect(told(testCall({ facts: { sentConversation: null } }))).toEqual([]);
    expect(told(conversation(), testModel())).toEqual([]);
    expect(told(conversation({ reachedFrom: 'example' }))).toEqual([]);
  });

  it('takes a list of messages for a prompt, unless a handler or an agent sends it, here or through a function', () => {
    const list = { expression: 'messages', isNamed: false, marking };
    const request = conversation({ facts: { sentConversation: list } });
    expect(told(request)).toEqual([]);
    expect(told({ ...request, reachedFrom: 'handler' })).toHaveLength(1);
    const hop = { origin: request.origin, function: 'answer' };
    const origin = { ...CALL_ORIGIN, start: 500, end: 520 };
    const through = (reachedFrom: LlmCall['reachedFrom'], facts: LlmCall['facts']) => {
      const caller = testCall({ id: 'b', origin, via: [hop], leadsTo: [hop], reachedFrom, facts });
      const index = indexCalls([request, caller]);
      return [...uncachedConversation.check(request, { ...testContext(), model: marked, index })];
    };
    expect(through('handler', { sentConversation: null })).toEqual([]);
    expect(through('unknown', { sentConversation: list })).toEqual([]);
    expect(through('handler', { sentConversation: list })).toHaveLength(1);
  });
});
