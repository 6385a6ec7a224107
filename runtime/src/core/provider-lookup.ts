/** Who is paid at an address. */
import { providerOfUrl } from '@farthing/shared/hosts';
import type { ProviderName } from '@farthing/shared/vocabulary';
import { LRUCache } from 'lru-cache';

export type ProviderLookup = (url: string) => ProviderName;

/** Addresses repeat: what was found for one is kept, up to a bound. */
const MAX_ADDRESSES = 1000;

/**
 * @param hosts by host, or beginning of a URL: what the application says of its own addresses
 * @returns who is paid at a URL; any server that speaks a known format is `openai-compatible` where nobody says more
 */
export function createProviderLookup(hosts: Readonly<Record<string, ProviderName>>): ProviderLookup {
  const known = new LRUCache<string, ProviderName>({ max: MAX_ADDRESSES });
  return (url) => {
    const address = url.replace(/[?#].*$/s, '');
    let provider = known.get(address);
    if (provider === undefined) {
      provider = providerOfUrl(address, hosts) ?? 'openai-compatible';
      known.set(address, provider);
    }
    return provider;
  };
}
