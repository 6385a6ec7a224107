/**
 * Objects that a file gets from what it was handed: `const guide = mastra.getAgent('guide')`, where `mastra` is a
 * parameter. In a file that imports the SDK, the method's name tells what it gives.
 */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { Frame } from '../../evaluate/frame.ts';
import { argumentsOf } from '../../evaluate/invoke.ts';
import { withStep } from '../../evaluate/lattice.ts';
import type { Scope } from '../../evaluate/scopes/scope.ts';
import { definitionsOf } from '../../evaluate/scopes/scope-parts.ts';
import type { ExternalValue } from '../../evaluate/values.ts';
import type { Expression } from '../../ir/nodes.ts';
import type { SdkDescriptor } from '../../sdks/descriptor.ts';
import { givers } from '../../sdks/named-objects.ts';

/** Constants that stand for one another are followed this far. */
const MAX_NAMES = 4;

/** `node` as it would be read from an object of one of `sdks`; null if nothing in it tells of one. */
export function toldObject(
  node: Expression,
  sdks: readonly SdkDescriptor[],
  evaluator: Evaluator,
  frame: Frame,
  names = MAX_NAMES,
): ExternalValue | null {
  switch (node.kind) {
    case 'member': {
      const object = toldObject(node.object, sdks, evaluator, frame, names);
      return object === null ? null : withStep(object, { kind: 'member', name: node.property });
    }
    case 'call': {
      const callee =
        toldObject(node.callee, sdks, evaluator, frame, names) ??
        (node.callee.kind === 'member' ? giverOf(node.callee.property, sdks) : null);
      const args = () => argumentsOf(evaluator, node.arguments, node, frame);
      return callee === null ? null : withStep(callee, { kind: 'call', args: args(), isNew: false });
    }
    case 'name': {
      const made = names === 0 ? null : constantOf(node.name, frame.scope);
      return made === null ? null : toldObject(made, sdks, evaluator, frame, names - 1);
    }
    default:
      return null;
  }
}

/** The method of an object of which nothing else is known. */
function giverOf(method: string, sdks: readonly SdkDescriptor[]): ExternalValue | null {
  for (const sdk of sdks) {
    const maker = givers(sdk).get(method);
    const [module] = sdk.modules;
    if (maker === undefined || module === undefined) continue;
    return {
      kind: 'external',
      module,
      steps: [
        { kind: 'member', name: maker },
        { kind: 'call', args: null, isNew: true },
        { kind: 'member', name: method },
      ],
      origin: null,
    };
  }
  return null;
}

/** What a name is bound to once and for all; null for a parameter, an import, and what may be bound to another value. */
function constantOf(name: string, scope: Scope): Expression | null {
  const [only, ...others] = definitionsOf(name, scope);
  if (only?.source.kind !== 'value' || others.length > 0 || only.source.path.length > 0) return null;
  return only.source.expression;
}
