import { describe, expect, it } from 'vitest';
import type { UnboundedText } from '../calls/facts/unbounded-text.ts';
import { check, ITEMS_LOOP, MODEL_ORIGIN, testCall } from './support/testing.ts';
import { unboundedContext } from './unbounded-context.ts';

const whole = (kind: UnboundedText['kind']) => testCall({ facts: { unboundedText: { kind, origin: MODEL_ORIGIN } } });

describe('unbounded-context', () => {
  it('says what goes into the prompt, what a long one costs, and what to do', () => {
    expect(check(unboundedContext, whole('file'))).toEqual([
      {
        message:
          'A file goes into the prompt whole: 100 kB are about 25,000 tokens, $0.05 a call. Cut it, send the parts that matter, or refuse what is too large.',
        origin: MODEL_ORIGIN,
        severity: 'information',
      },
    ]);
    expect(check(unboundedContext, whole('rows'), {}, 'es')[0]?.message).toContain(
      'El resultado de una consulta entra',
    );
    expect(check(unboundedContext, whole('page'), { model: null })[0]?.message).not.toContain('$');
  });

  it('warns in a loop over items', () => {
    expect(check(unboundedContext, { ...whole('output'), loop: ITEMS_LOOP })[0]?.severity).toBe('warning');
  });

  it('says nothing in a notebook, or where nothing is read', () => {
    expect(check(unboundedContext, { ...whole('file'), origin: { ...MODEL_ORIGIN, path: '/app/a.ipynb' } })).toEqual(
      [],
    );
    expect(check(unboundedContext, testCall())).toEqual([]);
  });
});
