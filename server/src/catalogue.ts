/** Builds the catalogue for a configuration. The analyzer gets prices only from here. */
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import { createCatalogue } from '@farthing/shared/catalogue/create-catalogue';
import type { Config } from '@farthing/shared/config-defaults';
import type { PriceFiles } from './files/price-files.ts';

export function catalogueOf(config: Config, { table, lock }: PriceFiles, now: Date): Catalogue {
  const { prices: overrides, discounts, deployments } = config;
  return createCatalogue({ now, overrides, discounts, deployments, table, lock });
}
