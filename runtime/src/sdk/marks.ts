/**
 * The calls of the code that are being made, where a recorded process has marked them when it loaded the code. They follow
 * the program's own flow, so that a request which an SDK sends long after its call still belongs to it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Mark {
  /** As the analyzer has it: see `shared/src/callsite.ts`. */
  readonly id: string;
  /** The call that led to this one; null if none is known, or if that is a request, whose tools or callbacks run. */
  readonly outer: Mark | null;
  readonly isRequest: boolean;
}

/** An application may load the package twice, and the recording is a file of its own: all have to see the same calls. */
const MARKS = Symbol.for('farthing.runtime.marks.1');

const shared = globalThis as { [MARKS]?: AsyncLocalStorage<Mark> };
shared[MARKS] ??= new AsyncLocalStorage();
const marks = shared[MARKS];

export function markedCall<Result>(id: string, isRequest: boolean, run: () => Result): Result {
  const around = currentMark();
  return marks.run({ id, isRequest, outer: around?.isRequest === true ? null : around }, run);
}

export function currentMark(): Mark | null {
  return marks.getStore() ?? null;
}

/** The id of the request that is being made; null if its call is not marked. */
export function markedRequest(): string | null {
  const mark = currentMark();
  return mark?.isRequest === true ? mark.id : null;
}

/** The ids of the calls that led to the request, the nearest first. Recursion would repeat them: each is named once. */
export function callersOf(request: Mark): readonly string[] {
  const ids = new Set<string>();
  for (let mark: Mark | null = request; mark !== null; mark = mark.outer) if (!mark.isRequest) ids.add(mark.id);
  return [...ids];
}
