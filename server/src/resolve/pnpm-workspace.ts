/** The `packages` list of a `pnpm-workspace.yaml`. */
import { dataIn } from '../files/settings/data-text.ts';

export function pnpmPackages(text: string): readonly string[] {
  const workspace = dataIn(text, 'yaml');
  const listed = workspace instanceof Map ? workspace.get('packages') : null;
  return Array.isArray(listed) ? listed.filter((pattern) => typeof pattern === 'string') : [];
}
