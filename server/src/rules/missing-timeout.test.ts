import { describe, expect, it } from 'vitest';
import type { LlmCall } from '../calls/call.ts';
import type { MissingTimeout } from '../calls/facts/timeout.ts';
import { indexCalls } from '../calls/index-calls.ts';
import { missingTimeout } from './missing-timeout.ts';
import { CALL_ORIGIN, MODEL_ORIGIN, testCall, testContext } from './support/testing.ts';

const place = { target: { at: MODEL_ORIGIN, position: 0, path: ['timeout'] }, after: null };
const open = (id: string, start: number, changes: Partial<MissingTimeout> = {}, call: Partial<LlmCall> = {}) =>
  testCall({
    id,
    origin: { ...CALL_ORIGIN, start },
    reachedFrom: 'handler',
    ...call,
    facts: {
      missingTimeout: { seconds: 600, at: MODEL_ORIGIN, place, unit: 'milliseconds', ...changes },
      sdkRetries: { count: 2, place: null },
    },
  });
const found = (...calls: readonly LlmCall[]) => [...missingTimeout.check(indexCalls(calls), testContext())];

describe('missing-timeout', () => {
  it('says once for all calls of an SDK how long one of them may take', () => {
    const findings = found(open('a', 10), open('b', 20), open('c', 30));
    expect(findings.map(({ data }) => missingTimeout.message.en(data))).toEqual([
      'No timeout here and in 2 more calls: openai gives up after 10 minutes and tries 3 times, so a call that hangs holds its worker for 30 minutes. Set a timeout of a minute or two.',
    ]);
    expect(findings[0]?.call.id).toBe('a');
    expect(findings[0]?.related).toHaveLength(2);
    expect(findings.map(({ data }) => missingTimeout.message.es(data))[0]).toContain('ocupa su proceso 30 minutos');
  });

  it('says where an SDK never gives up', () => {
    const [finding] = found(open('a', 10, { seconds: null, place: null }, { sdk: 'google-genai' }));
    expect(finding && missingTimeout.message.en(finding.data)).toContain(
      'No timeout here: google-genai never gives up by itself',
    );
    expect(finding?.fixes?.()).toEqual([]);
  });

  it('sets two minutes, in what the SDK counts in', () => {
    const operationsIn = (unit: MissingTimeout['unit']) => found(open('a', 10, { unit }))[0]?.fixes?.()[0]?.operations;
    expect(operationsIn('milliseconds')).toEqual([{ kind: 'set', target: place.target, value: 120_000 }]);
    expect(operationsIn('seconds')).toEqual([{ kind: 'set', target: place.target, value: 120 }]);
  });

  it('says nothing of a project that answers no requests and runs no jobs', () => {
    expect(found(open('a', 10, {}, { reachedFrom: 'unknown' }))).toEqual([]);
    expect(
      found(open('a', 10, {}, { reachedFrom: 'unknown' }), testCall({ id: 'b', reachedFrom: 'job' })),
    ).toHaveLength(1);
  });

  it('says nothing of a script, a feature call, or a call that may have one', () => {
    expect(found(open('a', 10), open('b', 20, {}, { reachedFrom: 'script' }))[0]?.related).toBeUndefined();
    expect(found(open('a', 10, {}, { via: [{ origin: CALL_ORIGIN, function: 'ask' }] }))).toEqual([]);
    expect(found(testCall({ facts: { missingTimeout: null } }))).toEqual([]);
  });
});
