/** `npm run build`: builds the bundles, whether or not anything has changed. */
import { buildBundles } from './lib/bundle.ts';
import { buildRuntime } from './lib/bundle-runtime.ts';

await buildBundles(true);
await buildRuntime(true);
