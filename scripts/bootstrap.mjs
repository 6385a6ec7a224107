/**
 * The entry of every npm script: makes a fresh clone ready, then runs `scripts/<name>.ts` on the Node that the
 * repository pins (the dev dependency `node`). It runs before anything is installed, so it imports only Node's own
 * modules and uses only what Node 18 understands. It writes to stderr alone: stdout belongs to the script.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [name = '', ...rest] = process.argv.slice(2);
const script = join(root, 'scripts', `${name}.ts`);
const pinnedNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const neededMajor = 24;

/** Ends the process with an explanation; a status of 2 is an error of usage or set-up, as for the program itself. */
function fail(lines) {
  process.stderr.write(`${['farthing set-up:', ...lines].join('\n  ')}\n`);
  process.exit(2);
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
  } catch {
    return null;
  }
}

/**
 * npm records what it installed in a separate lock file. Versions are compared, not times: a checkout may touch
 * package-lock.json without changing it. Optional packages are ignored, because most are for other platforms.
 */
function isInstalled() {
  const wanted = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === null || installed === null) return false;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      !path.startsWith('node_modules/') || entry.optional || entry.link || installed[path]?.version === entry.version,
  );
}

function install() {
  const started = Date.now();
  process.stderr.write('Installing the development dependencies (npm ci), once ...\n');
  const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const npmScript = process.env.npm_execpath;
  // Inside an npm script npm names its own file, which is found even where `npm` is not on the path.
  const result =
    npmScript !== undefined && /npm-cli\.[cm]?js$/.test(npmScript)
      ? spawnSync(process.execPath, [npmScript, ...flags], { cwd: root, encoding: 'utf8' })
      : spawnSync('npm', flags, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  if (result.error !== undefined) {
    fail([`npm could not be started (${result.error.message}).`, 'Install Node.js with npm, then run this again.']);
  }
  if (result.status !== 0) {
    const said = `${result.stderr}`.trim().split('\n').slice(0, 12);
    fail([
      `npm ci failed with status ${result.status}:`,
      ...said,
      'If the registry was not reached: check the network and `npm config get registry`, then run this again.',
    ]);
  }
  process.stderr.write(`Installed in ${((Date.now() - started) / 1000).toFixed(1)} s.\n`);
}

if (!/^[a-z-]+$/.test(name) || !existsSync(script)) fail([`There is no scripts/${name}.ts.`]);
if (!isInstalled()) install();

const isRecentEnough = Number(process.versions.node.split('.')[0]) >= neededMajor;
if (isRecentEnough) {
  process.argv.splice(1, 2, script);
  await import(pathToFileURL(script).href);
} else if (existsSync(pinnedNode)) {
  // An interrupt reaches the whole process group; this process waits for the script to end by itself.
  process.on('SIGINT', () => {});
  const run = spawnSync(pinnedNode, [...process.execArgv, script, ...rest], { stdio: 'inherit' });
  if (run.error !== undefined) fail([`The pinned Node could not be started (${run.error.message}).`]);
  process.exit(run.status ?? 1);
} else {
  fail([
    `This needs Node ${neededMajor}; the Node on this machine is ${process.versions.node}.`,
    'npm installs the right one as the dev dependency `node`, in an install script that did not run.',
    'Run `npm ci --ignore-scripts=false`, or use Node 24 or later.',
  ]);
}
