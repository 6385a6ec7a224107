import { describe, expect, it } from 'vitest';
import type { LlmCall } from '../calls/call.ts';
import { indexCalls } from '../calls/index-calls.ts';
import { CALL_ORIGIN, testCall, testContext } from './support/testing.ts';
import { untrackedStream } from './untracked-stream.ts';

const place = { target: { at: CALL_ORIGIN, position: 0, path: ['stream_options', 'include_usage'] }, after: null };
const stream = (id: string, start: number, changes: Partial<LlmCall> = {}) =>
  testCall({ id, origin: { ...CALL_ORIGIN, start }, ...changes, facts: { untrackedStream: { place } } });
const found = (...calls: readonly LlmCall[]) => [...untrackedStream.check(indexCalls(calls), testContext())];

describe('untracked-stream', () => {
  it('says once for all streams of a provider that nothing counts them', () => {
    const [finding, ...more] = found(stream('a', 10), stream('b', 20));
    expect(more).toEqual([]);
    expect(finding?.call.id).toBe('a');
    expect(finding?.related).toHaveLength(1);
    expect(finding && untrackedStream.message.en(finding.data)).toBe(
      'This stream and 1 more ask for no usage, so the tokens are in no count. Set stream_options: { include_usage: true } and read the last chunk, whose choices are empty.',
    );
    expect(finding && untrackedStream.message.es(finding.data)).toContain('Este stream y 1 más no piden el uso');
    expect(finding?.fixes?.()[0]?.operations).toEqual([{ kind: 'set', target: place.target, value: true }]);
  });

  it('says nothing of a script, an example or a call that asks', () => {
    expect(found(stream('a', 10, { reachedFrom: 'script' }))).toEqual([]);
    expect(found(stream('a', 10, { reachedFrom: 'example' }))).toEqual([]);
    expect(found(testCall())).toEqual([]);
  });
});
