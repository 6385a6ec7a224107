/** The fees of tools that run at the provider, in words. */
import { formatDollars, NANO_DOLLARS } from '@farthing/shared/money';
import type { ReportCall } from '@farthing/shared/report';

/** `, plus $0.01 per web search (at most 3)`; empty if no tool has a known fee. */
export function describeFees({ providerTools }: Pick<ReportCall, 'providerTools'>): string {
  return providerTools
    .filter(({ fee, perUse }) => fee !== null && perUse !== null && perUse > 0)
    .map(({ fee, perUse, maxUses }) => {
      const limit = maxUses === null ? '' : ` (at most ${maxUses})`;
      return `, plus ${formatDollars((perUse ?? 0) * NANO_DOLLARS, 2)} per ${(fee ?? '').replaceAll('-', ' ')}${limit}`;
    })
    .join('');
}
