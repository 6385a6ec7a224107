import { describe, expect, it } from 'vitest';
import type { GrowingHistory } from '../calls/facts/growing-history.ts';
import { check, MODEL_ORIGIN, savings, testCall } from './support/testing.ts';
import { unboundedHistory } from './unbounded-history.ts';

const growing = (grows: GrowingHistory['grows']) =>
  testCall({ facts: { growingHistory: { expression: 'this.messages', origin: MODEL_ORIGIN, grows } } });

describe('unbounded-history', () => {
  it('says what grows, what thirty turns cost, and what to do', () => {
    expect(check(unboundedHistory, growing('turns'))).toEqual([
      {
        message:
          'this.messages grows with every turn and is sent whole: 30 turns resend about 217,500 tokens ($0.435, assumed). Send the last turns, or summarise the older ones.',
        origin: MODEL_ORIGIN,
        severity: 'information',
      },
    ]);
    expect(check(unboundedHistory, growing('loop'), {}, 'es')[0]?.message).toContain('30 turnos reenvían unos 217.500');
  });

  it('warns about a loop that runs unattended', () => {
    expect(check(unboundedHistory, growing('loop'))[0]?.severity).toBe('warning');
  });

  it('states a window as an assumed saving, and none for a price that is not known', () => {
    expect(savings(unboundedHistory, growing('turns'))).toEqual([
      { low: 0, expected: 6_333_333, high: 12_666_666, basis: 'assumed' },
    ]);
    expect(savings(unboundedHistory, growing('turns'), { model: null })).toEqual([null]);
    expect(check(unboundedHistory, growing('turns'), { model: null })[0]?.message).not.toContain('$');
  });

  it('says nothing where nothing grows, or a notebook shows something', () => {
    expect(check(unboundedHistory, testCall())).toEqual([]);
    const notebook = { ...growing('turns'), origin: { ...MODEL_ORIGIN, path: '/app/a.ipynb' } };
    expect(check(unboundedHistory, notebook)).toEqual([]);
  });
});
