import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheDirectory } from './cache-directory.ts';

test('the user decides, then the platform', () => {
  expect(cacheDirectory({ FARTHING_CACHE_DIR: '/x' }, 'linux', '/home/a')).toBe('/x');
  expect(cacheDirectory({ XDG_CACHE_HOME: '/c' }, 'linux', '/home/a')).toBe(join('/c', 'farthing'));
  expect(cacheDirectory({}, 'linux', '/home/a')).toBe(join('/home/a', '.cache', 'farthing'));
  expect(cacheDirectory({}, 'darwin', '/Users/a')).toBe(join('/Users/a', 'Library', 'Caches', 'farthing'));
  expect(cacheDirectory({ LOCALAPPDATA: '/l' }, 'win32', '/u')).toBe(join('/l', 'farthing', 'Cache'));
});

test('an empty or relative setting is none', () => {
  const home = join('/home/a', '.cache', 'farthing');
  expect(cacheDirectory({ FARTHING_CACHE_DIR: '', XDG_CACHE_HOME: 'relative' }, 'linux', '/home/a')).toBe(home);
});
