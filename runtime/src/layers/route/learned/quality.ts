/** How well an order of questions by gain spends calls of the larger model. */
import { gainOf, type RoutedExample } from './train.ts';

export interface Point {
  /** The share of questions that the larger model answers. */
  readonly share: number;
  /** The share of what it does better that this recovers: 0 with none of its answers, 1 with all. */
  readonly recovered: number;
  /** The lowest gain among its questions. */
  readonly threshold: number;
}

/** One point for each gain, from the highest. Questions with the same gain are sent to the same model. */
export function curveOf(examples: readonly RoutedExample[], gains: readonly number[]): readonly Point[] {
  const order = [...examples.keys()].sort((a, b) => (gains[b] ?? 0) - (gains[a] ?? 0));
  const gap = examples.reduce((sum, example) => sum + gainOf(example), 0);
  const points: Point[] = [];
  let sum = 0;
  for (const [place, index] of order.entries()) {
    const example = examples[index];
    if (example !== undefined) sum += gainOf(example);
    const threshold = gains[index] ?? 0;
    const next = order[place + 1];
    if (next !== undefined && gains[next] === threshold) continue;
    points.push({ share: (place + 1) / order.length, recovered: sum / gap, threshold });
  }
  return points;
}

/** The average performance gap recovered: the area under the curve, 0.5 for an order by chance. */
export function apgr(curve: readonly Point[]): number {
  let [area, share, recovered] = [0, 0, 0];
  for (const point of curve) {
    area += ((point.recovered + recovered) / 2) * (point.share - share);
    ({ share, recovered } = point);
  }
  return area;
}

/** The point with the fewest calls of the larger model that recovers so much; null if the examples show no gap. */
export function cheapest(curve: readonly Point[], recovered: number): Point | null {
  return curve.find((point) => point.recovered >= recovered) ?? null;
}
