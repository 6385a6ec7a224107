/** Decides whether an answer that is not a failure by itself should be tried at another target. */
import type { Exchange, Reply } from '../../core/pipeline.ts';
import { causesOf, type FailoverCause } from './causes.ts';
import { streamStart } from './stream-start.ts';

export interface Judgement {
  /** The same reply: of a stream, the beginning may have been read and put back. */
  readonly reply: Reply;
  /** Why another target should be tried, for people; null if the answer is accepted. */
  readonly why: string | null;
}

/** @param failoverOn statuses and causes, as the option of this name has them */
export async function judge(
  reply: Reply,
  { codec }: Pick<Exchange, 'codec'>,
  failoverOn: readonly (number | FailoverCause)[],
): Promise<Judgement> {
  if (failoverOn.length === 0 || reply.origin === 'refusal') return { reply, why: null };
  if (failoverOn.includes(reply.status)) return { reply, why: `status ${reply.status}` };
  const cause = (await causesOf(reply)).find((each) => failoverOn.includes(each));
  if (cause !== undefined) return { reply, why: cause };
  if (reply.status >= 400 || !failoverOn.includes('stream-error')) return { reply, why: null };
  const start = await streamStart(reply, codec);
  return { reply: start.reply, why: start.isFailed ? 'stream-error' : null };
}
