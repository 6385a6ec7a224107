import { expect, test } from 'vitest';
import { alternativesOf, literalText, oneOf, text, unknown, withHint } from './lattice.ts';
import type { Value } from './values.ts';

test('defaults nest twice and no deeper, however often an item of an item is read', () => {
  const hinted = (level: number): Value =>
    level === 0
      ? text('deep')
      : unknown('item', oneOf([text(`${level}`), unknown('opaque'), hinted(level - 1)]), {
          path: 'a.ts',
          start: level,
          end: level + 1,
        });
  const value = unknown('item', oneOf([hinted(6), text('own')]));
  const depthOf = (one: Value): number =>
    one.kind === 'unknown' && one.hint !== null ? 1 + Math.max(...alternativesOf(one.hint).map(depthOf)) : 0;
  expect(depthOf(value)).toBe(2);
  expect(depthOf(withHint(unknown('parameter'), oneOf([hinted(6), text('own')])))).toBe(2);
  const found = value.hint === null ? [] : alternativesOf(value.hint);
  const texts = found.flatMap((one) => (one.kind === 'unknown' && one.hint ? alternativesOf(one.hint) : [one]));
  expect(texts.flatMap((one) => literalText(one) ?? []).sort()).toEqual(['1', '2', '3', '4', '5', '6', 'deep', 'own']);
});
