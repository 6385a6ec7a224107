/** Runs `farthing diff`, which reads the code and runs none of it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiffReport } from '../shared/src/diff-report.ts';
import { ActionError, type Environment, type Inputs, type PullRequest } from './context.ts';
import type { Decision } from './decisions.ts';

export interface Diffed {
  readonly report: DiffReport;
  /** Empty where no call changed. */
  readonly comment: string;
  /** Workflow commands. */
  readonly annotations: string;
  /** Messages of the program. */
  readonly messages: string;
  /** False for an invalid configuration, of which the report says the rest. */
  readonly isValid: boolean;
}

/** @param temporary an empty folder of this run */
export function runDiff(
  inputs: Inputs,
  pullRequest: PullRequest | null,
  decisions: readonly Decision[] | null,
  temporary: string,
  env: Environment,
): Diffed {
  const at = (name: string): string => join(temporary, name);
  const program = programIn(inputs.package, at('package'));
  const args = ['diff', baseOf(inputs, pullRequest), 'HEAD', '--fail-on', inputs.failOn, '--format', 'json'];
  args.push(
    '--output',
    at('diff.json'),
    '--also',
    `markdown=${at('comment.md')}`,
    '--also',
    `github=${at('annotations')}`,
  );
  if (inputs.config !== null) args.push('--config', inputs.config);
  if (inputs.saysUnchanged) args.push('--say-unchanged');
  if (decisions !== null) {
    writeFileSync(at('decisions.json'), JSON.stringify(decisions));
    args.push('--decisions', at('decisions.json'));
  }
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: inputs.folder,
    env: withoutSecrets(env),
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT,
  });
  if (!existsSync(at('diff.json')) || !existsSync(at('annotations')))
    throw new ActionError(`farthing diff ended with status ${status}.\n${stderr.trim()}`);
  return {
    report: JSON.parse(readFileSync(at('diff.json'), 'utf8')),
    comment: readFileSync(at('comment.md'), 'utf8'),
    annotations: readFileSync(at('annotations'), 'utf8'),
    messages: stderr,
    isValid: status === 0 || status === 1,
  };
}

/** Bytes. */
const MAX_OUTPUT = 64 * 1024 * 1024;

/** The program of a folder, or of a packed file, which is unpacked: the package has no dependencies and no scripts. */
function programIn(path: string, unpacked: string): string {
  if (!existsSync(path))
    throw new ActionError(
      `there is no farthing package at ${path}. Install it before this step (npm ci), or set "package" to a folder or a packed file that holds it.`,
    );
  let folder = path;
  if (statSync(path).isFile()) {
    mkdirSync(unpacked);
    const { status, stderr } = spawnSync('tar', ['-xzf', path, '-C', unpacked], { encoding: 'utf8' });
    if (status !== 0) throw new ActionError(`${path} cannot be unpacked: ${stderr?.trim() ?? 'there is no tar'}`);
    folder = join(unpacked, 'package');
  }
  const program = join(folder, 'dist', 'farthing.cjs');
  if (existsSync(program)) return program;
  throw new ActionError(`${path} has no dist/farthing.cjs. Build it (npm run build), or set "package" to another one.`);
}

/**
 * GitHub checks out the merge of the pull request with the branch: its first parent is that branch as it is now. The event
 * has the branch as it was.
 */
function baseOf({ base, folder }: Inputs, pullRequest: PullRequest | null): string {
  if (base !== null) return base;
  if (pullRequest === null)
    throw new ActionError('this event is not about a pull request: set "base" to the commit to compare with.');
  return commitAt(folder, 'HEAD^2') === pullRequest.head ? 'HEAD^1' : pullRequest.base;
}

function commitAt(folder: string, name: string): string | null {
  const { status, stdout } = spawnSync('git', ['-C', folder, 'rev-parse', '--verify', '--quiet', name], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : null;
}

/** The program needs no token. */
function withoutSecrets(env: Environment): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^INPUT_|TOKEN|SECRET/i.test(name)));
}
