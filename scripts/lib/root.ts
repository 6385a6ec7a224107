/** The repository's root, and the check that every script runs on the Node that the repository needs. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

// The runtime's tests run on every Node that the runtime supports.
if (Number(process.versions.node.split('.')[0]) < 24 && process.env.FARTHING_ANY_NODE === undefined) {
  process.stderr.write(
    `The repository's scripts need Node 24; this is ${process.versions.node}. Run them by npm (npm start, npm test, npm run ...): it installs the right one.\n`,
  );
  process.exit(2);
}
