/** The arm of a user: always the same, in every process and without a store. */
import { hash } from 'node:crypto';
import { GROUPS, type Place } from '../../ledger/experiment-counts.ts';

/**
 * @param who the tenant and the user
 * @param share of the treatment; whoever is in it stays in it if the share grows
 */
export function assign(experiment: string, who: readonly (string | null)[], share: number): Place {
  const bits = hash('sha256', JSON.stringify([experiment, ...who]), 'hex');
  const position = Number.parseInt(bits.slice(0, 12), 16) / 16 ** 12;
  const group = Number.parseInt(bits.slice(12, 20), 16) % GROUPS;
  return { arm: position < share ? 'treatment' : 'control', group };
}
