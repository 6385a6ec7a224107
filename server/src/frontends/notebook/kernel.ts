/** Determines a notebook's language from its kernel metadata. */
import type { ModuleNode } from '../../ir/nodes.ts';
import { isRecord } from './read-json.ts';

export interface Kernel {
  /** Null for a language without a frontend. */
  readonly language: ModuleNode['language'] | null;
  readonly name: string;
}

/** Coconut is a superset of Python. */
const LANGUAGES: readonly { readonly language: ModuleNode['language']; readonly names: RegExp }[] = [
  { language: 'python', names: /^(?:i?python\d?|pyspark\d?|coconut)$/i },
  { language: 'typescript', names: /^(?:typescript|javascript|nodejs|deno|tslab|jslab)$/i },
];

/**
 * Kernels whose notebooks may not name a language. Other names are those of Python environments (`venv`,
 * `conda-env-x-py`).
 */
const OTHER_KERNELS =
  /^(?:ir\d*$|julia|scala|spark|bash|sparkr|sagemath|matlab|octave|rust|evcxr|gophernotes|gonb|java|kotlin|ruby|\.net)/i;

/** A notebook that names no language is Python, because some tools write Python notebooks without metadata. */
export function kernelLanguage(notebook: unknown, cells: readonly unknown[]): Kernel {
  const metadata = field(notebook, 'metadata');
  const kernel = field(metadata, 'kernelspec');
  const names = [
    field(field(metadata, 'language_info'), 'name'),
    field(kernel, 'language'),
    field(cells.find(isCode), 'language'),
  ];
  const name = names.find((value): value is string => typeof value === 'string' && value !== '');
  if (name !== undefined) return { name, language: languageOf(name) };
  const kernelName = field(kernel, 'name');
  if (typeof kernelName !== 'string') return { name: 'python', language: 'python' };
  const isOther = OTHER_KERNELS.test(kernelName);
  return { name: kernelName, language: languageOf(kernelName) ?? (isOther ? null : 'python') };
}

function languageOf(name: string): ModuleNode['language'] | null {
  return LANGUAGES.find(({ names }) => names.test(name))?.language ?? null;
}

function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isCode(cell: unknown): boolean {
  return field(cell, 'cell_type') === 'code';
}
