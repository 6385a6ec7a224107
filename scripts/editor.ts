/**
 * `npm run editor [-- PATH]`: a real VS Code with the extension, in a browser, on a copy of the examples or on your
 * folder. Nothing has to be installed first, nothing is left behind, and no other machine can reach it. Ends with
 * Ctrl+C.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildBundles } from './lib/bundle.ts';
import { packagePath, packExtension } from './lib/pack-extension.ts';
import { root } from './lib/root.ts';
import { installExtension, installWorkbench, startWorkbench, type Workbench, workbenchUrl } from './lib/workbench.ts';

const [given] = process.argv.slice(2);
installWorkbench();
await buildBundles();
packExtension();
const home = mkdtempSync(join(tmpdir(), 'farthing-try-'));
const folder = given === undefined ? join(home, 'examples') : resolve(process.env.INIT_CWD ?? process.cwd(), given);
if (given === undefined) cpSync(join(root, 'examples'), folder, { recursive: true });
let workbench: Workbench | null = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
installExtension(home, packagePath());
workbench = await startWorkbench({ home });
const url = workbenchUrl(workbench.url, folder);
process.stdout.write(`VS Code with Farthing, on ${given === undefined ? 'a copy of examples/' : folder}:

  ${url}

Open support-chat/src/triage.ts, or run "Farthing: Scan Workspace for LLM Calls". Ctrl+C ends it.\n`);
openBrowser(url);

async function end(): Promise<void> {
  await workbench?.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  process.exit(0);
}

/** Where there is a screen; elsewhere the printed address has to do. */
function openBrowser(address: string): void {
  const { platform, env } = process;
  const hasScreen = platform !== 'linux' || env.DISPLAY !== undefined || env.WAYLAND_DISPLAY !== undefined;
  if (!hasScreen || env.CI !== undefined) return;
  const [command, ...args] =
    platform === 'darwin'
      ? ['open']
      : platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler']
        : ['xdg-open'];
  const opener = spawn(command as string, [...args, address], { stdio: 'ignore', detached: true });
  opener.once('error', () => {});
  opener.unref();
}
