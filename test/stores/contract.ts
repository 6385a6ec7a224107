/** What every driver promises, as tests: a driver runs the parts whose stores it has. */
import { describe } from 'vitest';
import { budgetContract } from './contract-budgets.ts';
import { cacheContract } from './contract-cache.ts';
import { ledgerContract } from './contract-ledger.ts';
import { processContract } from './contract-processes.ts';
import { budgetProperties } from './contract-properties.ts';
import { rateContract } from './contract-rates.ts';
import type { Driver, Stores } from './driver.ts';

export function contract(driver: Driver, has: readonly (keyof Stores)[]): void {
  describe(driver.name, () => {
    if (has.includes('budgets')) {
      budgetContract(driver);
      budgetProperties(driver);
      processContract(driver);
    }
    if (has.includes('cache')) cacheContract(driver);
    if (has.includes('rates')) rateContract(driver);
    if (has.includes('ledger')) ledgerContract(driver);
  });
}
