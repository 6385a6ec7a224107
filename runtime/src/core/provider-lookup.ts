/** Finds the provider that is paid at an address. */
import { providerOfUrl, withoutQuery } from '@farthing/shared/hosts';
import type { ProviderName } from '@farthing/shared/vocabulary';
import { LRUCache } from 'lru-cache';

export type ProviderLookup = (url: string) => ProviderName;

/** Addresses repeat, so results are cached, up to a limit. */
const MAX_ADDRESSES = 1000;

/**
 * @param hosts by host, or prefix of a URL: what the application declares about its own addresses
 * @returns the provider at a URL; an undeclared server with a known format is `openai-compatible`
 */
export function createProviderLookup(hosts: Readonly<Record<string, ProviderName>>): ProviderLookup {
  const known = new LRUCache<string, ProviderName>({ max: MAX_ADDRESSES });
  return (url) => {
    const address = withoutQuery(url);
    let provider = known.get(address);
    if (provider === undefined) {
      provider = providerOfUrl(address, hosts) ?? 'openai-compatible';
      known.set(address, provider);
    }
    return provider;
  };
}
