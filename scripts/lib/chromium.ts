/** Finds this machine's browser. The tests do not include one: Debian's chromium and a desktop's Chrome both work. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Null if there is none. `FARTHING_CHROMIUM` names another one. */
export function findChromium(): string | null {
  const named = process.env.FARTHING_CHROMIUM ?? '';
  if (named !== '') return existsSync(named) ? named : null;
  const which = process.platform === 'win32' ? 'where' : 'which';
  for (const name of NAMES) {
    const { status, stdout } = spawnSync(which, [name], { encoding: 'utf8' });
    const path = stdout?.split('\n', 1)[0]?.trim() ?? '';
    if (status === 0 && path !== '') return path;
  }
  return PLACES.find((path) => existsSync(path)) ?? null;
}

/** Installs it where that can be done without asking anybody: as root, on a system with apt. */
export function installChromium(): string | null {
  const found = findChromium();
  if (found !== null || process.platform !== 'linux' || process.getuid?.() !== 0) return found;
  process.stderr.write('Installing chromium (apt-get), once ...\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]) {
    if (spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status !== 0) return null;
  }
  return findChromium();
}
