/** Functions, methods and lambdas: parameters, receivers, decorators. */
import type { Expression, FunctionNode, Parameter, Span, Statement } from '../../ir/nodes.ts';
import { lowerAnnotation } from './annotations.ts';
import { lowerExpression } from './expressions.ts';
import {
  childOfKind,
  childrenOf,
  endOf,
  isExpression,
  kindOf,
  missing,
  newScope,
  type Source,
  spanOf,
  startOf,
  textOf,
} from './source.ts';
import { lowerBody } from './statements.ts';

/** Methods to which Python passes the class even without a decorator. */
const IMPLICIT_CLASS_METHODS: ReadonlySet<string> = new Set(['__new__', '__init_subclass__', '__class_getitem__']);

/** A `FunctionDefinition`. In a class's body its first parameter is the receiver. */
export function lowerFunction(source: Source, node: number, decorators: readonly Expression[]): FunctionNode {
  const span = spanOf(source, node);
  const nodes = childrenOf(source, node);
  const nameNode = nodes.find((child) => kindOf(source, child) === 'VariableName');
  const name = nameNode === undefined ? null : textOf(source, nameNode);
  const list = childOfKind(source, node, 'ParamList');
  const returns = childOfKind(source, node, 'TypeDef');
  const bodyNode = childOfKind(source, node, 'Body');
  const parameters = list === undefined ? [] : lowerParameters(source, list);
  const isClassMethod = hasDecorator(decorators, 'classmethod') || IMPLICIT_CLASS_METHODS.has(name ?? '');
  const isMethod = source.scope.kind === 'class' && !hasDecorator(decorators, 'staticmethod');
  const receiver = isMethod ? receiverOf(parameters) : null;
  const returnType = returns === undefined ? null : lowerAnnotation(source, returns);
  const { body, hasYield } = inFunction(source, () => (bodyNode === undefined ? [] : lowerBody(source, bodyNode)));
  return {
    kind: 'function',
    ...span,
    name,
    parameters: receiver === null ? parameters : parameters.slice(1),
    body,
    receiver,
    receiverIsClass: receiver !== null && isClassMethod,
    isAsync: nodes.some((child) => kindOf(source, child) === 'async'),
    isGenerator: hasYield,
    decorators,
    returns: returnType,
    bodySpan: spanOfBody(source, bodyNode, span.end),
  };
}

export function lowerLambda(source: Source, node: number): FunctionNode {
  const span = spanOf(source, node);
  const nodes = childrenOf(source, node);
  const list = childOfKind(source, node, 'ParamList');
  const bodyNode = nodes.findLast((child) => isExpression(source, child));
  const parameters = list === undefined ? [] : lowerParameters(source, list);
  const { body, hasYield } = inFunction(source, () => {
    const value = bodyNode === undefined ? missing(span.end) : lowerExpression(source, bodyNode);
    return [{ kind: 'return', start: value.start, end: value.end, value, exit: 'return' }];
  });
  return {
    kind: 'function',
    ...span,
    name: null,
    parameters,
    body,
    receiver: null,
    receiverIsClass: false,
    isAsync: false,
    isGenerator: hasYield,
    decorators: [],
    returns: null,
    bodySpan: bodyNode === undefined ? { start: span.end, end: span.end } : spanOf(source, bodyNode),
  };
}

function inFunction(source: Source, lower: () => Statement[]): { body: Statement[]; hasYield: boolean } {
  const outer = source.scope;
  const wasAnnotation = source.isAnnotation;
  const scope = newScope('function');
  source.scope = scope;
  source.isAnnotation = false;
  const body = lower();
  source.scope = outer;
  source.isAnnotation = wasAnnotation;
  return { body, hasYield: scope.hasYield };
}

/** Whether one of `decorators` has `name` as its last part, called or not. */
export function hasDecorator(decorators: readonly Expression[], ...names: readonly string[]): boolean {
  return decorators.some((decorator) => {
    const callee = decorator.kind === 'call' ? decorator.callee : decorator;
    const last = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
    return names.includes(last);
  });
}

function receiverOf(parameters: readonly Parameter[]): string | null {
  const [first] = parameters;
  return first?.kind === 'positional' && first.pattern.kind === 'name' ? first.pattern.name : null;
}

/** The span of the statements in a `Body`; if there are none, the position after its colon, or `end`. */
export function spanOfBody(source: Source, body: number | undefined, end: number): Span {
  if (body === undefined) return { start: end, end };
  const [colon, first] = childrenOf(source, body);
  if (first === undefined) return { start: endOf(source, colon ?? body), end: endOf(source, body) };
  return { start: startOf(source, first), end: endOf(source, body) };
}

export function lowerParameters(source: Source, list: number): Parameter[] {
  const parameters: Parameter[] = [];
  let kind: Parameter['kind'] = 'positional';
  let mark: number | undefined;
  let isDefault = false;
  const amend = (change: Partial<Parameter>, end: number): void => {
    const last = parameters.pop();
    if (last !== undefined) parameters.push({ ...last, ...change, end });
  };
  for (const node of childrenOf(source, list)) {
    const type = kindOf(source, node);
    if (type === ',') {
      mark = undefined;
      isDefault = false;
    } else if (type === '*' || type === '**') {
      mark = node;
      // Parameters after `*args` or a bare `*` can only be passed by name.
      kind = 'keyword';
    } else if (type === 'AssignOp') isDefault = true;
    else if (type === 'TypeDef') amend({ annotation: lowerAnnotation(source, node) }, endOf(source, node));
    else if (isDefault && isExpression(source, node))
      amend({ default: lowerExpression(source, node) }, endOf(source, node));
    else if (type === 'VariableName') {
      const span = spanOf(source, node);
      parameters.push({
        start: mark === undefined ? span.start : startOf(source, mark),
        end: span.end,
        pattern: { kind: 'name', ...span, name: textOf(source, node) },
        default: null,
        annotation: null,
        kind: mark === undefined ? kind : kindOf(source, mark) === '*' ? 'rest' : 'namedRest',
        isField: false,
      });
    }
  }
  return parameters;
}
