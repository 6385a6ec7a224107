/** Tells the packages for language models among those that a manifest names. */
import { createRegistry } from '../registry.ts';
import { isListed } from './unread-packages.ts';

const registry = createRegistry();

/**
 * Null for any other package. `isRead` is false for one whose calls are not found.
 *
 * @param name as a manifest has it: `@langchain/openai`, `google-genai`
 */
export function languageModelPackage(name: string): { readonly isRead: boolean } | null {
  const modules = modulesOf(name);
  for (const module of modules) {
    const sdk = registry.byModule(module);
    if (sdk !== null) return sdk.isTransport || sdk.generalModules?.includes(module) ? null : { isRead: true };
  }
  return modules.some((module) => isListed(module)) ? { isRead: false } : null;
}

/** The package itself, and for a Python package the names that code may import it by. */
function modulesOf(name: string): readonly string[] {
  if (name.startsWith('@')) return [name];
  const python = name.toLowerCase();
  return [name, python.replaceAll(/[-.]/g, '_'), python.replaceAll(/[-_]/g, '.')];
}
