/** Runs the Action as GitHub's runner does: what git has of it, in a folder by itself, started as `action.yml` says. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/lib/root.ts';
import type { Repository } from '../cli/repository.ts';
import { type GitHub, TOKEN } from './github.ts';

export interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
}

export interface ActionRun {
  readonly status: number | null;
  /** Its log: workflow commands are read from both streams. */
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The files of the Action that git has, or would have once they are added; nothing that a build or an install writes. */
export function checkOut(): string {
  const folder = temporary();
  const names = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', 'action', 'action.yml', 'package.json'],
    { cwd: root, encoding: 'utf8' },
  );
  for (const name of names.trim().split('\n')) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(root, name), join(folder, name));
  }
  return folder;
}

export function readAction(folder: string): ActionFile {
  return parse(readFileSync(join(folder, 'action.yml'), 'utf8'));
}

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'farthing-action-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface RunSettings {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly isFork?: boolean;
  /** Null for an event that is not about a pull request. */
  readonly head?: string | null;
  readonly base: string;
}

/** @param base and `head`: what the event says of the pull request */
export async function runAction(
  action: string,
  { cwd }: Pick<Repository, 'cwd'>,
  github: Pick<GitHub, 'url'>,
  { inputs = {}, isFork = false, base, head = 'no commit' }: RunSettings,
): Promise<ActionRun> {
  const { inputs: declared, runs } = readAction(action);
  const runner = temporary();
  const at = (name: string): string => join(runner, name);
  const repo = (name: string) => ({ full_name: name });
  const event = {
    pull_request: {
      number: 7,
      base: { sha: base, repo: repo('acme/app') },
      head: { sha: head, repo: repo(isFork ? 'stranger/app' : 'acme/app') },
    },
  };
  writeFileSync(at('event.json'), JSON.stringify(head === null ? {} : event));
  writeFileSync(at('summary'), '');
  writeFileSync(at('output'), '');
  const given = { token: TOKEN, package: join(root, 'server'), ...inputs };
  const values = Object.entries(declared).map(([name, one]) => [name, one.default ?? ''] as const);
  const env = Object.fromEntries(
    [...values, ...Object.entries(given)].map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  const child = spawn(process.execPath, [join(action, runs.main)], {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: runner,
      GITHUB_WORKSPACE: cwd,
      GITHUB_REPOSITORY: 'acme/app',
      GITHUB_API_URL: github.url,
      GITHUB_EVENT_PATH: at('event.json'),
      GITHUB_STEP_SUMMARY: at('summary'),
      GITHUB_OUTPUT: at('output'),
      RUNNER_TEMP: runner,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      log += text;
    });
  }
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const outputs = Object.fromEntries(
    readFileSync(at('output'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('=') as [string, string]),
  );
  return { status, log, summary: readFileSync(at('summary'), 'utf8'), outputs };
}
