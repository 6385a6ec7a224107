/**
 * The index of calls, updated as files are added, changed and removed: each file contributes its calls, and removes
 * them before it is analysed again. Nothing else is searched after an edit.
 */
import type { Origin } from '../ir/origin.ts';
import { isRequest, type LlmCall } from './call.ts';
import type { CallIndex, FunctionCall, FunctionReference, ReachedCall } from './call-index.ts';

export interface EditableCallIndex extends CallIndex {
  /**
   * What the file at `path` holds from now on, in the place of what it held before; with `isPartial`, its feature calls
   * are not looked at yet, and those that are outdated stay.
   */
  readonly set: (path: string, calls: readonly LlmCall[], isPartial?: boolean) => void;
  /** The file is gone, or its contents are out of date. */
  readonly delete: (path: string) => void;
  /**
   * Something that the calls of the file at `path` rest on has changed. They stay until `set` replaces them, and those
   * that lead to a request still do when its own file has changed and it stands elsewhere.
   */
  readonly outdate: (path: string) => void;
  /** The file was looked at again: whatever is outdated in it is gone. */
  readonly settle: (path: string) => void;
}

export interface CallIndexOptions {
  readonly isComplete: () => boolean;
  /** Default: all calls. */
  readonly isShown?: CallIndex['isShown'];
  /** The calls of functions of the project in the module at `path`, asked for whenever a question needs them. */
  readonly functionCallsIn: (path: string) => readonly FunctionCall[];
}

/** Functions that call each other on the way to a request. */
const MAX_HOPS = 8;
const NO_CALLS: readonly LlmCall[] = [];

/** Where the models are written that the call has or may have, each place once. */
function placesOfModels({ model, modelChoice }: LlmCall): ReadonlySet<string> {
  const places = [model.origin, ...modelChoice.alternatives.map(({ origin }) => origin)];
  return new Set(places.flatMap((place) => (place === null ? [] : [keyOf(place)])));
}

export function createCallIndex({
  isComplete,
  isShown = () => true,
  functionCallsIn,
}: CallIndexOptions): EditableCallIndex {
  const byPath = new Map<string, readonly LlmCall[]>();
  const byId = new Map<string, LlmCall>();
  const byModel = createGroups();
  const requests = new Map<string, LlmCall>();
  const features = createGroups();
  /** Of requests that are or were known, by id: where they stand. */
  const places = new Map<string, string>();
  /** Where the requests of outdated feature calls stand by now. */
  const followed = new Map<LlmCall, readonly string[]>();
  /** In order; null where calls came or went since. */
  let all: readonly LlmCall[] | null = null;

  /** The requests that a feature call leads to, by their places. */
  const endsOf = (feature: LlmCall): readonly string[] =>
    followed.get(feature) ?? feature.leadsTo.map(({ origin }) => keyOf(origin));

  /** Notes where requests stand now; what is outdated follows them. */
  const move = (calls: readonly LlmCall[]): void => {
    const moved = new Map<string, string>();
    for (const { id, origin } of calls.filter(isRequest)) {
      const [before, now] = [places.get(id), keyOf(origin)];
      if (before !== undefined && before !== now) moved.set(before, now);
      places.set(id, now);
    }
    if (moved.size === 0) return;
    for (const [feature, ends] of followed) {
      for (const end of ends) features.delete(end, feature);
      const now = ends.map((end) => moved.get(end) ?? end);
      for (const end of now) features.add(end, feature);
      followed.set(feature, now);
    }
  };

  const remove = (path: string): void => {
    all = null;
    for (const call of byPath.get(path) ?? NO_CALLS) {
      if (byId.get(call.id) === call) byId.delete(call.id);
      if (isRequest(call)) requests.delete(keyOf(call.origin));
      for (const end of endsOf(call)) features.delete(end, call);
      followed.delete(call);
      for (const place of placesOfModels(call)) byModel.delete(place, call);
    }
    byPath.delete(path);
  };

  const outdatedIn = (path: string): readonly LlmCall[] =>
    (byPath.get(path) ?? NO_CALLS).filter((call) => followed.has(call));

  const set = (path: string, found: readonly LlmCall[], isPartial = false): void => {
    const kept = isPartial ? outdatedIn(path).map((call) => [call, endsOf(call)] as const) : [];
    remove(path);
    for (const [call, ends] of kept) followed.set(call, ends);
    move(found);
    const calls = [...found, ...kept.map(([call]) => call)];
    byPath.set(path, calls);
    for (const call of calls) {
      byId.set(call.id, call);
      if (isRequest(call)) requests.set(keyOf(call.origin), call);
      for (const end of endsOf(call)) features.add(end, call);
      for (const place of placesOfModels(call)) byModel.add(place, call);
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
          if (isRequest(call) && isWithin(call.function, at.name) && !found.has(call)) found.set(call, via);
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
    isShown,
    calls: () => {
      all ??= [...byPath.values()].flat().sort(byOrigin);
      return all;
    },
    byId: (id) => byId.get(id) ?? null,
    byModelOrigin: (origin) => byModel.at(keyOf(origin)),
    featuresOf: (request) => (isRequest(request) ? features.at(keyOf(request.origin)) : NO_CALLS),
    requestsOf: (feature) => endsOf(feature).flatMap((end) => requests.get(end) ?? NO_CALLS),
    callersOf,
    reaches,
    set,
    delete: remove,
    outdate: (path) => {
      for (const call of byPath.get(path) ?? NO_CALLS) {
        if (call.leadsTo.length > 0) followed.set(call, endsOf(call));
      }
    },
    settle: (path) => {
      const outdated = new Set(outdatedIn(path));
      if (outdated.size > 0)
        set(
          path,
          (byPath.get(path) ?? NO_CALLS).filter((call) => !outdated.has(call)),
        );
    },
  };
}

/** Calls by the key of a place that several of them rest on. */
function createGroups() {
  const groups = new Map<string, Set<LlmCall>>();
  /** As they were asked for: each call of a large group asks for the whole of it. */
  const sorted = new Map<string, readonly LlmCall[]>();
  return {
    add: (key: string, call: LlmCall): void => {
      sorted.delete(key);
      const group = groups.get(key);
      if (group) group.add(call);
      else groups.set(key, new Set([call]));
    },
    delete: (key: string, call: LlmCall): void => {
      sorted.delete(key);
      const group = groups.get(key);
      group?.delete(call);
      if (group?.size === 0) groups.delete(key);
    },
    /** Sorted by path and position. */
    at: (key: string): readonly LlmCall[] => {
      const group = groups.get(key);
      if (group === undefined) return NO_CALLS;
      const known = sorted.get(key) ?? [...group].sort(byOrigin);
      sorted.set(key, known);
      return known;
    },
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
