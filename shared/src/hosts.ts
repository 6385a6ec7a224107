/** The provider that answers at an address. A project's configuration can add hosts, which take precedence. */
import { LRUCache } from 'lru-cache';
import { PROVIDER_TABLE } from './providers/index.ts';
import type { Host } from './providers/provider.ts';
import { PROVIDERS, type ProviderName } from './vocabulary.ts';

export interface HostRule extends Host {
  readonly provider: ProviderName;
}

/**
 * The most specific rule comes first, so that `models.inference.ai.azure.com` wins over `*.inference.ai.azure.com`; `*`
 * stands for one or more characters.
 */
export const HOSTS: readonly HostRule[] = PROVIDERS.flatMap((provider) =>
  (PROVIDER_TABLE[provider].hosts ?? []).map((host) => ({ ...host, provider })),
).sort((a, b) => lettersOf(b) - lettersOf(a) || a.host.length - b.host.length);

function lettersOf({ host }: Host): number {
  return host.replaceAll('*', '').length;
}

/** The table's hosts without wildcards, for the prefilter. */
export const HOST_NAMES: readonly string[] = HOSTS.map((rule) => rule.host)
  .filter((host) => /[a-z]\.[a-z]+$/.test(host))
  .map((host) => host.replace(/^\*\.?/, ''));

/**
 * The provider at a URL or bare host (`https://api.groq.com/openai/v1`), by the project's `overrides` (host, or prefix
 * of the URL, to provider) and then by the table; null if the address is unknown.
 */
export function providerOfUrl(
  url: string,
  overrides: Readonly<Record<string, ProviderName>> = {},
): ProviderName | null {
  const address = addressOf(url);
  for (const [prefix, provider] of Object.entries(overrides)) {
    const wanted = prefix
      .trim()
      .toLowerCase()
      .replace(/^[a-z+]+:\/\//, '')
      .replace(/\/+$/, '');
    if (wanted !== '' && address.startsWith(wanted) && !/[\w.-]/.test(address.charAt(wanted.length))) return provider;
  }
  return ruleFor(address)?.provider ?? null;
}

/**
 * Addresses repeat, and each call through the runtime asks about its own. Some contain a model or a deployment, so their
 * number is not bounded.
 */
const residency = new LRUCache<string, boolean>({ max: 1000 });

/** True if the address keeps a request's data in one region: `https://eu.api.openai.com/v1`. */
export function isResidentUrl(url: string): boolean {
  const address = withoutQuery(url);
  let isResident = residency.get(address);
  if (isResident === undefined) {
    isResident = ruleFor(addressOf(address))?.isResident === true;
    residency.set(address, isResident);
  }
  return isResident;
}

/** The address without its query and fragment, which may contain keys. */
export function withoutQuery(url: string): string {
  const at = url.search(/[?#]/);
  return at < 0 ? url : url.slice(0, at);
}

function addressOf(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^/@]*@/, '');
}

type CompiledRule = Omit<HostRule, 'host'> & { readonly pattern: RegExp };
let compiled: readonly CompiledRule[] | null = null;

/** The most specific rule for an address. Most runs ask for none, so the patterns are made on first use. */
function ruleFor(address: string): CompiledRule | undefined {
  compiled ??= HOSTS.map(({ host, ...rule }) => {
    const source = host.replace(/[.\\+?^${}()|[\]]/g, '\\$&').replaceAll('*', '.*');
    return { ...rule, pattern: new RegExp(`^${source}(?=[:/?#]|$)`, 's') };
  });
  return compiled.find(({ pattern }) => pattern.test(address));
}
