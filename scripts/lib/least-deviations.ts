/** Linear fits that a few odd records do not bend: least absolute deviations, by iteratively reweighted least squares. */

export interface Row {
  /** What was seen, and how much a deviation of one counts. */
  readonly target: number;
  readonly weight: number;
  readonly terms: readonly number[];
}

const ROUNDS = 60;
const SMALLEST_DEVIATION = 0.05;
/** Keeps terms that the rows say nothing of at 0. */
const RIDGE = 1e-6;

/** One coefficient a term. */
export function fitLeastDeviations(rows: readonly Row[]): readonly number[] {
  const size = rows[0]?.terms.length ?? 0;
  let coefficients: readonly number[] = new Array<number>(size).fill(0);
  let weights = rows.map(({ weight }) => weight);
  for (let round = 0; round < ROUNDS; round++) {
    coefficients = solve(rows, weights, size);
    weights = rows.map((row) => {
      const deviation = Math.abs(row.target - predict(coefficients, row.terms));
      return row.weight / Math.max(deviation, SMALLEST_DEVIATION);
    });
  }
  return coefficients;
}

export function predict(coefficients: readonly number[], terms: readonly number[]): number {
  return coefficients.reduce((sum, coefficient, index) => sum + coefficient * (terms[index] ?? 0), 0);
}

/** Weighted normal equations by Gauss-Jordan elimination. */
function solve(rows: readonly Row[], weights: readonly number[], size: number): number[] {
  const matrix: number[][] = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size + 1 }, (_, j) => (i === j ? RIDGE : 0)),
  );
  rows.forEach(({ target, terms }, index) => {
    const weight = weights[index] ?? 0;
    for (let i = 0; i < size; i++) {
      const line = matrix[i] as number[];
      const scaled = weight * (terms[i] ?? 0);
      if (scaled === 0) continue;
      for (let j = 0; j < size; j++) line[j] = (line[j] ?? 0) + scaled * (terms[j] ?? 0);
      line[size] = (line[size] ?? 0) + scaled * target;
    }
  });
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column + 1; i < size; i++) {
      if (Math.abs(matrix[i]?.[column] ?? 0) > Math.abs(matrix[pivot]?.[column] ?? 0)) pivot = i;
    }
    [matrix[column], matrix[pivot]] = [matrix[pivot] as number[], matrix[column] as number[]];
    const line = matrix[column] as number[];
    const scale = line[column] as number;
    if (Math.abs(scale) < 1e-12) continue;
    for (let j = column; j <= size; j++) line[j] = (line[j] as number) / scale;
    for (let i = 0; i < size; i++) {
      const other = matrix[i] as number[];
      const factor = i === column ? 0 : (other[column] as number);
      if (factor === 0) continue;
      for (let j = column; j <= size; j++) other[j] = (other[j] as number) - factor * (line[j] as number);
    }
  }
  return matrix.map((line) => line[size] as number);
}
