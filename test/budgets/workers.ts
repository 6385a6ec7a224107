/** The processes that spend one budget, some of which are killed and replaced. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { WorkerMessage, WorkerTask } from './traffic.ts';

interface Worker {
  readonly done: () => number;
  readonly refused: () => number;
  /** Of calls that failed: their questions, and their errors' names. */
  readonly failed: ReadonlyMap<string, string>;
  readonly ended: Promise<void>;
  readonly isEnded: () => boolean;
  readonly kill: () => Promise<void>;
}

export interface Work {
  readonly processes: number;
  readonly calls: number;
  /** How many processes are killed in the first part of the work; each is replaced, and the new one does what is left. */
  readonly kills: number;
  readonly taskOf: (calls: number, index: number) => WorkerTask;
}

export interface WorkDone {
  readonly calls: number;
  readonly refused: number;
  readonly killed: number;
  /** Questions whose answer the caller did not get whole. */
  readonly failed: ReadonlySet<string>;
  readonly errors: readonly string[];
}

/** In this share of the work the kills fall. */
const KILLING = 0.6;

export async function runWorkers({ processes, calls, kills, taskOf }: Work): Promise<WorkDone> {
  const all: Worker[] = [];
  let stirred = Promise.withResolvers<void>();
  const start = (count: number): number => all.push(startWorker(taskOf(count, all.length), () => stirred.resolve()));
  const share = Math.floor(calls / processes);
  for (let i = 0; i < processes; i++) start(share);
  const progress = (): number => all.reduce((sum, { done }) => sum + done(), 0);

  let killed = 0;
  while (killed < kills && all.some(({ isEnded }) => !isEnded())) {
    // The next word of a worker, or its end.
    await stirred.promise;
    stirred = Promise.withResolvers();
    if (progress() < ((killed + 1) * calls * KILLING) / (kills + 1)) continue;
    const victim = all.find(({ isEnded }) => !isEnded());
    if (victim === undefined) break;
    await victim.kill();
    killed++;
    start(Math.max(share - victim.done(), 1));
  }
  await Promise.all(all.map(({ ended }) => ended));
  return {
    calls: progress(),
    refused: all.reduce((sum, { refused }) => sum + refused(), 0),
    killed,
    failed: new Set(all.flatMap(({ failed }) => [...failed.keys()])),
    errors: [...new Set(all.flatMap(({ failed }) => [...failed.values()]))],
  };
}

function startWorker(task: WorkerTask, onWord: () => void): Worker {
  const child: ChildProcess = fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(task)], {
    execArgv: ['--conditions=farthing-source', '--no-warnings'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let done = 0;
  let refused = 0;
  const failed = new Map<string, string>();
  child.on('message', (message: WorkerMessage) => {
    if (message.type === 'failed') failed.set(message.question, message.error);
    else ({ done, refused } = message);
    onWord();
  });
  child.once('exit', onWord);
  const ended = once(child, 'exit').then(([status, signal]) => {
    if (status !== 0 && signal !== 'SIGKILL') throw new Error(`A worker ended with ${status ?? signal}.`);
  });
  return {
    done: () => done,
    refused: () => refused,
    failed,
    ended,
    isEnded: () => child.exitCode !== null || child.signalCode !== null,
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
