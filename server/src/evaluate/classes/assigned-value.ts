/** What an assignment to a member of an object gives it. */
import { annotatedValue, promisedObject } from '../annotations.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Frame } from '../frame.ts';
import { destructure } from '../names.ts';
import type { MemberAssignment } from '../scopes/scope.ts';
import type { Value } from '../values.ts';

/** In the activation `frame` of the method that makes it: where the value tells nothing, the declared type does. */
export function assignedValue(evaluator: Evaluator, assignment: MemberAssignment, frame: Frame): Value {
  const { expression, path, annotation } = assignment;
  let value = destructure(evaluator, evaluator.evaluate(expression, frame), path, frame);
  if ((value.kind === 'null' || value.kind === 'unknown') && annotation) {
    value = annotatedValue(evaluator, annotation, frame) ?? value;
  }
  return promisedObject(evaluator, value, annotation, frame) ?? value;
}
