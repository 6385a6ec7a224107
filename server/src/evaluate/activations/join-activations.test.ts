import { expect, test } from 'vitest';
import { OPAQUE, object } from '../lattice.ts';
import type { ObjectValue } from '../values.ts';
import { joinedObject } from './join-activations.ts';

test('what an object may hold besides is kept once, however often the object is joined', () => {
  let joined: ObjectValue = { ...object([]), open: [OPAQUE] };
  for (let round = 0; round < 20; round++) joined = joinedObject(joined, [joined, joined]);
  expect(joined.open).toEqual([OPAQUE]);
});
