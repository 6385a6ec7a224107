/** The fees of tools that run at the provider, in words. */
import type { Language } from '@farthing/shared/language';
import { formatDollars, NANO_DOLLARS } from '@farthing/shared/money';
import type { ReportCall } from '@farthing/shared/report';
import { messagesIn } from './messages/index.ts';

/** `, plus $0.01 per web search (at most 3)`; empty if no tool has a known fee. */
export function describeFees({ providerTools }: Pick<ReportCall, 'providerTools'>, language: Language = 'en'): string {
  const { cost } = messagesIn(language);
  return providerTools
    .flatMap(({ fee, perUse, maxUses }) => {
      if (fee === null || perUse === null || perUse <= 0) return [];
      const amount = formatDollars(perUse * NANO_DOLLARS, 2, language);
      return cost.fee(amount, fee) + (maxUses === null ? '' : cost.feeLimit(maxUses));
    })
    .join('');
}
