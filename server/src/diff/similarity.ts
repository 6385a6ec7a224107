/** How alike two calls are: what a call says decides, and its name, place and model break ties. */
import type { ReportCall } from '@farthing/shared/report';

/** A call with the words of its prompt. */
export interface Described {
  readonly call: ReportCall;
  readonly words: ReadonlySet<string>;
}

/** Words of a prompt that are compared; the rest of a long text says nothing more about which call it is. */
const MAX_WORDS = 2_000;

/** @param texts of its prompt */
export function describe(call: ReportCall, texts: readonly string[]): Described {
  const words = texts
    .join(' ')
    .match(/[\p{L}\p{N}_]+/gu)
    ?.slice(0, MAX_WORDS);
  return { call, words: new Set(words ?? []) };
}

/** From 0 to 1. */
export function similarity(a: Described, b: Described): number {
  const isSame = (read: (call: ReportCall) => string | null): number => (read(a.call) === read(b.call) ? 1 : 0);
  return (
    0.5 * overlap(a.words, b.words) +
    0.2 * isSame((call) => call.function) +
    0.1 * isSame(({ path }) => path.slice(path.lastIndexOf('/') + 1)) +
    0.1 * isSame(({ model }) => model.value ?? model.hint) +
    0.1 * isSame(({ sdk, api }) => `${sdk} ${api}`)
  );
}

/** Nothing in common with nothing is no evidence: two calls without a known text are half alike. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 0.5;
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared);
}
