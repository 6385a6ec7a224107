/** `npm run build`: builds the bundles, whether or not anything has changed. */
import { buildBundles } from './lib/bundle.ts';

await buildBundles(true);
