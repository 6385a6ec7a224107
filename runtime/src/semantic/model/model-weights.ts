/** What `npm run train-semantic` has learned of pairs of questions. */
import { asArray, asObject } from '../../support/json-body.ts';

export interface ModelWeights {
  readonly bias: number;
  /** By the name of a feature. */
  readonly weights: Readonly<Record<string, number>>;
  readonly calibration: Calibration;
}

/** How often the rules and the model were wrong about questions that the weights were not fitted on. */
export interface Calibration {
  /** Of what the rules alone serve. */
  readonly rules: Outcomes;
  /** Of what the rules serve, and the model from a score on; the highest score first. */
  readonly steps: readonly Step[];
}

export interface Outcomes {
  readonly served: number;
  readonly wrong: number;
}

export interface Step extends Outcomes {
  readonly score: number;
}

/** Weights may come from a file of the application. */
export function isModelWeights(input: unknown): boolean {
  const [weights, calibration] = [asObject(asObject(input)?.weights), asObject(asObject(input)?.calibration)];
  const isStep = (step: unknown, ...names: readonly string[]): boolean =>
    ['served', 'wrong', ...names].every((name) => Number.isFinite(asObject(step)?.[name]));
  return (
    Number.isFinite(asObject(input)?.bias) &&
    weights !== null &&
    Object.values(weights).every(Number.isFinite) &&
    isStep(calibration?.rules) &&
    Array.isArray(calibration?.steps) &&
    asArray(calibration.steps).every((step) => isStep(step, 'score'))
  );
}
