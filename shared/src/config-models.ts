/** Checks the names under `models`: a name that no price table knows leaves its calls without a cost. */
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Catalogue } from './catalogue/catalogue.ts';
import { createCatalogue } from './catalogue/create-catalogue.ts';
import type { PriceTable } from './catalogue/price-table.ts';
import type { Config } from './config-defaults.ts';
import type { ConfigProblem } from './config-problem.ts';
import { nearest } from './nearest.ts';
import { PROVIDER_TABLE } from './providers/index.ts';
import { PROVIDERS, type ProviderName } from './vocabulary.ts';

/** Which models exist does not depend on the day; only their prices do. */
const ANY_DAY = new Date(0);

/**
 * One problem per name that neither a price table nor the configuration's own `prices` and `deployments` know. The entry
 * still applies.
 *
 * @param text the file's content, for the lines
 * @param path as problems should name it
 */
export function unknownModels(
  text: string,
  path: string,
  { models, prices: overrides, deployments }: Pick<Config, 'models' | 'prices' | 'deployments'>,
  table: PriceTable | null,
): readonly ConfigProblem[] {
  const catalogue = createCatalogue({ now: ANY_DAY, overrides, deployments, table });
  const names = new Map(models.flatMap((entry) => entry.models.map(({ name }) => [name, entry.provider] as const)));
  const found: string[] = [];
  for (const [name, provider] of names) {
    if (isKnown(name, provider, catalogue)) continue;
    // Looking for the others would take longer than the scan.
    if (found.push(name) === MAX_NAMED) break;
  }
  if (found.length === 0) return [];
  const lineOf = createLineOf(text);
  return found.map((name) => ({ path, line: lineOf(name), message: describe(name, catalogue) }));
}

/** Unknown names that are listed; a longer list is not read. */
const MAX_NAMED = 100;

function isKnown(name: string, provider: ProviderName | undefined, catalogue: Catalogue): boolean {
  if (provider !== undefined && !isSeller(provider)) return true;
  const sellers = provider === undefined ? PROVIDERS.filter(isSeller) : [provider];
  return catalogue.find('any', name) !== null || sellers.some((seller) => catalogue.find(seller, name) !== null);
}

/** What a local server or an unknown gateway serves is not listed anywhere. */
function isSeller(provider: ProviderName): boolean {
  const { kind } = PROVIDER_TABLE[provider].sales;
  return kind === 'maker' || kind === 'host';
}

function describe(name: string, catalogue: Catalogue): string {
  const guess = nearest(
    name,
    catalogue.models().map(({ id }) => id),
  );
  const advice = guess === null ? '"farthing models" lists them.' : `Did you mean "${guess}"?`;
  return `models: "${name}" is in no price table. ${advice} Its calls have no cost until "prices" has an entry for it.`;
}

/** From 1: the first mention under `models`. */
function createLineOf(text: string): (name: string) => number {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const section = tree && findNodeAtLocation(tree, ['models']);
  const from = section?.offset ?? 0;
  return (name) => text.slice(0, Math.max(text.indexOf(JSON.stringify(name), from), 0)).split('\n').length;
}
