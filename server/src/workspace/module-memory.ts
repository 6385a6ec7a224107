/** How much source the modules in memory were made of, and when they are let go. */
import type { LoadedModule } from '../evaluate/modules.ts';
import type { FileState, FileStates } from './file-state.ts';

/** A module that is a larger share of what may be kept is dropped with the evaluator that has just looked at it. */
const MAX_SHARE = 1 / 3;

export interface ModuleMemory {
  /** Notes that the module at `path` was asked for; `isNew` if it was lowered for that. */
  readonly note: (path: string, module: LoadedModule | null, isNew: boolean) => void;
  /** UTF-16 units of the modules that were asked for since the last `release`. */
  readonly units: () => number;
  /** Begins to count anew, and drops modules until they are at most `keeping`, in units: the largest, then the oldest. */
  readonly release: (keeping: number) => void;
}

export function createModuleMemory(states: FileStates): ModuleMemory {
  let units = 0;
  const used = new Set<string>();
  /** By path: the number of the last stretch between two releases in which the module was asked for. */
  const lastUsed = new Map<string, number>();
  let stretch = 0;
  return {
    note: (path, module, isNew) => {
      if (used.has(path) && !isNew) return;
      used.add(path);
      lastUsed.set(path, stretch);
      units += module?.text.length ?? 0;
    },
    units: () => units,
    release: (keeping) => {
      units = 0;
      stretch++;
      used.clear();
      const useOf = ({ path }: FileState): number => lastUsed.get(path) ?? 0;
      let kept = 0;
      for (const state of [...states.all()].sort((a, b) => useOf(b) - useOf(a))) {
        state.primed = null;
        if (state.module === undefined) continue;
        const size = state.module?.text.length ?? 0;
        if (size < keeping * MAX_SHARE && kept + size <= keeping) kept += size;
        else {
          state.module = undefined;
          lastUsed.delete(state.path);
        }
      }
    },
  };
}
