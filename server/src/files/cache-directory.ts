/** The folder for data that can be recreated: nothing is lost when it is deleted. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export function cacheDirectory(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string = homedir(),
): string {
  const configured = env.FARTHING_CACHE_DIR;
  if (configured !== undefined && configured !== '') return configured;
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'farthing', 'Cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'farthing');
  // The XDG base directory specification: a relative path is ignored.
  const xdg = env.XDG_CACHE_HOME;
  return join(xdg?.startsWith('/') ? xdg : join(home, '.cache'), 'farthing');
}
