/** The published types: one file, in which `shared` is written out. */
import { isAbsolute, join } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { root } from './root.ts';

/** @param source the entry, relative to the root */
export async function bundleTypes(source: string, file: string): Promise<void> {
  const bundle = await rollup({
    input: join(root, source),
    external: (id) => !/^(\.|@farthing\/)/.test(id) && !isAbsolute(id),
    plugins: [dts({ tsconfig: join(root, 'runtime', 'tsconfig.json'), includeExternal: ['@farthing/shared'] })],
  });
  await bundle.write({ file, format: 'es' });
  await bundle.close();
}
