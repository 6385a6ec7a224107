import { describe, expect, it } from 'vitest';
import type { PaddedJson } from '../calls/facts/padded-json.ts';
import { paddedJson } from './padded-json.ts';
import { check, findingsOf, MODEL_ORIGIN, testCall } from './support/testing.ts';

const place = { target: { at: MODEL_ORIGIN, position: null, path: [2] }, after: null };
const padded = (changes: Partial<PaddedJson> = {}) =>
  testCall({ facts: { paddedJson: [{ origin: MODEL_ORIGIN, place, compact: 0, isOnlyPrompt: true, ...changes }] } });

describe('padded-json', () => {
  it('says what the indentation costs, by how compact the language writes JSON', () => {
    expect(check(paddedJson, padded())).toEqual([
      {
        message:
          'Indentation is paid for: it adds about 60% to the tokens of this JSON ($0.0012 for each 1,000 tokens). Send it compact, since models read both.',
        origin: MODEL_ORIGIN,
      },
    ]);
    expect(check(paddedJson, padded({ compact: null }))[0]?.message).toContain(
      '20% to the tokens of this JSON ($0.0004',
    );
    expect(check(paddedJson, padded(), {}, 'es')[0]?.message).toContain('añade cerca del 60 %');
    expect(check(paddedJson, padded(), { model: null })[0]?.message).not.toContain('$');
  });

  it('has a safe fix where nothing but the prompt reads the text', () => {
    const fixOf = (call = padded()) => findingsOf(paddedJson, call)[0]?.fixes?.()[0];
    expect(fixOf()).toMatchObject({ safety: 'safe', operations: [{ kind: 'set', target: place.target, value: 0 }] });
    expect(fixOf(padded({ isOnlyPrompt: false }))?.safety).toBe('suggested');
  });

  it('says nothing in a notebook, or where nothing is indented', () => {
    expect(check(paddedJson, { ...padded(), origin: { ...MODEL_ORIGIN, path: '/app/a.ipynb' } })).toEqual([]);
    expect(check(paddedJson, testCall())).toEqual([]);
  });
});
