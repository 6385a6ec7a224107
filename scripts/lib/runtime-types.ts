/** The published types: one file, in which `shared` is written out. */
import { isAbsolute, join } from 'node:path';
import { type Plugin, rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { root } from './root.ts';

/** TypeScript has parameters of typed arrays from 5.7 on; before, what has one is an error. */
const plainArrays: Plugin = {
  name: 'plain-arrays',
  renderChunk: (code) => code.replace(/\b((?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array)<\w+>/g, '$1'),
};

/** @param source the entry, relative to the root */
export async function bundleTypes(source: string, file: string): Promise<void> {
  const bundle = await rollup({
    input: join(root, source),
    external: (id) => !/^(\.|@farthing\/)/.test(id) && !isAbsolute(id),
    plugins: [dts({ tsconfig: join(root, 'runtime', 'tsconfig.json'), includeExternal: ['@farthing/shared'] })],
  });
  await bundle.write({ file, format: 'es', plugins: [plainArrays] });
  await bundle.close();
}
