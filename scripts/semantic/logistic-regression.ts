/** A logistic regression with a penalty on large weights, by gradient descent. The same rows give the same weights. */

export interface Sample {
  readonly values: ReadonlyMap<string, number>;
  readonly isPositive: boolean;
}

export interface Fitted {
  readonly bias: number;
  readonly weights: Readonly<Record<string, number>>;
}

const STEPS = 800;
const RATE = 0.05;
/** Adam's usual constants. */
const [MOMENTUM, SQUARES] = [0.9, 0.999];

export function fitLogistic(samples: readonly Sample[], penalty: number): Fitted {
  const names = [...new Set(samples.flatMap(({ values }) => [...values.keys()]))];
  const places = new Map(names.map((name, place) => [name, place]));
  const rows = samples.map(({ values, isPositive }) => ({
    entries: [...values].map(([name, value]) => [places.get(name) as number, value] as const),
    target: isPositive ? 1 : 0,
  }));
  const weights = new Float64Array(names.length + 1);
  const [mean, square] = [new Float64Array(weights.length), new Float64Array(weights.length)];
  for (let step = 1; step <= STEPS; step++) {
    const gradient = gradientOf(rows, weights, penalty);
    for (const [place, slope] of gradient.entries()) {
      mean[place] = MOMENTUM * (mean[place] as number) + (1 - MOMENTUM) * slope;
      square[place] = SQUARES * (square[place] as number) + (1 - SQUARES) * slope ** 2;
      const scaled = (mean[place] as number) / (1 - MOMENTUM ** step);
      const size = Math.sqrt((square[place] as number) / (1 - SQUARES ** step)) + 1e-9;
      weights[place] = (weights[place] as number) - (RATE * scaled) / size;
    }
  }
  const entries = names.map((name, place) => [name, weights[place] as number] as const);
  return { bias: weights[names.length] as number, weights: Object.fromEntries(entries) };
}

interface Row {
  readonly entries: readonly (readonly [place: number, value: number])[];
  readonly target: number;
}

/** The bias is the last weight, and is not penalised. */
function gradientOf(rows: readonly Row[], weights: Float64Array, penalty: number): Float64Array {
  const bias = weights.length - 1;
  const gradient = weights.map((weight) => penalty * weight);
  gradient[bias] = 0;
  for (const { entries, target } of rows) {
    const sum = entries.reduce((total, [place, value]) => total + (weights[place] as number) * value, 0);
    const error = 1 / (1 + Math.exp(-sum - (weights[bias] as number))) - target;
    gradient[bias] = (gradient[bias] as number) + error;
    for (const [place, value] of entries) gradient[place] = (gradient[place] as number) + error * value;
  }
  return gradient;
}
