/**
 * A real VS Code in a browser: the workbench and extension host of `code-server`, whose packages are in `test/editor`.
 * Used by `npm run editor` and by the editor's tests. It listens on this machine alone and forgets everything but what
 * lies in its folder.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installApart, npmInstall } from './install-apart.ts';
import { root } from './root.ts';

export interface WorkbenchOptions {
  /** Where settings, extensions and logs go. */
  readonly home: string;
  /** The user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The authors of a folder are not trusted by default. Otherwise all are. */
  readonly isRestricted?: boolean;
  /** For a program at the keys: notices then stay in their list and cover nothing. */
  readonly isTest?: boolean;
}

export interface Workbench {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Ends the server and its extension hosts. */
  readonly stop: () => Promise<void>;
}

const FOLDER = 'test/editor';
/** Milliseconds. */
const START_LIMIT = 60_000;

/** Installs the workbench on first use; returns the file that starts it. */
export function installWorkbench(): string {
  const entry = installApart(FOLDER, 'code-server/lib/vscode/out/server-main.js');
  const vscode = dirname(dirname(entry));
  // The package would fetch these itself in an install script that also compiles native modules. The ones that are
  // needed here come compiled, so that no compiler has to be there; the server does without the others.
  for (const folder of [vscode, join(vscode, 'extensions')]) {
    if (!existsSync(join(folder, 'node_modules', '.package-lock.json'))) {
      npmInstall(folder, ['install', '--ignore-scripts', '--omit=dev']);
    }
  }
  return entry;
}

export function extensionsFolder(home: string): string {
  return join(home, 'extensions');
}

/** Installs a packed extension as a user would: `--install-extension FILE`. */
export function installExtension(home: string, file: string): void {
  const result = spawnSync(
    process.execPath,
    [installWorkbench(), ...foldersOf(home), '--install-extension', file, '--accept-server-license-terms'],
    { encoding: 'utf8' },
  );
  if (result.status !== 0) throw new Error(`${file} was not installed:\n${result.stdout}${result.stderr}`);
}

export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { home, settings = {}, isRestricted = false, isTest = false } = options;
  const entry = installWorkbench();
  const machine = join(home, 'data', 'data', 'Machine');
  mkdirSync(machine, { recursive: true });
  mkdirSync(extensionsFolder(home), { recursive: true });
  writeFileSync(join(machine, 'settings.json'), JSON.stringify({ ...QUIET, ...settings }, null, 2));
  const child = spawn(
    process.execPath,
    [
      entry,
      '--host=127.0.0.1',
      '--port=0',
      '--without-connection-token',
      '--accept-server-license-terms',
      ...(isTest ? ['--enable-smoke-test-driver'] : []),
      '--telemetry-level=off',
      ...foldersOf(home),
      ...(isRestricted ? [] : ['--disable-workspace-trust']),
    ],
    // A separate process group, so that its extension hosts and their servers can be ended with it.
    { stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' },
  );
  // Whatever ends this process, the workbench does not outlive it.
  process.once('exit', () => signalGroup(child, 'SIGKILL'));
  const logFile = join(home, 'server.log');
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  try {
    return { url: await addressOf(child, logFile), stop: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

/** The workbench's address for a folder or a workspace file. */
export function workbenchUrl(
  url: string,
  workspace: string,
  payload: readonly (readonly [string, string])[] = [],
): string {
  const kind = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const parameters = new URLSearchParams({ [kind]: workspace });
  if (payload.length > 0) parameters.set('payload', JSON.stringify(payload));
  return `${url}/?${parameters}`;
}

/** The same with the extension as it is built in the repository, and a suite that runs in its extension host. */
export function suiteUrl(url: string, workspace: string, suite: string): string {
  const remote = (path: string): string => `vscode-remote://${new URL(url).host}${path}`;
  return workbenchUrl(url, workspace, [
    ['extensionDevelopmentPath', remote(root)],
    ['extensionTestsPath', remote(suite)],
  ]);
}

/** What would be in the way of a picture or a test: welcome pages, suggestions, other checkers' findings. */
const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'git.enabled': false,
  // The examples' packages are not installed, and the type checker would underline each import.
  'typescript.validate.enable': false,
  'javascript.validate.enable': false,
  'typescript.disableAutomaticTypeAcquisition': true,
};

function foldersOf(home: string): readonly string[] {
  return [`--server-data-dir=${join(home, 'data')}`, `--extensions-dir=${extensionsFolder(home)}`];
}

/** The server says its port when it listens. */
function addressOf(child: ChildProcess, logFile: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new Error(`The workbench did not start: ${why}. Its log:\n${readFileSync(logFile, 'utf8').slice(-2000)}`));
    const timer = setTimeout(() => fail(`it said no port within ${START_LIMIT / 1000} s`), START_LIMIT);
    let said = '';
    child.stdout?.on('data', (data) => {
      said += data;
      const port = /Extension host agent listening on (\d+)/.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(`http://127.0.0.1:${port}`);
    });
    child.once('exit', (status) => {
      clearTimeout(timer);
      fail(`it ended with status ${status}`);
    });
    child.once('error', ({ message }) => fail(message));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 5_000);
  await ended;
  clearTimeout(timer);
}

function isAlive({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

/** Its extension hosts and their servers are in its group. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!isAlive(child)) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-(child.pid as number), signal);
  } catch {
    // It has ended meanwhile.
  }
}
