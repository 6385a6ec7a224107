/**
 * Clients of servers are optional peer dependencies: loaded when first needed, and missed with a remedy. Each is loaded by
 * an `import()` of its name inside of a `try`: bundlers take in a package that they find so, and leave one that is missing
 * to run time. Anywhere else they would end the build of an application that needs none.
 */
import { StoreError } from './store-error.ts';

export function missingPackage(name: string, store: string, cause: unknown): StoreError {
  return new StoreError({
    store,
    failure: 'missing',
    what: `the package "${name}" cannot be loaded`,
    remedy: `Install it beside @farthing/runtime: npm install ${name}`,
    cause,
  });
}
