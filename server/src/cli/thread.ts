/** Analyses a part of a large scan on a second thread of this program. */
import { availableParallelism } from 'node:os';
import {
  isMainThread,
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
  workerData,
} from 'node:worker_threads';
import type { AnalysisSettings, AnalyzerOptions } from '../analyzer.ts';
import type { Part } from '../engine/part.ts';
import type { PartTask } from '../engine/scan.ts';

interface ThreadData {
  readonly settings: AnalysisSettings;
  readonly task: PartTask;
  /** `[isDone, files analysed so far]`, shared. */
  readonly state: Int32Array;
  readonly port: MessagePort;
}

/** A thread that analyses no further file for this long has failed. No file takes nearly as long. */
const PATIENCE_MILLISECONDS = 60_000;
/** Most of what an analysis makes is garbage at once: a larger nursery than V8's own spares copying it. */
const LIMITS = { maxYoungGenerationSizeMb: 48 };

/** `file` is the program; null where there is one processor only, and a second thread gains nothing. */
export function threadsOf(file: string): NonNullable<AnalyzerOptions['startPart']> | null {
  if (availableParallelism() < 2) return null;
  return (settings, task) => {
    const state = new Int32Array(new SharedArrayBuffer(8));
    const { port1, port2 } = new MessageChannel();
    const data: ThreadData = { settings, task, state, port: port2 };
    const worker = new Worker(file, { workerData: data, transferList: [port2], resourceLimits: LIMITS });
    worker.unref();
    // The main thread waits without its event loop: a thread that dies is seen by its silence.
    worker.on('error', () => {});
    return {
      finish: () => {
        waitFor(state);
        const received: { message: Part } | undefined = receiveMessageOnPort(port1);
        port1.close();
        void worker.terminate();
        return received?.message ?? null;
      },
    };
  };
}

function waitFor(state: Int32Array): void {
  for (let seen = -1; Atomics.load(state, 0) === 0; ) {
    const analysed = Atomics.load(state, 1);
    if (Atomics.wait(state, 0, 0, PATIENCE_MILLISECONDS) === 'timed-out' && analysed === seen) return;
    seen = analysed;
  }
}

/** True in a thread that `threadsOf` started: it has no command line. */
export const isPartThread = !isMainThread && workerData !== null;

/** The whole work of such a thread. */
export async function runPartThread(): Promise<void> {
  const { settings, task, state, port }: ThreadData = workerData;
  try {
    const { analyzePart } = await import('../analyzer.ts');
    port.postMessage(analyzePart(settings, task, () => Atomics.add(state, 1, 1)));
  } finally {
    Atomics.store(state, 0, 1);
    Atomics.notify(state, 0);
  }
}
