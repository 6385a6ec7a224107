/** `[f(x) for x in xs]`: item by item where the code lists them, so that each is what it is and none is lost. */
import type { Comprehension } from '../../ir/nodes.ts';
import { truthOf } from '../conditions/conditions.ts';
import type { Evaluator } from '../evaluator.ts';
import { createFrame, type Frame } from '../frame.ts';
import { array, literalText, OPAQUE } from '../lattice.ts';
import { destructure } from '../names.ts';
import type { Definition, Scope } from '../scopes/scope.ts';
import type { Value } from '../values.ts';

/** Prompts are put together from a few texts; a longer list is data. */
const MAX_ITEMS = 8;
/** Names and paths that the code lists cost little. */
const MAX_TEXTS = 32;

export function comprehensionValue(evaluator: Evaluator, node: Comprehension, frame: Frame): Value {
  const scope = frame.scope.module.scopes.get(node);
  if (!scope) return OPAQUE;
  const origin = evaluator.origin(node, frame);
  const rounds = roundsOf(evaluator, node, scope, frame);
  if (rounds === null) {
    return array([], [evaluator.evaluate(node.element, createFrame(scope, frame, frame.receiver))], origin);
  }
  const items: Value[] = [];
  const open: Value[] = [];
  for (const { frame: round, isCertain } of rounds)
    (isCertain ? items : open).push(evaluator.evaluate(node.element, round));
  return array(items, open, origin);
}

interface Round {
  readonly frame: Frame;
  /** False where a condition that is not known may leave the item out. */
  readonly isCertain: boolean;
}

/** An activation for each item of the only list that it runs over; null where that list is not known. */
function roundsOf(evaluator: Evaluator, node: Comprehension, scope: Scope, frame: Frame): readonly Round[] | null {
  const [clause, ...inner] = node.clauses;
  if (clause === undefined || inner.length > 0 || node.collection === 'dict') return null;
  const iterable = evaluator.evaluate(clause.iterable, frame);
  if (iterable.kind !== 'array' || iterable.open.length > 0) return null;
  const max = iterable.items.every((item) => literalText(item) !== null) ? MAX_TEXTS : MAX_ITEMS;
  if (iterable.items.length > max) return null;
  const targets = [...scope.definitions.values()].flat().filter(({ source }) => source.kind === 'item');
  return iterable.items.flatMap((item) => {
    const bound = new Map<Definition, Value>();
    for (const definition of targets) {
      if (definition.source.kind !== 'item') continue;
      bound.set(definition, destructure(evaluator, item, definition.source.path, frame));
    }
    const round = createFrame(scope, frame, frame.receiver, bound);
    const truths = clause.conditions.map((condition) => truthOf(evaluator, condition, round));
    return truths.includes(false) ? [] : [{ frame: round, isCertain: !truths.includes(null) }];
  });
}
