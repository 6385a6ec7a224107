/** Functions that a decorator turns into requests (`@ell.simple(model=...)`): they say what is asked. */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { Frame } from '../../evaluate/frame.ts';
import { array } from '../../evaluate/lattice.ts';
import type { ModuleScope } from '../../evaluate/scopes/scope.ts';
import type { Value } from '../../evaluate/values.ts';
import type { Call, Expression, FunctionNode } from '../../ir/nodes.ts';
import type { Role } from '../../sdks/descriptor.ts';
import type { RoleValue } from '../../sdks/roles.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';

/** The function that `node` decorates; null if it decorates none. */
export function decoratedBy(node: Call, { scopes }: ModuleScope): FunctionNode | null {
  for (const owner of scopes.keys()) if (owner.kind === 'function' && owner.decorators.includes(node)) return owner;
  return null;
}

/** `call` with what the function that it decorates says of the request. */
export function askedBy(decorated: FunctionNode, call: SdkCall, evaluator: Evaluator, frame: Frame): SdkCall {
  const { returned, docstring, templates = {} } = call.call.decorates ?? {};
  const values = new Map(call.roles.values);
  const add = (role: Role | undefined, value: Value | null, isTemplate: boolean): void => {
    if (role === undefined || value === null || values.has(role)) return;
    values.set(role, { ...FOUND, value, isTemplate });
  };
  for (const decorator of decorated.decorators) {
    const role = templates[nameOf(decorator)];
    if (role !== undefined) add(role, templateOf(decorator, evaluator, frame), true);
  }
  const text = docstringOf(decorated);
  if (text !== null) add(docstring, evaluator.evaluate(text, frame), false);
  add(returned, evaluator.invokeWith(evaluator.evaluate(decorated, frame), []), false);
  return { ...call, roles: { ...call.roles, values } };
}

/** The role is no parameter of the call: nothing can be written there. */
const FOUND: Omit<RoleValue, 'value'> = {
  isCertain: true,
  isReplaceable: false,
  field: '',
  from: 'step',
  site: null,
};

/** The decorator's text, or its messages one after the other. */
function templateOf(decorator: Expression, evaluator: Evaluator, frame: Frame): Value | null {
  if (decorator.kind !== 'call') return null;
  const { positional } = evaluator.arguments(decorator, frame);
  const [first] = positional;
  if (first === undefined) return null;
  return positional.length === 1 ? first : array(positional, [], null);
}

function docstringOf({ body: [first] }: FunctionNode): Expression | null {
  return first?.kind === 'expression' && first.expression.kind === 'string' ? first.expression : null;
}

function nameOf(decorator: Expression): string {
  const node = decorator.kind === 'call' ? decorator.callee : decorator;
  return node.kind === 'member' ? node.property : node.kind === 'name' ? node.name : '';
}
