/** Code that never runs: it stands under a condition that the file itself settles (`const USE_CLAUDE = false`). */
import { regionAt } from '../../evaluate/scopes/reaching.ts';
import type { CallRecord, Region, Scope } from '../../evaluate/scopes/scope.ts';
import { definitionsOf } from '../../evaluate/scopes/scope-parts.ts';
import type { Expression } from '../../ir/nodes.ts';

export function isNeverRun({ node, scope }: CallRecord): boolean {
  for (let region: Region | null = regionAt(scope, node.start); region; region = region.parent) {
    const { branch, alternative } = region;
    if (branch?.origin !== 'if') continue;
    const [own, ...earlier] = branch.tests.slice(0, alternative + 1).reverse();
    // The last alternative of an `if` with an `else` has no test.
    const isElse = alternative >= branch.tests.length;
    if (!isElse && own !== undefined && constantTruth(own, scope) === false) return true;
    if ((isElse ? branch.tests : earlier).some((test) => constantTruth(test, scope) === true)) return true;
  }
  return false;
}

/** The value of a condition that is a constant; null for any other. */
function constantTruth(test: Expression, scope: Scope): boolean | null {
  if (test.kind === 'boolean') return test.value;
  if (test.kind === 'unary' && test.operator === '!') {
    const truth = constantTruth(test.operand, scope);
    return truth === null ? null : !truth;
  }
  return test.kind === 'name' ? truthOfName(test.name, scope) : null;
}

/** True or false for a name that the file sets once, to that. */
function truthOfName(name: string, scope: Scope): boolean | null {
  const [only, ...others] = definitionsOf(name, scope);
  if (only?.source.kind !== 'value' || others.length > 0) return null;
  const { expression, path } = only.source;
  return path.length === 0 && expression.kind === 'boolean' ? expression.value : null;
}
