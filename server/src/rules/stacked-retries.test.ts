import { describe, expect, it } from 'vitest';
import { indexCalls } from '../calls/index-calls.ts';
import { stackedRetries } from './stacked-retries.ts';
import { CALL_ORIGIN, check, findingsOf, MODEL_ORIGIN, testCall } from './support/testing.ts';

const place = { target: { at: MODEL_ORIGIN, position: 0, path: ['maxRetries'] }, after: null };
const retried = (attempts: readonly (number | null)[], count = 2) =>
  testCall({ facts: { attemptsInCode: attempts, sdkRetries: { count, none: 0, place } } });

describe('stacked-retries', () => {
  it('says how many requests one call can become, what they cost at most, and which layer to leave out', () => {
    expect(check(stackedRetries, retried([3]))).toEqual([
      {
        message:
          'Retries multiply: 3 x 3 attempts make up to 9 requests of one call (up to $0.0281, if all are billed). Let only one layer retry: set maxRetries to 0, or remove the others.',
        origin: CALL_ORIGIN,
        severity: 'information',
      },
    ]);
    expect(check(stackedRetries, retried([3]), {}, 'es')[0]?.message).toContain('hasta 9 peticiones de una llamada');
  });

  it('warns from ten requests on', () => {
    expect(check(stackedRetries, retried([2, 3]))[0]).toMatchObject({ severity: 'warning' });
    expect(check(stackedRetries, retried([2, 3]))[0]?.message).toContain('3 x 2 x 3 attempts make up to 18 requests');
  });

  it('sets the retries of the SDK to 0', () => {
    const [fix] = findingsOf(stackedRetries, retried([3]))[0]?.fixes?.() ?? [];
    expect(fix?.operations).toEqual([{ kind: 'set', target: place.target, value: 0 }]);
  });

  it('sets them to 1 where the first request counts', () => {
    const call = testCall({ facts: { attemptsInCode: [3], sdkRetries: { count: 2, none: 1, place } } });
    const [finding] = findingsOf(stackedRetries, call);
    expect(finding?.fixes?.()[0]?.operations).toEqual([{ kind: 'set', target: place.target, value: 1 }]);
    expect(check(stackedRetries, call)[0]?.message).toContain('set maxRetries to 1, or remove the others');
  });

  it('warns where nothing limits the attempts', () => {
    const call = testCall({ facts: { attemptsInCode: ['endless'], sdkRetries: { count: 2, none: 0, place } } });
    expect(check(stackedRetries, call)).toMatchObject([{ severity: 'warning' }]);
    expect(check(stackedRetries, call)[0]?.message).toContain('each is up to 3 requests of the SDK (up to');
    expect(check(stackedRetries, call, {}, 'es')[0]?.message).toContain('Nada limita aquí los intentos');
  });

  it.each([
    ['the code does not retry', []],
    ['it only tries once', [1]],
  ])('says nothing where %s', (_, attempts) => {
    expect(check(stackedRetries, retried(attempts))).toEqual([]);
  });

  it('is only likely where the code does not say how often it tries', () => {
    expect(check(stackedRetries, retried([null]))[0]?.message).toContain(
      'each attempt here is up to 3 requests (up to',
    );
    expect(findingsOf(stackedRetries, retried([null]))[0]?.confidence).toBe('likely');
    const grown = testCall({ facts: { ...retried([null]).facts, buildsOnEarlierRounds: true } });
    expect(check(stackedRetries, grown)).toEqual([]);
  });

  it('says nothing where the SDK does not retry, or nobody knows', () => {
    expect(check(stackedRetries, retried([5], 0))).toEqual([]);
    expect(check(stackedRetries, testCall({ facts: { attemptsInCode: [5], sdkRetries: null } }))).toEqual([]);
  });

  it('is at the outer call where a function of the project retries inside', () => {
    const request = testCall({ ...retried([3], 0), id: 'request', origin: { path: '/app/ask.ts', start: 1, end: 9 } });
    const hop = { origin: request.origin, function: 'ask' };
    const feature = testCall({ via: [hop], leadsTo: [hop], facts: { attemptsInCode: [2], sdkRetries: null } });
    const index = indexCalls([request, feature]);
    expect(check(stackedRetries, feature, { index })[0]?.message).toContain('2 x 3 attempts make up to 6 requests');
    expect(check(stackedRetries, request, { index })).toEqual([]);
  });

  it('reports the requests of one function once, at the first', () => {
    const request = (id: string, start: number) => ({ ...retried([5]), id, origin: { ...CALL_ORIGIN, start } });
    const [first, second] = [request('a', 100), request('b', 150)] as const;
    const index = indexCalls([first, second]);
    const [finding, ...more] = check(stackedRetries, first, { index });
    expect(more).toEqual([]);
    expect(finding?.message).toContain('15 requests of one call (up to $0.0468, if all are billed)');
    expect(finding?.message).toContain('1 more call does the same.');
    expect(finding?.related).toMatchObject([{ origin: { start: 150 } }]);
    expect(check(stackedRetries, second, { index })).toEqual([]);
  });

  it('is at the request where a function on the way retries, once for all requests of that function', () => {
    const retriedCall = { origin: { path: '/app/client.ts', start: 40, end: 60 }, function: 'ask', attempts: [3] };
    const request = (path: string) => ({ ...retried([]), id: path, origin: { path, start: 1, end: 9 } });
    const [first, second] = [request('/app/anthropic.ts'), request('/app/openai.ts')] as const;
    // The second request is behind another call of the same function.
    const beside = { ...retriedCall, origin: { ...retriedCall.origin, start: 70, end: 90 } };
    const feature = ({ id, origin }: typeof first, layer = retriedCall) =>
      testCall({
        id: `feature ${id}`,
        origin: { path: `/app/agents${id}`, start: 1, end: 9 },
        via: [
          { origin: retriedCall.origin, function: 'ask' },
          { origin, function: 'send' },
        ],
        leadsTo: [{ origin, function: 'send' }],
        facts: { retriedAround: [layer] },
      });
    const index = indexCalls([first, second, feature(first), feature(second, beside)]);
    const [finding] = check(stackedRetries, first, { index });
    expect(finding?.message).toContain('3 x 3 attempts make up to 9 requests of one call');
    expect(finding?.message).toContain('1 more call does the same.');
    expect(finding?.related?.map(({ message }) => message)).toEqual(['Retried here.', 'Used here as well.']);
    expect(check(stackedRetries, second, { index })).toEqual([]);
    expect(check(stackedRetries, feature(first), { index })).toEqual([]);
    // A feature call in the place of the retried one has the finding instead.
    const inner = testCall({
      id: 'inner',
      origin: retriedCall.origin,
      via: [{ origin: first.origin, function: 'send' }],
      leadsTo: [{ origin: first.origin, function: 'send' }],
      facts: { attemptsInCode: [3] },
    });
    const both = indexCalls([first, feature(first), inner]);
    expect(check(stackedRetries, first, { index: both })).toEqual([]);
    expect(check(stackedRetries, inner, { index: both })).toHaveLength(1);
  });

  it('counts the loop around a call of its function', () => {
    const call = testCall({
      ...retried([]),
      facts: { ...retried([]).facts, retriedAround: [{ origin: MODEL_ORIGIN, function: null, attempts: [2] }] },
    });
    expect(check(stackedRetries, call)[0]?.message).toContain('2 x 3 attempts');
  });
});
