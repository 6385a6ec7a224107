/**
 * The GitHub Action: compares a pull request with its base, and says what it does to the cost of LLM calls in a comment, in
 * the step's summary and at the lines. It fails as the policy says. A comment that cannot be written fails nothing.
 */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markFor, withoutMark, writeComment } from './comment.ts';
import {
  ActionError,
  type Environment,
  type Inputs,
  type PullRequest,
  readInputs,
  readPullRequest,
} from './context.ts';
import { decisionsIn } from './decisions.ts';
import { ApiError, type Comment, commentsOn, type PullRequestComments } from './github-api.ts';
import { type Diffed, runDiff } from './run-diff.ts';

async function run(env: Environment): Promise<void> {
  const inputs = readInputs(env);
  const pullRequest = readPullRequest(env);
  const comments = inputs.isCommenting ? open(inputs, pullRequest, env) : null;
  const notes: string[] = [];
  const known = comments === null ? null : await attempt(() => comments.list(), 'read', pullRequest, notes);
  const { decisions, ignored } = decisionsIn(known ?? []);
  const temporary = mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), 'farthing-'));
  try {
    const diffed = runDiff(inputs, pullRequest, known === null ? null : decisions, temporary, env);
    if (comments !== null && known !== null)
      await attempt(
        () => writeComment(diffed.comment, markFor(inputs.folderName), known as readonly Comment[], comments),
        'write',
        pullRequest,
        notes,
      );
    tell(diffed, inputs, [...notes, ...ignored.map((text) => `Ignored: ${text}.`)], env);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function open(inputs: Inputs, pullRequest: PullRequest | null, env: Environment): PullRequestComments | null {
  return pullRequest === null || inputs.token === null ? null : commentsOn(pullRequest.number, inputs.token, env);
}

/** Null if GitHub refuses or does not answer, which is noted. */
async function attempt<T>(
  request: () => Promise<T>,
  what: 'read' | 'write',
  pullRequest: PullRequest | null,
  notes: string[],
): Promise<T | null> {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const verb = what === 'read' ? 'The comments could not be read' : 'The comment could not be written';
    notes.push(`${verb}: ${error.message}. ${remedyFor(error, pullRequest)}`);
    return null;
  }
}

function remedyFor({ status }: ApiError, pullRequest: PullRequest | null): string {
  if (status !== 401 && status !== 403 && status !== 404) return 'This summary says what it would have said.';
  return pullRequest?.isFromFork === true
    ? 'A pull request from a fork has a token that may only read, so this summary stands for the comment.'
    : 'Give the job the permission "pull-requests: write".';
}

function tell(
  { report, comment, annotations, messages, isValid }: Diffed,
  inputs: Inputs,
  notes: readonly string[],
  env: Environment,
): void {
  const { verdict, summary } = report;
  append(env.GITHUB_STEP_SUMMARY, [...notes.map((note) => `> ${note}\n\n`), withoutMark(comment)].join(''));
  const change = summary.perMonth?.change.expected;
  const calls = summary.changed + summary.added + summary.removed;
  append(env.GITHUB_OUTPUT, `verdict=${verdict.result}\nchange=${change ?? ''}\ncalls=${calls}\n`);
  // The program has made both harmless as commands.
  process.stderr.write(messages);
  process.stdout.write(inputs.isAnnotating ? inWorkspace(annotations, inputs.folderName) : `${verdict.result}\n`);
  for (const note of notes) command('warning', note);
  if (!isValid) fail('the configuration of Farthing is invalid: see the messages above.');
  if (verdict.result === 'FAIL' && inputs.failOn !== 'never') process.exitCode = 1;
}

/** GitHub wants paths from the top of the workspace. */
function inWorkspace(annotations: string, folder: string): string {
  if (folder === '.') return annotations;
  const prefix = escaped(folder).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return annotations.replace(/^(::\w+ file=)/gm, (start) => `${start}${prefix}/`);
}

function append(path: string | undefined, text: string): void {
  if (path !== undefined && path !== '' && text !== '') appendFileSync(path, text);
}

function command(name: 'warning' | 'error', message: string): void {
  process.stdout.write(`::${name} title=Farthing::${escaped(message)}\n`);
}

/** A line break would end the command, and `%` starts an escape sequence. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function fail(message: string): void {
  command('error', message);
  process.exitCode = 1;
}

try {
  await run(process.env);
} catch (error) {
  if (error instanceof ActionError) fail(error.message);
  else
    fail(`an internal error in the Action. Please report it: ${error instanceof Error ? error.stack : String(error)}`);
}
