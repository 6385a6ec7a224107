/** Every language, and the one that a file is in. */
import type { ModuleNode } from '../ir/nodes.ts';
import type { Frontend } from './frontend.ts';
import { python } from './python/python.ts';
import { typescript } from './typescript/typescript.ts';

export const FRONTENDS: readonly Frontend[] = [typescript, python];

/** By the file's name, of a notebook by its `language`. Null for a language that is not read. */
export function frontendFor(path: string, language: ModuleNode['language'] | null): Frontend | null {
  if (path.endsWith('.ipynb')) return FRONTENDS.find((frontend) => frontend.language === language) ?? null;
  const extension = /\.[^./]+$/.exec(path)?.[0] ?? '';
  return FRONTENDS.find(({ extensions }) => extensions.includes(extension)) ?? null;
}
