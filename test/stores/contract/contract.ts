/** What every driver promises, as tests: a driver runs the parts whose stores it has. */
import { describe } from 'vitest';
import { budgetContract } from './budgets.ts';
import { cacheContract } from './cache.ts';
import type { Driver, Stores } from './driver.ts';
import { ledgerContract } from './ledger.ts';
import { processContract } from './processes.ts';
import { budgetProperties } from './properties.ts';
import { rateContract } from './rates.ts';
import { recordContract } from './records.ts';
import { vectorProcesses } from './vector-processes.ts';
import { vectorContract } from './vectors.ts';

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
    if (has.includes('records')) recordContract(driver);
    if (has.includes('vectors')) {
      vectorContract(driver);
      vectorProcesses(driver);
    }
  });
}
