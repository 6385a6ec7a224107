/** Calls that their provider does not charge for, whatever they use. Data, with its source. */
import type { ProviderName } from '@farthing/shared/vocabulary';

interface FreeCall {
  readonly provider: ProviderName;
  readonly path: RegExp;
  readonly source: string;
  readonly asOf: string;
}

const FREE: readonly FreeCall[] = [
  {
    provider: 'openai',
    path: /\/moderations\/?$/,
    source: 'https://platform.openai.com/docs/guides/moderation',
    asOf: '2026-11-29',
  },
];

export function isFreeCall(provider: ProviderName, path: string): boolean {
  return FREE.some((call) => call.provider === provider && call.path.test(path));
}
