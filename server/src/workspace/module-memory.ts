/** How much source the modules in memory were made of, and when they are let go. */
import type { LoadedModule } from '../evaluate/modules.ts';
import type { FileStates } from './file-state.ts';

/** A module that is a larger share of what may be kept is dropped with the evaluator that has just looked at it. */
const MAX_SHARE = 1 / 3;

export interface ModuleMemory {
  /** Notes that the module at `path` was asked for; `isNew` if it was lowered for that. */
  readonly note: (path: string, module: LoadedModule | null, isNew: boolean) => void;
  /** UTF-16 units of the modules that were asked for since the last `release`. */
  readonly units: () => number;
  /** Begins to count anew, and drops all modules if they are more than `keeping`, in units, or else the largest. */
  readonly release: (keeping: number) => void;
}

export function createModuleMemory(states: FileStates): ModuleMemory {
  let units = 0;
  /** Units of all modules in memory. */
  let kept = 0;
  const used = new Set<string>();
  return {
    note: (path, module, isNew) => {
      const size = module?.text.length ?? 0;
      if (isNew) kept += size;
      if (used.has(path) && !isNew) return;
      used.add(path);
      units += size;
    },
    units: () => units,
    release: (keeping) => {
      units = 0;
      used.clear();
      const smallest = kept > keeping ? 0 : keeping * MAX_SHARE;
      for (const state of states.all()) {
        const size = state.module?.text.length ?? 0;
        state.primed = null;
        if (state.module === undefined || size < smallest) continue;
        kept -= size;
        state.module = undefined;
      }
    },
  };
}
