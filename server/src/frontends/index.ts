/** Every language, and the one that a file is in. */
import type { Frontend } from './frontend.ts';
import { python } from './python/python.ts';
import { typescript } from './typescript/typescript.ts';

export const FRONTENDS: readonly Frontend[] = [typescript, python];

/** By the file's name; notebooks hold Python. Null for a language that is not read. */
export function frontendFor(path: string): Frontend | null {
  const extension = path.endsWith('.ipynb') ? '.py' : (/\.[^./]+$/.exec(path)?.[0] ?? '');
  return FRONTENDS.find(({ extensions }) => extensions.includes(extension)) ?? null;
}
