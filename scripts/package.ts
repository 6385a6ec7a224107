/** `npm run package`: builds the extension and packs it as `dist/farthing-VERSION.vsix`, one file for all platforms. */
import { buildBundles } from './lib/bundle.ts';
import { packagePath, packExtension } from './lib/pack-extension.ts';

await buildBundles();
const size = packExtension();
const file = packagePath();
process.stdout.write(
  `${file} (${(size / (1024 * 1024)).toFixed(1)} MB)\nInstall it with: code --install-extension ${file}\n`,
);
