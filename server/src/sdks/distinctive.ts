/**
 * Calls on receivers that could not be resolved: an injected client, an attribute set elsewhere. A method path that
 * only one kind of SDK has (`client.chat.completions.create`), with arguments that fit, tells enough.
 */
import { alternativesOf, NULL } from '../evaluate/lattice.ts';
import type { CallArguments, Value } from '../evaluate/values.ts';
import type { CallDescriptor, SdkDescriptor } from './descriptor.ts';
import { readFields } from './fields.ts';
import type { Registry } from './registry.ts';
import { readRoles } from './roles.ts';
import type { SdkCall } from './trail-result.ts';
import type { Walker } from './walk.ts';

interface Candidate {
  readonly sdk: SdkDescriptor;
  readonly call: CallDescriptor;
}
interface Index {
  /** By dotted method path. */
  readonly calls: ReadonlyMap<string, readonly Candidate[]>;
  readonly transparent: ReadonlySet<string>;
  /** Methods that carry out a command object. */
  readonly senders: ReadonlySet<string>;
}

/** A path this long belongs to no other library, even if the arguments are spread and show nothing. */
const TELLING_LENGTH = 3;

/**
 * The paid call that `path` names: the member names from the receiver outward (`['client', 'chat', 'completions',
 * 'create']`). The longest distinctive end of the path counts; where several SDKs have it, the one that the file
 * imports (`importedModules`: package names). Null where path or arguments could be another library's.
 */
export function matchDistinctive(
  walker: Walker,
  path: readonly string[],
  args: CallArguments,
  importedModules: readonly string[],
): SdkCall | null {
  const index = indexOf(walker.registry);
  const method = path.at(-1) ?? '';
  // Arguments are evaluated on demand, because most paths do not need them.
  const command = index.senders.has(method) ? args.positional[0] : undefined;
  if (command?.kind === 'external') {
    const sent = walker.walk(command);
    if (sent?.kind === 'object' && sent.command !== null) {
      const { sdk, provider, roles } = sent;
      return { kind: 'call', sdk, provider, call: sent.command, roles, receiver: 'distinctive', args };
    }
  }
  const names = path.filter((name, place) => place === path.length - 1 || !index.transparent.has(name));
  const imported = new Set(importedModules.map((module) => walker.registry.byModule(module)));
  for (let start = 1; start < names.length; start++) {
    const candidates = index.calls.get(names.slice(start).join('.'));
    if (candidates === undefined) continue;
    const length = names.length - start;
    const fitting = candidates.filter(({ sdk, call }) => {
      if (call.distinctive === 'imported' && !imported.has(sdk)) return false;
      if (call.receivers !== undefined && !isNamedLike(names[start - 1] ?? '', call.receivers)) return false;
      return isShown(call, args, imported.has(sdk) || length >= TELLING_LENGTH);
    });
    const chosen = fitting.find(({ sdk }) => imported.has(sdk)) ?? fitting[0];
    if (chosen === undefined) continue;
    const called = walker.callOf(chosen.sdk, chosen.call, args);
    return called.kind === 'call' ? { ...called, receiver: 'distinctive' } : null;
  }
  return null;
}

/** True if the arguments show one of the call's evident roles; `trustsSpreads` counts unknown values as well. */
function isShown(call: CallDescriptor, args: CallArguments, trustsSpreads: boolean): boolean {
  if (call.evidence === undefined) return true;
  const roles = readRoles(readFields(args, call), call, 'call');
  if (call.modelNames !== undefined && !isNamedModel(roles.values.get('model')?.value, call.modelNames)) return false;
  return call.evidence.some((role) => roles.values.has(role) || (trustsSpreads && roles.open.has(role)));
}

function isNamedModel(model: Value | undefined, beginnings: readonly string[]): boolean {
  return alternativesOf(model ?? NULL).some((value) => {
    const name = value.kind === 'unknown' ? value.hint : value;
    const [first] = name?.kind === 'text' ? name.segments : [];
    return first?.kind === 'literal' && beginnings.some((beginning) => first.text.startsWith(beginning));
  });
}

/** True if one of a name's words is in `words`: `llm_with_tools` and `graderModel` are named like a model. */
function isNamedLike(name: string, words: readonly string[]): boolean {
  return nameWords(name).some((part) => words.includes(part));
}

/** The words of a name in any style of writing, in small letters. */
export function nameWords(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
}

const indexes = new WeakMap<Registry, Index>();

function indexOf(registry: Registry): Index {
  const known = indexes.get(registry);
  if (known !== undefined) return known;
  const calls = new Map<string, Candidate[]>();
  const transparent = new Set<string>();
  const senders = new Set<string>();
  for (const sdk of registry.descriptors) {
    for (const type of Object.values(sdk.types)) {
      for (const name of type.transparent ?? []) transparent.add(name);
      for (const [path, { call, sendsCommand }] of Object.entries(type.methods ?? {})) {
        if (sendsCommand === true) senders.add(path);
        if (call?.distinctive === undefined || path === '') continue;
        const candidates = calls.get(path) ?? [];
        if (candidates.every((known) => known.sdk !== sdk || known.call !== call)) candidates.push({ sdk, call });
        calls.set(path, candidates);
      }
    }
  }
  const index: Index = { calls, transparent, senders };
  indexes.set(registry, index);
  return index;
}
