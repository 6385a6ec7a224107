/**
 * Clients of servers are optional peer dependencies: they are loaded on first use, and if one is missing, the error
 * says what to install. Each is loaded by an `import()` of its name inside a `try`: bundlers then include an installed
 * package, and leave a missing one to run time. Anywhere else it would fail the build of an application that does not
 * need it.
 */
import { StoreError } from './store-error.ts';

export function missingPackage(name: string, store: string, cause: unknown): StoreError {
  return new StoreError({
    store,
    failure: 'missing',
    what: `the package "${name}" cannot be loaded`,
    remedy: `Install it next to @farthing/runtime: npm install ${name}`,
    cause,
  });
}
