import { expect, test } from 'vitest';
import { createWeakList } from './weak-list.ts';

test('every object that lives is gone through once, however often it was added', () => {
  const list = createWeakList();
  const kept = Array.from({ length: 500 }, (_, index) => ({ index }));
  for (const object of [...kept, ...kept]) list.add(object);
  const seen: object[] = [];
  list.each((object) => seen.push(object));
  expect(seen).toEqual(kept);
});
