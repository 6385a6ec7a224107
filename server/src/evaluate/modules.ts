/** What the evaluator needs of the outside: modules by path, and what an import names. The engine provides it. */
import type { ModuleNode } from '../ir/nodes.ts';

export interface LoadedModule {
  /** Absolute POSIX path. */
  readonly path: string;
  /** What was lowered; a notebook's code cells joined. */
  readonly text: string;
  readonly node: ModuleNode;
}

export type Resolution =
  /** A module of the project. */
  | { readonly kind: 'module'; readonly path: string }
  /** A package: for Python its dotted name, for TypeScript the specifier (`openai/resources`). */
  | { readonly kind: 'external'; readonly module: string }
  /** A relative or aliased import whose file does not exist. */
  | { readonly kind: 'missing' };

export interface ModuleHost {
  /** The lowered module, cached; null if it cannot be read. Never throws. */
  readonly load: (path: string) => LoadedModule | null;
  /** What `specifier` names in the module at `from`. Relative Python imports carry their dots. */
  readonly resolve: (from: string, specifier: string) => Resolution;
  /** The text of a file that the program reads (a prompt next to the code); null if it is missing or over 1 MB. */
  readonly readText: (path: string) => string | null;
  /** Files of the project whose path ends with `ending`, which begins with `/`: templates that a program loads by name. */
  readonly templates: (ending: string) => readonly string[];
  /** What example and deployment settings near the module at `from` state for an environment variable, nearest first. */
  readonly settings: (from: string, variable: string) => readonly Setting[];
  /** What configuration files near the module at `from` state for a field of a class of settings, nearest first. */
  readonly fieldSettings: (from: string, field: SettingField) => readonly Setting[];
  /** What a database's schema near the module at `from` states for a column, nearest first. */
  readonly columnSettings: (from: string, column: TableColumn) => readonly Setting[];
}

/** A column of a table of the project's database. */
export interface TableColumn {
  readonly table: string;
  readonly name: string;
}

/** A field that a configuration file may fill, as it fills the other fields of its class. */
export interface SettingField {
  readonly name: string;
  /** The names of all fields of the class. */
  readonly all: readonly string[];
}

/** A value that a file such as `.env.example` states. */
export interface Setting {
  readonly value: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** True where both name the same thing. */
export function isSameResolution(now: Resolution, then: Resolution): boolean {
  if (now.kind === 'module' && then.kind === 'module') return now.path === then.path;
  if (now.kind === 'external' && then.kind === 'external') return now.module === then.module;
  return now.kind === then.kind;
}
