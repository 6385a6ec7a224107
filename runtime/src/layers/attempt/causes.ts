/** Causes of failures that no status tells: providers say them in codes, or only in words. */
import type { Reply } from '../../core/pipeline.ts';
import { type ProviderError, providerError } from '../support/provider-error.ts';

export const FAILOVER_CAUSES = ['context-length', 'content-filter', 'stream-error'] as const;

/**
 * `context-length`: the prompt is too long for the model. `content-filter`: a filter stopped the prompt, or the whole
 * answer was withheld or refused. `stream-error`: the first event of a stream is an error, or the stream ends before it.
 */
export type FailoverCause = (typeof FAILOVER_CAUSES)[number];

interface Signs {
  readonly codes: RegExp;
  readonly message: RegExp;
}

/** As the providers' error references and public bug reports quote them. */
const SIGNS: Readonly<Record<'context-length' | 'content-filter', Signs>> = {
  'context-length': {
    codes: /^(?:context_length_exceeded|exceed_context_size_error|string_above_max_length|request_too_large)$/i,
    message:
      /prompt is too long|(?:maximum|available|model's) context (?:length|size|window)|exceeds? (?:the )?context (?:limit|window|length)|input token count.* exceeds|input is too long|too large for model|reduce the length of the (?:messages|prompt|input)|too many (?:input )?tokens/i,
  },
  'content-filter': {
    codes: /^(?:content_filter|content_policy_violation|ResponsibleAIPolicyViolation|data_inspection_failed)$/i,
    message:
      /content (?:management|filter(?:ing)?|usage) polic|content.?filter|flagged (?:as|by|for)|violat\w+ .*usage polic/i,
  },
};

/** Codes of an account without money: no wait helps, though the status says that there are too many requests. */
const NO_MONEY =
  /^(?:insufficient_quota|insufficient_balance|billing_hard_limit_reached|exceeded_current_quota_error)$/i;

export function isOutOfQuota(reply: Reply): boolean {
  return reply.status === 429 && (providerError(reply)?.codes.some((code) => NO_MONEY.test(code)) ?? false);
}

/** The causes that a whole answer shows. */
export async function causesOf(reply: Reply): Promise<readonly FailoverCause[]> {
  if (reply.status < 400) return (await isRefused(reply)) ? ['content-filter'] : [];
  const error = providerError(reply);
  if (error === null) return [];
  // A token limit per minute is not a limit of the model.
  const isOfPrompt = reply.status !== 429;
  return (['context-length', 'content-filter'] as const).filter((cause) => isOfPrompt && shows(error, SIGNS[cause]));
}

function shows({ codes, message }: ProviderError, signs: Signs): boolean {
  return codes.some((code) => signs.codes.test(code)) || signs.message.test(message);
}

/** Only of a whole answer: that of a stream settles when it has been read. */
async function isRefused({ body, settled }: Reply): Promise<boolean> {
  return body instanceof Uint8Array && (await settled).answer.finish === 'refused';
}
