/** What runs one after the other in an SDK's chain (`prompt | ask | parser`), functions of the project among it. */
import { alternativesOf, OPAQUE, withStep } from '../../evaluate/lattice.ts';
import type { CallArguments, ExternalValue, InstanceValue, Value } from '../../evaluate/values.ts';
import type { SdkDescriptor } from '../descriptor.ts';
import { enter } from '../entry-points.ts';
import type { Walker } from '../walk.ts';

/** One part of a chain. */
export interface SequencePart {
  readonly value: Value;
  /** What its input comes from; null if it is the first. */
  readonly before: Value | null;
}

/** The parts of the chain that `value` is, in order, except an object of the SDK that the others were added to. */
export function sequenceIn(walker: Walker, value: ExternalValue): readonly SequencePart[] {
  const { steps } = value;
  const parts: SequencePart[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'call' || step.args === null || !isSequence(walker, value, index)) continue;
    const added = steps[index - 1]?.kind === 'member' ? { ...value, steps: steps.slice(0, index - 1) } : null;
    let before: Value | null = added !== null && walker.walk(added)?.kind === 'object' ? added : null;
    for (const part of partsIn(step.args)) {
      parts.push({ value: part, before });
      before = part;
    }
  }
  return parts;
}

/** True if the call at `index` puts what it is given behind one another. */
function isSequence({ registry, walk }: Walker, value: ExternalValue, index: number): boolean {
  const entry = enter(registry, value);
  if (entry?.next === index) return entry.exported.isSequence === true;
  const member = value.steps[index - 1];
  if (member?.kind !== 'member') return false;
  const object = walk({ ...value, steps: value.steps.slice(0, index - 1) });
  if (object?.kind !== 'object' || object.path.length > 0) return false;
  return object.sdk.types[object.type]?.methods?.[member.name]?.isSequence === true;
}

function partsIn({ positional, named }: CallArguments): readonly Value[] {
  const given = [...positional, ...[...named.values()].map(({ value }) => value)];
  return given.flatMap((value) => (value.kind === 'array' ? value.items : [value]));
}

/** The functions of the project, and objects that are called like functions, among the parts of the chain that `method` runs. */
export function functionsRunBy(walker: Walker, method: Value): readonly SequencePart[] {
  return alternativesOf(method).flatMap((value): readonly SequencePart[] => {
    if (value.kind === 'unknown') return value.hint === null ? [] : functionsRunBy(walker, value.hint);
    if (value.kind !== 'external' || value.steps.at(-1)?.kind !== 'member') return [];
    const chain = { ...value, steps: value.steps.slice(0, -1) };
    const parts = sequenceIn(walker, chain).flatMap(({ value: all, before }) =>
      alternativesOf(all).map((one) => ({ value: one, before })),
    );
    const called = parts.filter((part) => isFunction(part.value));
    return called.length > 0 && walker.walk(value)?.kind === 'method' ? called : [];
  });
}

function isFunction(value: Value): boolean {
  if (value.kind === 'instance') return isCalledLikeFunction(value);
  return value.kind === 'function';
}

/** True for an object of a class of the project whose objects are called like functions. */
export function isCalledLikeFunction({ class: { node } }: InstanceValue): boolean {
  return node.members.some((member) => member.kind === 'method' && member.name === '__call__');
}

/** Names of the methods that run a chain of one of `sdks` (`invoke`): a cheap first look at a call's callee. */
export function runningMethodsOf(sdks: readonly SdkDescriptor[]): ReadonlySet<string> {
  const types = sdks.flatMap((sdk) => Object.values(sdk.types));
  return new Set(
    types.flatMap(({ methods = {} }) => {
      const all = Object.entries(methods);
      if (!all.some(([, { isSequence }]) => isSequence === true)) return [];
      return all.flatMap(([name, { call }]) => (call === undefined || name === '' ? [] : [name]));
    }),
  );
}

/** What a part of a chain is given if the chain is run with `args`: a prompt before it is filled with them. */
export function inputOf(walker: Walker, before: Value | null, args: CallArguments): Value {
  if (before === null) return args.positional[0] ?? OPAQUE;
  const walked = before.kind === 'external' ? walker.walk(before) : null;
  // What a model answered is no prompt.
  if (before.kind !== 'external' || walked?.kind !== 'object' || walked.model !== 'no') return OPAQUE;
  const { methods = {} } = walked.sdk.types[walked.type] ?? {};
  const fill = Object.keys(methods).find((name) => methods[name]?.roles?.variables !== undefined);
  if (fill === undefined) return before;
  return withStep(withStep(before, { kind: 'member', name: fill }), { kind: 'call', args, isNew: false });
}
