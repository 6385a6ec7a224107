/**
 * The index of calls, updated as files are added, changed and removed: each file contributes its calls, and removes
 * them before it is analysed again. Nothing else is searched after an edit.
 */
import type { Origin } from '../ir/origin.ts';
import type { LlmCall } from './call.ts';
import type { CallIndex, FunctionCall, FunctionReference, ReachedCall } from './call-index.ts';

export interface EditableCallIndex extends CallIndex {
  /** What the file at `path` holds from now on, in the place of what it held before. */
  readonly set: (path: string, calls: readonly LlmCall[]) => void;
  /** The file is gone, or its contents are out of date. */
  readonly delete: (path: string) => void;
}

export interface CallIndexOptions {
  readonly isComplete: () => boolean;
  /** The calls of functions of the project in the module at `path`, asked for whenever a question needs them. */
  readonly functionCallsIn: (path: string) => readonly FunctionCall[];
}

/** Functions that call each other on the way to a request. */
const MAX_HOPS = 8;
const NO_CALLS: readonly LlmCall[] = [];

export function createCallIndex({ isComplete, functionCallsIn }: CallIndexOptions): EditableCallIndex {
  const byPath = new Map<string, readonly LlmCall[]>();
  const byId = new Map<string, LlmCall>();
  const byModel = new Map<string, Set<LlmCall>>();

  const remove = (path: string): void => {
    for (const call of byPath.get(path) ?? NO_CALLS) {
      if (byId.get(call.id) === call) byId.delete(call.id);
      if (call.model.origin === null) continue;
      const key = keyOf(call.model.origin);
      const sharing = byModel.get(key);
      sharing?.delete(call);
      if (sharing?.size === 0) byModel.delete(key);
    }
    byPath.delete(path);
  };

  const set = (path: string, calls: readonly LlmCall[]): void => {
    remove(path);
    byPath.set(path, calls);
    for (const call of calls) {
      byId.set(call.id, call);
      if (call.model.origin === null) continue;
      const key = keyOf(call.model.origin);
      const sharing = byModel.get(key);
      if (sharing) sharing.add(call);
      else byModel.set(key, new Set([call]));
    }
  };

  const callersOf = (callee: FunctionReference): readonly FunctionCall[] =>
    [...byPath.keys()]
      .flatMap((path) => functionCallsIn(path).filter((call) => isSameFunction(call.callee, callee)))
      .sort(byOrigin);

  /** Those that running a function carries out, in its own body and in the functions that it makes. */
  const callsFrom = (caller: FunctionReference): readonly FunctionCall[] =>
    functionCallsIn(caller.path).filter((call) => isWithin(call.caller.name, caller.name));

  const reaches = (start: FunctionReference): readonly ReachedCall[] => {
    const found = new Map<LlmCall, readonly FunctionCall[]>();
    const seen = new Set([keyOfFunction(start)]);
    let round: readonly { at: FunctionReference; via: readonly FunctionCall[] }[] = [{ at: start, via: [] }];
    while (round.length > 0) {
      for (const { at, via } of round) {
        for (const call of byPath.get(at.path) ?? NO_CALLS) {
          if (isWithin(call.function, at.name) && !found.has(call)) found.set(call, via);
        }
      }
      round = round.flatMap(({ at, via }) => {
        if (via.length >= MAX_HOPS) return [];
        return callsFrom(at).flatMap((call) => {
          const key = keyOfFunction(call.callee);
          if (seen.has(key)) return [];
          seen.add(key);
          return [{ at: call.callee, via: [...via, call] }];
        });
      });
    }
    return [...found].map(([call, via]) => ({ call, via }));
  };

  return {
    get isComplete() {
      return isComplete();
    },
    calls: () => [...byPath.values()].flat().sort(byOrigin),
    byId: (id) => byId.get(id) ?? null,
    byModelOrigin: (origin) => [...(byModel.get(keyOf(origin)) ?? NO_CALLS)].sort(byOrigin),
    callersOf,
    reaches,
    set,
    delete: remove,
  };
}

/** True for the function itself and for those that are written inside it. */
function isWithin(name: string | null, outer: string | null): boolean {
  if (outer === null) return name === null;
  return name === outer || name?.startsWith(`${outer}.`) === true;
}

function isSameFunction(a: FunctionReference, b: FunctionReference): boolean {
  return a.path === b.path && a.name === b.name;
}

/** Where a name begins is enough: the calls that share it may end it differently. */
function keyOf({ path, start }: Origin): string {
  return `${start} ${path}`;
}

function keyOfFunction({ path, name }: FunctionReference): string {
  return `${name} ${path}`;
}

function byOrigin({ origin: a }: { readonly origin: Origin }, { origin: b }: { readonly origin: Origin }): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.start - b.start || a.end - b.end;
}
