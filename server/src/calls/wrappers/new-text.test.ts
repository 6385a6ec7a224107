import { expect, it, vi } from 'vitest';
import { text } from '../../evaluate/lattice.ts';
import type { TextValue } from '../../evaluate/values.ts';
import { hasNewText } from './new-text.ts';

/** `part`, with a hole that `inner` fills. */
const around = (part: string, inner: TextValue): TextValue => ({
  kind: 'text',
  segments: [
    { kind: 'literal', text: part, origin: null },
    { kind: 'hole', value: inner, origin: null },
  ],
  origin: null,
});

it('looks at each text of nested templates once', () => {
  const parts = ['Answer.', 'Be brief.', 'Use the context.', 'Quote it.', 'No lists.', 'No links.'];
  const nested = parts.reduce((inner, part) => around(part, inner), text('Thanks.'));
  const isSupplied = vi.fn(() => true);
  expect(hasNewText(nested, isSupplied)).toBe(false);
  expect(isSupplied).toHaveBeenCalledTimes(parts.length + 1);
  expect(hasNewText(nested, ({ text: one }) => one !== 'Thanks.')).toBe(true);
});
