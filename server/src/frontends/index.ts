/** All languages, and the language of a file. */
import type { ModuleNode } from '../ir/nodes.ts';
import type { Frontend } from './frontend.ts';
import { python } from './python/python.ts';
import { typescript } from './typescript/typescript.ts';

export const FRONTENDS: readonly Frontend[] = [typescript, python];

/** By the file's name; for a notebook, by its `language`. Null for a language that is not supported. */
export function frontendFor(path: string, language: ModuleNode['language'] | null): Frontend | null {
  if (path.endsWith('.ipynb')) return FRONTENDS.find((frontend) => frontend.language === language) ?? null;
  const extension = /\.[^./]+$/.exec(path)?.[0] ?? '';
  return FRONTENDS.find(({ extensions }) => extensions.includes(extension)) ?? null;
}
