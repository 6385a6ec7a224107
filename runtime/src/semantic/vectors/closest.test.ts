import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closest } from './closest.ts';

test('what is kept is what sorting would keep, with all that are as near as the last', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 })), fc.integer({ min: 1, max: 12 }), (distances, wanted) => {
      const kept = closest(wanted, 20);
      for (const [place, distance] of distances.entries()) kept.add(place, distance);
      const last = distances.toSorted((one, other) => one - other)[wanted - 1] ?? 20;
      expect(kept.bound()).toBe(last);
      const visited: number[] = [];
      kept.forEach((place, distance) => {
        expect(distance).toBe(distances[place]);
        visited.push(place);
      });
      expect(visited).toEqual([...distances.keys()].filter((place) => (distances[place] as number) <= last));
    }),
  );
});
