/** Clients of servers are optional peer dependencies: loaded when first needed, and missed with a remedy. */
import { StoreError } from './store-error.ts';

/** `load` is an `import()` of the package, written out where it is used, so that bundlers see it. */
export async function loadPackage<Module>(name: string, store: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw new StoreError({
      store,
      failure: 'missing',
      what: `the package "${name}" cannot be loaded`,
      remedy: `Install it beside @farthing/runtime: npm install ${name}`,
      cause,
    });
  }
}
