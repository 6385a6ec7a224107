/** What GitHub tells an action: its inputs, and the event that started it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Inputs {
  readonly package: string;
  /** Absolute. */
  readonly folder: string;
  /** As it was given; tells the comments of two folders apart. */
  readonly folderName: string;
  readonly base: string | null;
  readonly config: string | null;
  readonly failOn: string;
  readonly isCommenting: boolean;
  readonly saysUnchanged: boolean;
  readonly isAnnotating: boolean;
  readonly token: string | null;
}

export interface PullRequest {
  readonly number: number;
  readonly base: string;
  readonly head: string;
  /** True if it comes from another repository, for which GitHub's own token may not write. */
  readonly isFromFork: boolean;
}

/** An input or a setting is wrong: the message says what to do. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
}

export function readInputs(env: Environment): Inputs {
  const text = (name: string): string | null => env[`INPUT_${name.toUpperCase()}`]?.trim() || null;
  const isTrue = (name: string): boolean => {
    const value = text(name) ?? 'false';
    if (value !== 'true' && value !== 'false') throw new ActionError(`${name}: "${value}" is not true or false.`);
    return value === 'true';
  };
  const folderName = text('working-directory') ?? '.';
  return {
    package: resolve(workspaceOf(env), text('package') ?? 'node_modules/farthing'),
    folder: resolve(workspaceOf(env), folderName),
    folderName,
    base: text('base'),
    config: text('config'),
    failOn: text('fail-on') ?? 'error',
    isCommenting: isTrue('comment'),
    saysUnchanged: isTrue('say-unchanged'),
    isAnnotating: isTrue('annotations'),
    token: text('token'),
  };
}

function workspaceOf(env: Environment): string {
  return env.GITHUB_WORKSPACE ?? process.cwd();
}

/** Null for events that are not about a pull request. */
export function readPullRequest(env: Environment): PullRequest | null {
  const { pull_request: request } = readEvent(env);
  if (request === undefined) return null;
  const { number, base, head } = request;
  return {
    number,
    base: base.sha,
    head: head.sha,
    // A fork that was deleted has no repository.
    isFromFork: head.repo?.full_name !== base.repo?.full_name,
  };
}

interface Branch {
  readonly sha: string;
  readonly repo?: { readonly full_name?: string } | null;
}

interface Event {
  readonly pull_request?: { readonly number: number; readonly base: Branch; readonly head: Branch };
}

function readEvent({ GITHUB_EVENT_PATH: path }: Environment): Event {
  return path === undefined ? {} : JSON.parse(readFileSync(path, 'utf8'));
}
