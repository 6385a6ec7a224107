/**
 * What the conditions around a call say about its model or provider: `if "gpt" in model`, `model.startsWith("claude-")`,
 * `case "openai":`. In such a branch, a client that a factory makes for several providers belongs to one of them.
 */
import { regionAt } from '../evaluate/scopes/reaching.ts';
import type { CallRecord, Region, Scope } from '../evaluate/scopes/scope.ts';
import type { Call, Expression } from '../ir/nodes.ts';

export interface TestedName {
  readonly text: string;
  /** True if the value only has to contain the text (`"gpt" in model`), false if it has to equal it. */
  readonly isPart: boolean;
}

const EQUALITY = new Set(['===', '==', 'is']);
const PART_TESTS = new Set(['startsWith', 'startswith', 'includes', 'contains', 'endsWith', 'endswith']);
/** Names of values that hold a model or a provider; `if (mode === "chat")` says nothing about either. */
const SUBJECT = /model|provider|vendor|engine|backend|service|llm|client|platform|api_?type/i;

/**
 * The texts of which one must match for the call to run, by the innermost branch around it that tests for any. Empty if
 * no branch does.
 */
export function testedNames({ node, scope }: CallRecord): readonly TestedName[] {
  for (let current: Scope | null = scope; current; current = current.parent) {
    for (let region: Region | null = regionAt(current, node.start); region; region = region.parent) {
      const names = namesOf(region);
      if (names.length > 0) return names;
    }
  }
  return [];
}

function namesOf({ branch, alternative }: Region): readonly TestedName[] {
  if (branch === null) return [];
  if (branch.origin === 'if') {
    const test = branch.tests[alternative];
    return test === undefined ? [] : required(test);
  }
  const [subject, ...cases] = branch.tests;
  const matched = cases[alternative];
  if (branch.origin !== 'switch' || !subject || !isSubject(subject) || matched === undefined) return [];
  // Clauses that fall through share an alternative, so it is unknown which case it belongs to.
  return cases.length + (branch.isExhaustive ? 1 : 0) === branch.alternatives.length ? textsOf(matched, false) : [];
}

/** The texts of which one must match for `test` to be true; empty if it can be true without any. */
function required(test: Expression): readonly TestedName[] {
  switch (test.kind) {
    case 'logical': {
      const [left, right] = [required(test.left), required(test.right)];
      if (test.operator === '||') return left.length > 0 && right.length > 0 ? [...left, ...right] : [];
      return left.length > 0 ? left : right;
    }
    case 'binary':
      if (EQUALITY.has(test.operator)) return compared(test.left, test.right);
      if (test.operator !== 'in') return [];
      if (isSubject(test.right)) return textsOf(test.left, true);
      return isSubject(test.left) ? textsOf(test.right, false) : [];
    case 'call':
      return partTest(test);
    default:
      return [];
  }
}

function compared(left: Expression, right: Expression): readonly TestedName[] {
  if (isSubject(left)) return textsOf(right, false);
  return isSubject(right) ? textsOf(left, false) : [];
}

/** `model.startsWith("gpt")` tests for a part, `["a", "b"].includes(model)` for equality. */
function partTest({ callee, arguments: [first] }: Call): readonly TestedName[] {
  if (callee.kind !== 'member' || !PART_TESTS.has(callee.property) || !first) return [];
  if (isSubject(callee.object)) return textsOf(first.value, true);
  return callee.object.kind === 'array' && isSubject(first.value) ? textsOf(callee.object, false) : [];
}

function isSubject(expression: Expression): boolean {
  if (expression.kind === 'name') return SUBJECT.test(expression.name);
  if (expression.kind === 'member') return SUBJECT.test(expression.property);
  // `model.toLowerCase()`
  return expression.kind === 'call' && expression.callee.kind === 'member' && isSubject(expression.callee.object);
}

/** The literal text of an expression or the texts of a list; empty if one of them is not literal. */
function textsOf(expression: Expression, isPart: boolean): readonly TestedName[] {
  if (expression.kind === 'array') {
    const texts = expression.items.map((item) => (item.kind === 'spread' ? [] : textsOf(item, isPart)));
    return texts.every((names) => names.length > 0) ? texts.flat() : [];
  }
  return expression.kind === 'string' && expression.value.length > 1 ? [{ text: expression.value, isPart }] : [];
}
