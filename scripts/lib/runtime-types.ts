/** The published types: one file for each entry, in which `shared` is written out. */
import { join } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { root } from './root.ts';

/** @param entries from the name of an entry to its source, relative to the root */
export async function bundleTypes(entries: Readonly<Record<string, string>>, folder: string): Promise<void> {
  for (const [name, source] of Object.entries(entries)) {
    const bundle = await rollup({
      input: join(root, source),
      external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('@farthing/'),
      plugins: [dts({ tsconfig: join(root, 'runtime', 'tsconfig.json'), includeExternal: ['@farthing/shared'] })],
    });
    await bundle.write({ file: join(folder, `${name}.d.ts`), format: 'es' });
    await bundle.close();
  }
}
